@W2
Feature: Paying a third-party shop's invoice with the wallet: several orders
  The buyer has several products, orders and invoices, and is not the shop's only buyer. Only what
  the buyer confirmed is ordered, and the notice is about what this buyer has not paid.

  Background:
    Given a buyer with 5000.00 RUB in the wallet
    And the buyer has an account with the shop
    And the buyer is signed in to the shop and to the wallet

  @W2.1
  Rule: Each order offers the wallet, and the buyer's last choice counts

    Scenario: Several products are ordered together
      Given the cart contains "Felt slippers", "Reading lamp" and 3 pieces of "Tula gingerbread"
      When the buyer starts the order
      Then the purchase has "Felt slippers", "Reading lamp" and "Tula gingerbread"
      And the purchase comes to the price of "Felt slippers", "Reading lamp" and 3 pieces of "Tula gingerbread"

    Scenario: An expensive order of several products offers the wallet
      Given the cart contains "Electric samovar, 3 l", "Reading lamp" and 3 pieces of "Tula gingerbread"
      When the buyer starts the order
      And the buyer chooses "Online"
      Then the shop offers "QIWI Wallet" among several options

    Scenario: While an order is unpaid the next one offers the wallet
      Given the buyer has ordered "Reading lamp" with the wallet
      And the buyer is at the checkout with "Felt slippers"
      When the buyer chooses "Online"
      Then the shop offers "QIWI Wallet" among several options

    Scenario: After a payment with the wallet it is one of several options again
      Given the buyer has paid an order of "Reading lamp" with the wallet
      And the buyer is at the checkout with "Felt slippers"
      When the buyer chooses "Online"
      Then the shop offers "QIWI Wallet" among several options

    Scenario: A buyer with a linked card is offered the wallet
      Given the buyer has linked the card "Visa, approved"
      And the buyer is at the checkout with "Felt slippers"
      And the buyer has opened the block "Payment methods" by its arrow
      When the buyer chooses "Online"
      Then the shop offers "QIWI Wallet" among several options

    Scenario: Online can be chosen again after another payment method
      Given the buyer is at the checkout with "Felt slippers"
      And the buyer has chosen "Online" and then "Card"
      When the buyer chooses "Online"
      Then the shop offers "QIWI Wallet" among several options

    Scenario: The payment method that was chosen last counts
      Given the buyer is at the checkout with "Felt slippers"
      And the buyer has chosen "Online" and then "Cash on delivery"
      And the buyer has filled in the checkout for the wallet
      When the buyer confirms the order
      Then the order awaits its payment

    Scenario Outline: In other languages, the wallet is one of several online options
      Given the buyer is signed in to the shop on a device in <language>
      When the buyer opens the checkout with "Felt slippers" on that device
      And the buyer chooses "Online" on that device
      Then on that device the shop offers "QIWI Wallet" among several options

      Examples:
        | language |
        | Arabic   |
        | Russian  |

    Scenario: Online without an option places no order
      Given the buyer is at the checkout with "Felt slippers"
      And the buyer has given an address for the delivery
      And the buyer has chosen "Online" and none of its options
      When the buyer confirms the order
      Then the buyer has no order

  @W2.2
  Rule: The invoice is for the confirmed order, and for nothing else

    Scenario: The invoice is for every ordered piece, and the rest stays in the cart
      Given the cart contains "Felt slippers", "Reading lamp" and 3 pieces of "Tula gingerbread"
      And the buyer is ready to confirm an order of "Felt slippers" and "Tula gingerbread" out of the cart
      When the buyer confirms the order
      Then the wallet lists one invoice, for the price of "Felt slippers" and 3 pieces of "Tula gingerbread"
      And only "Reading lamp" is left in the cart

    Scenario: The order has every ordered product and piece
      Given the cart contains "Felt slippers", "Reading lamp" and 3 pieces of "Tula gingerbread"
      And the buyer is ready to confirm an order of "Felt slippers" and "Tula gingerbread" out of the cart
      When the buyer confirms the order
      Then the order has 3 "Tula gingerbread" and "Felt slippers", but neither "Reading lamp" nor "Linden honey, 500 g"

    Scenario: An expensive order has its invoice in the wallet
      Given the cart contains "Felt slippers", "Reading lamp" and 3 pieces of "Electric samovar, 3 l"
      And the buyer is ready to confirm an order of "Felt slippers" and "Electric samovar, 3 l" out of the cart
      When the buyer confirms the order
      Then the wallet lists one invoice, for the price of "Felt slippers" and 3 pieces of "Electric samovar, 3 l"

    Scenario: Before the order is confirmed there is no invoice
      Given the buyer is ready to confirm an order of "Felt slippers" with the wallet
      When the buyer opens the list of invoices
      Then the wallet lists no invoice
      And the buyer has no order

    Scenario: Confirming the order takes no money
      Given the buyer is ready to confirm an order of "Felt slippers" with the wallet
      When the buyer confirms the order
      Then the wallet holds 5000.00 RUB
      And the order in the shop awaits its payment

    Scenario: Two equal orders have an invoice each
      Given the buyer has ordered "Felt slippers" with the wallet
      And the buyer is ready to confirm an order of "Felt slippers" with the wallet
      When the buyer confirms the order
      Then the wallet lists 2 invoices, each for the price of "Felt slippers"
      And the buyer has 2 orders

    Scenario: An order with another payment method has no invoice
      Given the buyer is ready to confirm an order of "Felt slippers" with the wallet
      And the buyer has chosen "Online" and then "Cash on delivery"
      When the buyer confirms the order
      Then the buyer has 1 order
      And the wallet lists no invoice

    Scenario: A card that was begun does not hinder an order with the wallet
      Given the buyer is at the checkout with "Felt slippers"
      And the buyer has filled in "Card number" with "4111 1111"
      And the buyer has filled in the checkout for the wallet
      When the buyer confirms the order
      Then the order awaits its payment

    Scenario: An order confirmed in two tabs is placed once
      Given the buyer is ready to confirm an order of "Felt slippers" with the wallet
      And the same order is ready to confirm in another tab
      When the buyer confirms the order in both tabs, 10 seconds apart
      Then the buyer has 1 order
      And the wallet lists one invoice, for the price of "Felt slippers"

    Scenario: Each buyer has the invoice of their own order
      Given another buyer has ordered "Reading lamp" with the wallet
      And the buyer is ready to confirm an order of "Felt slippers" with the wallet
      When the buyer confirms the order
      Then the wallet lists one invoice, for the price of "Felt slippers"

    Scenario: An order is not placed for a person who signs in in the same browser
      Given the buyer is ready to confirm an order of "Felt slippers" with the wallet
      And another buyer has signed in to the shop in another tab of the same browser
      When the buyer confirms the order
      Then that buyer has no order

    Scenario: Another buyer cannot see the order
      Given another buyer has ordered "Reading lamp" with the wallet
      And the buyer has ordered "Felt slippers" with the wallet
      When that buyer opens the address of the order
      Then that buyer sees no order for the price of "Felt slippers"

    Scenario: The list of orders has only the buyer's own
      Given another buyer has ordered "Reading lamp" with the wallet
      And the buyer is ready to confirm an order of "Felt slippers" with the wallet
      When the buyer confirms the order
      Then the buyer has 1 order

    Scenario: After a cancelled order the same product is invoiced anew
      Given the buyer has ordered "Felt slippers" with the wallet
      And the buyer has cancelled the order in the shop
      And the buyer has ordered "Felt slippers" with the wallet
      When the buyer opens the list of invoices
      Then the newest invoice is for the price of "Felt slippers" and not paid

    Scenario: A cancelled order takes its invoice back
      Given the buyer has ordered "Felt slippers" with the wallet
      And the buyer has cancelled the order in the shop
      When the buyer opens the list of invoices
      Then the invoice for the price of "Felt slippers" cannot be paid

  @W2.3
  Rule: The notice is about every unpaid invoice of this buyer, and about no other

    Scenario: Before the order is confirmed there is no notice
      Given the buyer is ready to confirm an order of "Felt slippers" with the wallet
      When the buyer goes to the wallet
      Then the wallet shows no notice of unpaid invoices

    Scenario: Three invoices are announced
      Given the buyer has ordered "Felt slippers", "Reading lamp" and "Linden honey, 500 g" with the wallet, one by one
      When the buyer goes to the wallet
      Then the wallet shows a notice of 3 unpaid invoices

    Scenario: The notice stays until the last invoice is paid
      Given the buyer has ordered "Felt slippers", "Reading lamp" and "Linden honey, 500 g" with the wallet, one by one
      And the buyer has paid the invoice for the price of "Reading lamp"
      When the buyer goes to the wallet
      Then the wallet shows a notice of 2 unpaid invoices

    Scenario: The notice stays after the buyer has seen the invoices
      Given the buyer has ordered "Felt slippers" with the wallet
      And the buyer has seen the invoices with View
      When the buyer goes to the wallet
      Then the wallet shows a notice of 1 unpaid invoice

    Scenario: The notice stays while a code is not entered
      Given the buyer has been sent the code for an order of "Felt slippers"
      When the buyer goes to the wallet
      Then the wallet shows a notice of 1 unpaid invoice

    Scenario: A new invoice after a payment is announced
      Given the buyer has paid an order of "Felt slippers" with the wallet
      And the buyer has ordered "Reading lamp" with the wallet
      When the buyer goes to the wallet
      Then the wallet shows a notice of 1 unpaid invoice

    Scenario: A cancelled invoice is not announced
      Given the buyer has ordered "Felt slippers", "Reading lamp" and "Linden honey, 500 g" with the wallet, one by one
      And the buyer has cancelled the second newest order in the shop
      When the buyer goes to the wallet
      Then the wallet shows a notice of 2 unpaid invoices

    Scenario: An expired invoice is not announced
      Given the buyer has ordered "Felt slippers" with the wallet
      And the hours of an invoice have passed
      When the buyer goes to the wallet
      Then the wallet shows no notice of unpaid invoices

    Scenario: Another buyer's invoice is not announced
      Given another buyer has ordered "Reading lamp" with the wallet
      When the buyer goes to the wallet
      Then the wallet shows no notice of unpaid invoices

    Scenario: The notice appears as soon as there is an invoice
      Given the buyer is at the wallet's home page
      And the buyer has ordered "Felt slippers" with the wallet
      When the buyer goes to the wallet
      Then the wallet shows a notice of 1 unpaid invoice

    Scenario: The notice counts more invoices than a page lists
      Given the buyer has ordered "Linden honey, 500 g" with the wallet 21 times
      When the buyer goes to the wallet
      Then the wallet shows a notice of 21 unpaid invoices

    Scenario: View opens the list with every invoice
      Given the buyer has ordered "Felt slippers", "Reading lamp" and "Linden honey, 500 g" with the wallet, one by one
      And the buyer is at the wallet's home page
      When the buyer presses "View"
      Then the invoices are for the price of "Linden honey, 500 g", for the price of "Reading lamp" and for the price of "Felt slippers"

    Scenario: The notice appears on another device too
      Given the buyer is signed in to the wallet on another device
      When the buyer orders "Felt slippers" with the wallet
      Then on the other device the wallet shows a notice of 1 unpaid invoice

    Scenario: The notice disappears on another device after the payment
      Given the buyer is signed in to the wallet on another device
      When the buyer orders and pays "Reading lamp" with the wallet
      Then on the other device the wallet shows no notice of unpaid invoices

    Scenario Outline: In other languages, the notice appears too
      Given the buyer has ordered "Felt slippers" with the wallet
      And the buyer is signed in to the wallet on a device in <language>
      When the buyer goes to the wallet on that device
      Then that device shows a notice of 1 unpaid invoice

      Examples:
        | language |
        | Arabic   |
        | Russian  |
