@W2
Feature: Paying a third-party shop's invoice with the wallet: its code and its money
  The code belongs to one invoice. It moves the amount of that invoice, once, and makes one order
  paid. Nothing else does: no other code, no visit to the shop, no other buyer's payment.

  Background:
    Given a buyer with 5000.00 RUB in the wallet
    And the buyer has an account with the shop
    And the buyer is signed in to the shop and to the wallet

  @W2.6
  Rule: The code pays the invoice that it was sent for, and makes only its order paid

    Background:
      Given the buyer has ordered "Felt slippers", "Reading lamp" and "Linden honey, 500 g" with the wallet, one by one
      And the buyer has been sent the code for the invoice for the price of "Reading lamp"

    Scenario: Only the chosen invoice's order is paid
      When the buyer confirms with the code from the message
      Then the receipt shows the price of "Reading lamp" for the shop
      And the wallet holds 5000.00 RUB less the price of "Reading lamp"
      And of the buyer's 3 orders only the second newest is paid

    Scenario: The code of another invoice pays nothing
      Given the buyer has been sent the code for the invoice for the price of "Linden honey, 500 g"
      When the buyer confirms with the code of the first message
      Then the code is marked as wrong, with the reason beside it
      And the wallet holds 5000.00 RUB

    Scenario: Two invoices are paid one after the other, each with its own amount
      Given the buyer has paid the invoice for the price of "Linden honey, 500 g"
      When the buyer pays the invoice for the price of "Felt slippers"
      Then the receipt shows the price of "Felt slippers" for the shop
      And the wallet holds 5000.00 RUB less the price of "Linden honey, 500 g" and "Felt slippers"

    Scenario: The payment appears once in the history, with its amount
      When the buyer confirms with the code from the message
      Then the history shows one payment of the price of "Reading lamp"

  @W2.6
  Rule: Among equal orders the payment finds its own

    Background:
      Given the buyer has ordered "Felt slippers" with the wallet 3 times

    Scenario: Of three equal orders the one whose link was followed is paid
      Given the buyer has opened the wallet from the link of the second newest order
      When the buyer pays with the wallet
      Then the wallet holds 5000.00 RUB less the price of "Felt slippers"
      And of the buyer's 3 orders only the second newest is paid

    Scenario: Another buyer's equal order stays unpaid
      Given another buyer has ordered "Felt slippers" with the wallet
      And the buyer has opened the wallet from the link of the second newest order
      When the buyer pays with the wallet
      Then the shop shows the order as paid
      And that buyer's order in the shop awaits its payment

    Scenario: Returning to the shop without paying leaves the order unpaid
      When the buyer returns to the shop without paying
      Then the order in the shop awaits its payment
      And the wallet holds 5000.00 RUB

    Scenario: The shop still knows the buyer after the way through the wallet
      Given the buyer has signed in by the shop's form
      And the buyer has opened the wallet from the link of the second newest order
      When the buyer pays with the wallet
      Then the shop shows the order as paid

  @W2.6
  Rule: Only the newest code pays, and only for a while

    Background:
      Given the buyer has been sent the code for an order of "Felt slippers"

    Scenario: A wrong code takes no money
      When the buyer confirms with a wrong code
      Then the wallet holds 5000.00 RUB
      And the order in the shop awaits its payment

    Scenario: A second wrong code takes no money either
      Given the buyer has confirmed with a wrong code
      When the buyer confirms with a wrong code
      Then the wallet holds 5000.00 RUB
      And the order in the shop awaits its payment

    Scenario Outline: A code that is not quite right pays nothing
      When the buyer confirms with the code from the message <typo>
      Then the code is marked as wrong, with the reason beside it
      And the order in the shop awaits its payment

      Examples:
        | typo                       |
        | with another first digit   |
        | with another last digit    |
        | without its last character |

    Scenario Outline: The code pays however its digits are written
      When the buyer confirms with the code from the message written <how>
      Then the receipt shows the price of "Felt slippers" for the shop
      And the order in the shop is paid

      Examples:
        | how               |
        | in Arabic digits  |
        | in Persian digits |

    Scenario: Another device shows the payment
      Given the buyer is signed in to the wallet on another device
      When the buyer confirms with the code from the message
      Then on the other device the wallet holds 5000.00 RUB less the price of "Felt slippers"
      And on the other device the newest order in the shop is paid

    Scenario: A new message does not allow more wrong codes
      Given the buyer has confirmed with a wrong code almost too often
      And the seconds before a new code have passed
      And the buyer has asked for a new code
      When the buyer confirms with a wrong code
      Then the wallet says that the payment was ended

    Scenario: After too many wrong codes no new code is sent for the invoice
      Given the buyer has confirmed with a wrong code too often
      And the buyer has asked for another code from the list of invoices
      And the buyer has confirmed with a wrong code too often
      When the buyer asks for another code from the list of invoices
      Then the phone has received 2 messages

    Scenario: The code expires
      Given the minutes of a code have passed
      When the buyer confirms with the code from the message
      Then the code is marked as wrong, with the reason beside it
      And the order in the shop awaits its payment

    Scenario: A new code replaces the old one
      Given the seconds before a new code have passed
      And the buyer has asked for a new code, which is not the old one
      When the buyer confirms with the code of the first message
      Then the code is marked as wrong, with the reason beside it
      And the wallet holds 5000.00 RUB

    Scenario: The next order is not paid by an earlier payment
      Given the buyer has confirmed with the code from the message
      And the buyer has ordered "Felt slippers" with the wallet
      When the buyer opens the list of invoices
      Then the newest invoice is for the price of "Felt slippers" and not paid
      And the order in the shop awaits its payment

  @W2.6
  Rule: A payment stays paid, and no more than its money is given back

    Background:
      Given the buyer has paid an order of "Felt slippers" with the wallet

    Scenario: A paid invoice cannot be cancelled
      When the shop asks the wallet to cancel the invoice
      Then the wallet refuses
      And the order in the shop is paid
      And the wallet holds 5000.00 RUB less the price of "Felt slippers"

    Scenario: A paid order keeps its payment, or the buyer gets the money back
      When the buyer cancels the paid order, if the shop lets it be cancelled
      Then the order is still paid, or the wallet holds 5000.00 RUB again

    Scenario: More than was paid is not refunded
      When the shop asks the wallet to refund the price of "Felt slippers" plus 0.01 RUB of the order
      Then the wallet refuses
      And the wallet holds 5000.00 RUB less the price of "Felt slippers"

    Scenario: After a refund no more than the rest is refunded
      Given the shop has refunded 10.00 RUB of the order
      When the shop asks the wallet to refund the price of "Felt slippers" less 9.99 RUB of the order
      Then the wallet refuses
      And the wallet holds 5000.00 RUB less the price of "Felt slippers" plus 10.00 RUB

    Scenario: The same refund sent twice is given once
      When the shop sends the same refund of 10.00 RUB twice
      Then the wallet holds 5000.00 RUB less the price of "Felt slippers" plus 10.00 RUB

    Scenario: Refunds in parts return the whole payment
      Given the shop has refunded 10.00 RUB of the order
      When the shop refunds the price of "Felt slippers" less 10.00 RUB of the order
      Then the wallet holds 5000.00 RUB

    Scenario: A refund in another currency is rejected
      When the shop asks the wallet to refund the order in another currency
      Then the wallet refuses
      And the wallet holds 5000.00 RUB less the price of "Felt slippers"

    Scenario: An unpaid order is not refunded
      Given the buyer has ordered "Reading lamp" with the wallet
      When the shop asks the wallet to refund 10.00 RUB of the order
      Then the wallet refuses
      And the wallet holds 5000.00 RUB less the price of "Felt slippers"
