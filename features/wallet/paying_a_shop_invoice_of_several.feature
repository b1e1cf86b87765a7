@W2
Feature: Paying a third-party shop's invoice with the wallet: one invoice of several
  The buyer has several invoices of one shop and pays one that is neither the newest nor the oldest.
  That invoice and its order are paid, once, with its own code; everything else stays as it was.

  Background:
    Given a buyer with 5000.00 RUB in the wallet
    And the buyer has an account with the shop
    And the buyer is signed in to the shop and to the wallet

  @W2.4
  Rule: Every recent invoice is listed with its own state

    Background:
      Given the buyer has ordered "Felt slippers", "Reading lamp" and "Linden honey, 500 g" with the wallet, one by one

    Scenario: Three invoices are listed
      When the buyer opens the list of invoices
      Then the invoices are for the price of "Linden honey, 500 g", for the price of "Reading lamp" and for the price of "Felt slippers"
      And each of the 3 invoices shows the shop, the amount, the due date and the state

    Scenario: Pay beside an invoice opens that invoice
      Given the buyer has opened the list of invoices
      When the buyer presses "Pay (invoice)" beside the invoice for the price of "Reading lamp"
      Then the payment of the invoice for the price of "Reading lamp" is open

    Scenario: The newest of many invoices is listed
      Given the buyer has ordered "Linden honey, 500 g" with the wallet 20 times
      And the buyer has ordered "Tula gingerbread" with the wallet
      When the buyer opens the list of invoices
      Then the invoice for the price of "Tula gingerbread" can be paid

    Scenario: Paying one invoice leaves the others unpaid and in the list
      Given the buyer has paid the invoice for the price of "Reading lamp"
      When the buyer opens the list of invoices
      Then the invoice for the price of "Reading lamp" is paid
      And the invoice for the price of "Felt slippers" can be paid
      And the invoices are for the price of "Linden honey, 500 g", for the price of "Reading lamp" and for the price of "Felt slippers"

    Scenario: Cancelling one order leaves the other invoices payable
      Given the buyer has cancelled the second newest order in the shop
      When the buyer opens the list of invoices
      Then the invoice for the price of "Reading lamp" cannot be paid
      And the invoice for the price of "Linden honey, 500 g" can be paid
      And the invoice for the price of "Felt slippers" can be paid

    Scenario: Looking at an invoice leaves it unpaid in the list
      Given the buyer has opened the invoice for the price of "Reading lamp"
      When the buyer opens the list of invoices
      Then the invoice for the price of "Reading lamp" can be paid
      And the invoices are for the price of "Linden honey, 500 g", for the price of "Reading lamp" and for the price of "Felt slippers"

    Scenario: An invoice whose code was not entered can be paid from the list
      Given the buyer has been sent the code for the invoice for the price of "Reading lamp"
      When the buyer opens the list of invoices
      Then the invoice for the price of "Reading lamp" can be paid

    Scenario: Another device lists each invoice with the same state
      Given the buyer is signed in to the wallet on another device
      And the buyer has paid the invoice for the price of "Reading lamp"
      When the buyer looks at the invoices on the other device
      Then the invoice for the price of "Reading lamp" is paid there
      And the invoice for the price of "Felt slippers" can be paid there

  @W2.4
  Rule: Each invoice is its own buyer's, and has its own due date

    Scenario: Another buyer's invoice is not listed
      Given the buyer has ordered "Felt slippers" with the wallet
      And another buyer has ordered "Reading lamp" with the wallet
      When the buyer opens the list of invoices
      Then the wallet lists one invoice, for the price of "Felt slippers"

    Scenario: Equal invoices are all listed
      Given the buyer has ordered "Felt slippers" with the wallet 3 times
      When the buyer opens the list of invoices
      Then the wallet lists 3 invoices, each for the price of "Felt slippers"

    Scenario: An older invoice expires before a newer one
      Given the buyer has ordered "Felt slippers" with the wallet and waited almost the hours of an invoice
      And the buyer has ordered "Reading lamp" with the wallet and waited 2 minutes
      When the buyer opens the list of invoices
      Then the invoice for the price of "Felt slippers" cannot be paid
      And the invoice for the price of "Reading lamp" can be paid

  @W2.5
  Rule: The payment method is asked for each invoice, and choosing it pays nothing

    Background:
      Given the buyer has ordered "Felt slippers", "Reading lamp" and "Linden honey, 500 g" with the wallet, one by one

    Scenario: Each of several invoices asks for the payment method
      When the buyer opens the invoice for the price of "Reading lamp"
      Then the wallet asks for the payment method before anything else
      And the page shows the price of "Reading lamp"

    Scenario: The chosen method is for the chosen invoice
      When the buyer opens the invoice for the price of "Reading lamp"
      And the buyer presses "Visa QIWI Wallet"
      Then the page shows the price of "Reading lamp"

    Scenario: Choosing the payment method sends no code and takes no money
      Given the buyer has opened the invoice for the price of "Reading lamp"
      When the buyer presses "Visa QIWI Wallet"
      Then no message has arrived on the phone
      And the wallet holds 5000.00 RUB

    Scenario: The next invoice asks for the payment method again
      Given the buyer has opened the invoice for the price of "Reading lamp"
      And the buyer has asked for the code
      When the buyer opens the invoice for the price of "Linden honey, 500 g"
      Then the wallet asks for the payment method before anything else

    Scenario: Going back asks for the payment method again
      Given the buyer has opened the invoice for the price of "Reading lamp"
      And the buyer has pressed "Visa QIWI Wallet"
      When the buyer goes back to the payment methods
      Then the wallet asks for the payment method before anything else

    Scenario: Another buyer cannot open the invoice
      Given another buyer is signed in to the wallet
      And the buyer has opened the invoice for the price of "Reading lamp"
      When that buyer opens the address of the invoice
      Then that buyer finds nothing there

    Scenario: The shop's link asks for the payment method too
      Given the buyer has opened the wallet from the link of the second newest order
      Then the page shows the price of "Reading lamp"
      And the wallet asks for the payment method before anything else

  @W2.5
  Rule: An invoice that cannot be paid offers no payment method

    Background:
      Given the buyer has opened the invoice of an order of "Felt slippers"

    Scenario: A paid invoice offers no payment method
      Given the buyer has paid the same invoice in another tab
      When the buyer leaves and comes back
      Then the wallet offers no way to pay the invoice

    Scenario: A cancelled invoice offers no payment method
      Given the buyer has cancelled the order in another tab
      When the buyer leaves and comes back
      Then the wallet offers no way to pay the invoice

    Scenario: An expired invoice offers no payment method
      Given the hours of an invoice have passed
      When the buyer leaves and comes back
      Then the wallet offers no way to pay the invoice
