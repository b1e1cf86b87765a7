@W2
Feature: Paying a third-party shop's invoice with the wallet: failures
  The shop and the wallet exchange messages that the buyer does not see. Either of them may be down,
  slow or broken. An order is paid once if its invoice is paid, and the buyer can see its state.

  Background:
    Given a buyer with 5000.00 RUB in the wallet
    And the buyer has an account with the shop
    And the buyer is signed in to the shop and to the wallet

  @W2.2
  Rule: The shop shows a change before it takes the order

    Background:
      Given the buyer is ready to confirm an order of "Puzzle, 500 pieces" with the wallet

    Scenario: A new price is shown before the order is placed
      Given the price of "Puzzle, 500 pieces" has become 990.00 RUB
      When the buyer confirms the order
      Then the page says "Nothing has been ordered yet."
      And the page shows 990.00 RUB
      And the buyer has no order

    Scenario: Confirming again places the order at the new price
      Given the price of "Puzzle, 500 pieces" has become 990.00 RUB
      When the buyer confirms the order
      And the buyer confirms the order with the wallet again
      Then the wallet lists one invoice, for 990.00 RUB

    Scenario: A sold-out product cannot be ordered
      Given "Puzzle, 500 pieces" is no longer sold
      When the buyer confirms the order
      Then the page says "can no longer be bought here"
      And the buyer has no order

  @W2.2
  Rule: The shop shows a change of any product before it takes the order

    Background:
      Given the cart contains "Felt slippers" and "Puzzle, 500 pieces"
      And the buyer is ready to confirm an order of "Felt slippers" and "Puzzle, 500 pieces" out of the cart

    Scenario: A new price of the second product is shown before the order is placed
      Given the price of "Puzzle, 500 pieces" has become 990.00 RUB
      When the buyer confirms the order
      Then the page shows 990.00 RUB
      And the buyer has no order

    Scenario: A sold-out product cannot be ordered beside another
      Given "Puzzle, 500 pieces" is no longer sold
      When the buyer confirms the order
      Then the buyer has no order

  @W2.2
  Rule: If the wallet fails, the order is kept and its invoice comes later

    Background:
      Given the buyer is ready to confirm an order of "Felt slippers" with the wallet

    Scenario Outline: The shop says that the wallet does not answer
      Given the wallet <fails> on every request from the shop
      When the buyer confirms the order
      Then the page says "The wallet is not responding"
      And the order is kept and awaits its payment

      Examples:
        | fails                             |
        | is down                           |
        | answers with an error             |
        | sends half an answer              |
        | does its work but sends no answer |
        | is too slow                       |

    Scenario Outline: Once the wallet works again, there is one invoice
      Given the wallet <fails> on the shop's next request
      When the buyer confirms the order
      Then the invoice comes by itself
      And the wallet lists one invoice, for the price of "Felt slippers"

      Examples:
        | fails                             |
        | is down                           |
        | answers with an error             |
        | sends half an answer              |
        | does its work but sends no answer |

    Scenario: If the session has ended, nothing is ordered
      Given the buyer's session with the shop has ended
      When the buyer confirms the order
      And the buyer signs in again
      Then the checkout has "Felt slippers" but not "Reading lamp"
      And the buyer has no order

    Scenario: Going back after ordering shows the order, not the checkout
      When the buyer confirms the order
      And the buyer goes back
      Then the order awaits its payment
      And the buyer has 1 order

  @W2.5
  Rule: The wallet checks the payment before it sends a code

    Scenario: No code is sent for an invoice above the balance
      Given the buyer has opened the invoice of an order of "Electric samovar, 3 l"
      When the buyer presses "Visa QIWI Wallet"
      And the buyer presses "Pay"
      Then the page says "Nothing was paid."
      And no message has arrived on the phone

    Scenario: After coming back the buyer chooses the payment method again
      Given the buyer has opened the invoice of an order of "Felt slippers"
      When the buyer leaves and comes back
      Then the wallet asks for the payment method before anything else

  @W2.6
  Rule: Pressing Pay several times sends one code

    Background:
      Given the buyer has opened the invoice of an order of "Felt slippers"

    Scenario: A double press on Pay sends one message
      When the buyer presses "Visa QIWI Wallet"
      And the buyer presses "Pay" twice at once
      Then the page says "Confirm with the code"
      And only 1 message has arrived on the phone
      And the wallet holds 5000.00 RUB

  @W2.6
  Rule: A cancelled or expired invoice takes no money

    Background:
      Given the buyer has opened the invoice of an order of "Felt slippers"

    Scenario: An invoice cancelled before the code is entered is not paid
      Given the buyer has asked for the code
      And the buyer has cancelled the order in another tab
      When the buyer confirms with the code from the message
      Then the page says "The shop has cancelled this invoice."
      And the wallet holds 5000.00 RUB

    Scenario: An invoice that expires before the code is entered is not paid
      Given the buyer has waited almost the hours of an invoice and asked for the code
      And 3 minutes have passed
      When the buyer confirms with the code from the message
      Then the page says "This invoice has expired."
      And the wallet holds 5000.00 RUB

  @W2.6
  Rule: The order is paid once even if a notification fails

    Background:
      Given the buyer has been sent the code for an order of "Felt slippers"

    Scenario Outline: The order is paid once despite a faulty notification
      Given the wallet's next notification to the shop <goes wrong>
      When the buyer confirms with the code from the message
      And 10 seconds have passed
      Then the order in the shop is paid
      And the shop has taken the money once

      Examples:
        | goes wrong                |
        | is lost                   |
        | comes twice               |
        | comes 8 seconds late      |
        | carries a wrong signature |

    Scenario Outline: The order is paid once even if the shop fails at the notification
      Given the shop <fails> when it gets the notification
      When the buyer confirms with the code from the message
      And 10 seconds have passed
      Then the order in the shop is paid
      And the shop has taken the money once

      Examples:
        | fails                             |
        | is down                           |
        | answers with an error             |
        | sends half an answer              |
        | does its work but sends no answer |
        | is too slow                       |

    Scenario: Without a notification the shop asks the wallet by itself
      Given the wallet's next notification to the shop is lost every time
      When the buyer confirms with the code from the message
      And 1 minutes have passed
      Then the order in the shop is paid
      And the shop has taken the money once

    Scenario: A notification that comes after the buyer is back in the shop pays the order once
      Given the wallet's next notification to the shop comes 8 seconds late
      And the buyer has confirmed with the code from the message
      And the buyer has gone back to the order in the shop
      When 10 seconds have passed
      Then the shop has taken the money once

    Scenario: A forged notification pays no order
      Given the wallet's next notification to the shop carries a wrong signature
      When the buyer confirms with the code from the message
      Then the order in the shop awaits its payment

    Scenario: Two notifications in the wrong order pay both orders
      Given the wallet's next notification to the shop is overtaken by another
      And the buyer has confirmed with the code from the message
      When the buyer orders and pays "Reading lamp" with the wallet
      Then each of the buyer's 2 orders is paid

    Scenario: A double press pays once
      When the buyer confirms with the code from the message by a double press
      Then the receipt shows the price of "Felt slippers" for the shop
      And the wallet holds 5000.00 RUB less the price of "Felt slippers"
      And the order in the shop is paid

    Scenario: If the session has ended, nothing is paid
      Given the buyer's session with the wallet has ended
      When the buyer confirms with the code from the message
      And the buyer signs in again
      Then the page says "Confirm with the code"
      And the wallet holds 5000.00 RUB

  @W2.2
  Rule: A buyer who gets no answer to the order and tries again has one invoice

    Scenario Outline: Confirming again after a lost answer issues one invoice
      Given the buyer is ready to confirm an order of "Felt slippers" with the wallet
      And the shop <fails> on the buyer's next press
      And the buyer has confirmed the order without an answer
      When the buyer tries again <how>
      Then the wallet lists one invoice, for the price of "Felt slippers"

      Examples:
        | fails                             | how                   |
        | does its work but sends no answer | after going back      |
        | does its work but sends no answer | by reloading the page |
        | does its work but sends no answer | in another tab        |
        | is down                           | after going back      |
        | answers with an error             | by reloading the page |

  @W2.6
  Rule: A buyer who gets no answer to Confirm and tries again pays the invoice once

    Background:
      Given the buyer has been sent the code for an order of "Felt slippers"

    Scenario Outline: Entering the code again after a lost answer pays the invoice once
      Given the wallet <fails> on the buyer's next press
      And the buyer has entered the right code without an answer
      When the buyer tries again <how>
      Then the wallet holds 5000.00 RUB less the price of "Felt slippers"
      And the order in the shop is paid

      Examples:
        | fails                             | how                   |
        | does its work but sends no answer | after going back      |
        | does its work but sends no answer | by reloading the page |
        | does its work but sends no answer | in another tab        |
        | is down                           | after going back      |
        | answers with an error             | by reloading the page |
