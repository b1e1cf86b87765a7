@W2
Feature: Paying a third-party shop's invoice with the wallet
  A buyer orders in a shop that accepts the wallet. The shop sends an invoice to the buyer's
  wallet, so the buyer needs to remember no number, and the buyer pays it there.

  Background:
    Given a buyer with 5000.00 RUB in the wallet
    And the buyer has an account with the shop
    And the buyer is signed in to the shop and to the wallet

  Scenario: An order is paid from the wallet, from start to finish
    # W2.1  the payment choice
    When the buyer puts "Tea glass with holder" into the cart
    And the buyer starts the order
    And the buyer gives an address for the delivery
    And the buyer chooses "Online" and then "QIWI Wallet"
    # W2.2  the order
    When the buyer confirms the order
    Then the order awaits its payment
    # W2.3  the notice
    When the buyer goes to the wallet
    Then the wallet shows a notice of 1 unpaid invoice
    When the buyer presses "View"
    # W2.4  the invoice
    Then the newest invoice is for the price of "Tea glass with holder" and not paid
    When the buyer presses "Pay (invoice)" beside the newest invoice
    # W2.5  the payment method
    Then the wallet asks for the payment method before anything else
    When the buyer presses "Visa QIWI Wallet"
    # W2.6  the payment
    And the buyer presses "Pay"
    Then a message with a code has arrived on the phone
    When the buyer enters the code from the message
    And the buyer presses "Confirm"
    Then the receipt shows the price of "Tea glass with holder" for the shop
    And the wallet holds 5000.00 RUB less the price of "Tea glass with holder"
    And the order in the shop is paid

  @W2.1
  Rule: The shop offers the wallet among several ways to pay online

    Background:
      Given the buyer is at the checkout with "Felt slippers"

    Scenario: The wallet is one of several online options
      When the buyer chooses "Online"
      Then the shop offers "QIWI Wallet" among several options

    Scenario: The options appear only after Online is chosen
      Then the shop does not show the option "QIWI Wallet" yet

    Scenario: Without a payment method there is no order
      Given the buyer has given an address for the delivery
      When the buyer confirms the order
      Then the shop asks how to pay
      And the buyer has no order

    Scenario: Without an address there is no order, and the payment method stays chosen
      Given the buyer has chosen "Online" and then "QIWI Wallet"
      When the buyer confirms the order
      Then the shop asks for the address
      And "QIWI Wallet" is still chosen
      And the buyer has no order

  @W2.2
  Rule: Confirming the order sends an invoice to the buyer's wallet

    Scenario: The invoice has the amount of the order
      Given the buyer is ready to confirm an order of "Felt slippers" with the wallet
      When the buyer confirms the order
      Then the wallet lists one invoice, for the price of "Felt slippers"

    Scenario: The shop asks for no wallet number
      When the buyer opens the checkout with "Felt slippers"
      Then the shop has filled in the buyer's phone

    Scenario: Confirming twice creates one order and one invoice
      Given the buyer is ready to confirm an order of "Felt slippers" with the wallet
      When the buyer confirms the order by a double press
      Then the buyer has 1 order
      And the wallet lists one invoice, for the price of "Felt slippers"

    Scenario: An ordered product leaves the cart
      Given the buyer has ordered "Felt slippers" with the wallet
      When the buyer opens "Cart" in the shop's menu
      Then the cart is empty

    Scenario: Another buyer does not see the invoice
      Given the buyer has ordered "Felt slippers" with the wallet
      And another buyer is signed in to the wallet
      When that buyer opens the list of invoices
      Then that buyer has no invoice

  @W2.3
  Rule: The wallet's home page shows a notice only while an invoice is unpaid

    Scenario: Without an invoice there is no notice
      When the buyer goes to the wallet
      Then the wallet shows no notice of unpaid invoices

    Scenario: The notice counts every unpaid invoice
      Given the buyer has ordered "Felt slippers" with the wallet
      And the buyer has ordered "Reading lamp" with the wallet
      When the buyer goes to the wallet
      Then the wallet shows a notice of 2 unpaid invoices

    Scenario: View opens the list of invoices
      Given the buyer has ordered "Felt slippers" with the wallet
      And the buyer is at the wallet's home page
      When the buyer presses "View"
      Then the newest invoice is for the price of "Felt slippers" and not paid

    Scenario: The notice disappears after the payment
      Given the buyer has paid an order of "Felt slippers" with the wallet
      When the buyer goes to the wallet
      Then the wallet shows no notice of unpaid invoices

  @W2.4
  Rule: The list shows the recent invoices, the newest among them

    Scenario: The shop's newest invoice is listed beside an older one
      Given the buyer has ordered "Felt slippers" with the wallet
      And the buyer has ordered "Reading lamp" with the wallet
      When the buyer opens the list of invoices
      Then the invoices are for the price of "Reading lamp" and for the price of "Felt slippers"

    Scenario: An invoice shows the shop, the amount, the due date and the state
      Given the buyer has ordered "Felt slippers" with the wallet
      When the buyer opens the list of invoices
      Then the newest invoice shows the shop, the amount, the due date and the state

    Scenario: A paid invoice stays in the list and cannot be paid again
      Given the buyer has paid an order of "Felt slippers" with the wallet
      When the buyer opens the list of invoices
      Then the newest invoice is for the price of "Felt slippers" and paid
      And there is no "Pay (invoice)" beside the newest invoice

    Scenario: A cancelled invoice cannot be paid
      Given the buyer has ordered "Felt slippers" with the wallet
      And the buyer has cancelled the order in the shop
      When the buyer opens the list of invoices
      Then there is no "Pay (invoice)" beside the newest invoice

    Scenario: An invoice can be paid until it expires
      Given the buyer has ordered "Felt slippers" with the wallet
      And almost the hours of an invoice have passed
      When the buyer opens the list of invoices
      Then the newest invoice is for the price of "Felt slippers" and not paid

    Scenario: An expired invoice cannot be paid
      Given the buyer has ordered "Felt slippers" with the wallet
      And the hours of an invoice have passed
      When the buyer opens the list of invoices
      Then there is no "Pay (invoice)" beside the newest invoice

  @W2.5
  Rule: The wallet asks for the payment method before anything else

    Background:
      Given the buyer has opened the invoice of an order of "Felt slippers"

    Scenario: Nothing can be paid before a payment method is chosen
      Then the wallet asks for the payment method before anything else

    Scenario: A payment method that is not enabled cannot be chosen
      Then the wallet offers other payment methods, which are not enabled

    Scenario: The wallet's balance is a payment method
      When the buyer presses "Visa QIWI Wallet"
      Then the button "Pay" can be pressed

  @W2.6
  Rule: Only the right code pays, and then the shop's order is paid

    Background:
      Given the buyer has been sent the code for an order of "Felt slippers"

    Scenario: A wrong code pays nothing
      When the buyer confirms with a wrong code
      Then the code is marked as wrong, with the reason beside it
      And the order in the shop awaits its payment

    Scenario: The right code pays for the order
      When the buyer confirms with the code from the message
      Then the receipt shows the price of "Felt slippers" for the shop
      And the wallet holds 5000.00 RUB less the price of "Felt slippers"
      And the order in the shop is paid
      And no order in the shop's list awaits its payment

    Scenario: An invoice that is open in two tabs is paid once
      Given the buyer has paid the same invoice in another tab
      When the buyer confirms with the code of the first message
      Then the receipt shows the price of "Felt slippers" for the shop
      And the wallet holds 5000.00 RUB less the price of "Felt slippers"

    Scenario: Paying through the shop's link returns the buyer to the shop
      Given the buyer has opened the wallet from the link of the order
      When the buyer pays with the wallet
      Then the shop shows the order as paid

    Scenario: An insufficient balance pays nothing
      Given the buyer has spent 4999.99 RUB in another tab
      When the buyer confirms with the code of the first message
      Then the wallet says that the balance is too low
      And the order in the shop awaits its payment

    Scenario: A refund returns the money to the wallet
      Given the buyer has confirmed with the code from the message
      When the shop refunds 10.00 RUB of the order
      Then the wallet holds 5000.00 RUB less the price of "Felt slippers" plus 10.00 RUB

    Scenario: A partial refund appears in the history, and the receipt shows the amount still paid
      Given the buyer has confirmed with the code from the message
      When the shop refunds 10.00 RUB of the order
      Then the history shows a refund of 10.00 RUB
      And the receipt says "Partly refunded", with the price of "Felt slippers" less 10.00 RUB still paid

    Scenario: A full refund appears in the history, and the receipt shows that nothing is still paid
      Given the buyer has confirmed with the code from the message
      When the shop refunds the price of "Felt slippers" of the order
      Then the history shows a refund of the price of "Felt slippers"
      And the receipt says "Refunded", with 0.00 RUB still paid
