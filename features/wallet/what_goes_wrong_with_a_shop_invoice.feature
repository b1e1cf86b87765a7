@W2
Feature: What goes wrong when a shop's invoice is paid with the wallet
  The shop and the wallet speak to each other behind the buyer's back, and either may be away,
  slow or broken. An order is paid if its invoice is, once, and the buyer can see where it stands.

  Background:
    Given a buyer with 5000.00 RUB in the wallet
    And the buyer has an account with the shop
    And the buyer is signed in to the shop and to the wallet

  @W2.2
  Rule: What changed since the buyer looked is said, and nothing is ordered

    Background:
      Given the buyer is ready to confirm an order of "Puzzle, 500 pieces" with the wallet

    Scenario: A new price is said first
      Given the price of "Puzzle, 500 pieces" has become 990.00 RUB
      When the buyer confirms the order
      Then the page says "Nothing has been ordered yet."
      And the page shows 990.00 RUB
      And the buyer has no order

    Scenario: Who agrees to the new price orders at that price
      Given the price of "Puzzle, 500 pieces" has become 990.00 RUB
      When the buyer confirms the order
      And the buyer confirms the order with the wallet again
      Then the wallet lists one invoice, of 990.00 RUB

    Scenario: What is gone cannot be ordered
      Given "Puzzle, 500 pieces" is sold no more
      When the buyer confirms the order
      Then the page says "can no longer be bought here"
      And the buyer has no order

  @W2.2
  Rule: While the wallet fails the order is kept, and its invoice comes later

    Background:
      Given the buyer is ready to confirm an order of "Felt slippers" with the wallet

    Scenario Outline: The buyer is told that the wallet fails
      Given the wallet <fails> whenever the shop asks it
      When the buyer confirms the order
      Then the page says "The wallet is not responding"
      And the order in the shop awaits its payment

      Examples:
        | fails                     |
        | is down                   |
        | answers with an error     |
        | answers half              |
        | breaks off after its work |
        | is too slow               |

    Scenario Outline: Once the wallet works again there is one invoice
      Given the wallet <fails> when the shop asks it next
      When the buyer confirms the order
      Then the invoice comes by itself
      And the wallet lists one invoice, of 1190.00 RUB

      Examples:
        | fails                     |
        | is down                   |
        | answers with an error     |
        | answers half              |
        | breaks off after its work |

    Scenario: Who has to sign in again has ordered nothing
      Given the buyer's session with the shop has ended
      When the buyer confirms the order
      And the buyer signs in again
      Then the checkout has "Felt slippers" but not "Reading lamp"
      And the buyer has no order

    Scenario: Who goes back after ordering sees the order, not the checkout
      When the buyer confirms the order
      And the buyer goes back
      Then the order awaits its payment
      And the buyer has 1 order

  @W2.5
  Rule: What cannot be paid is said before a code is sent

    Scenario: An invoice above the balance
      Given the buyer has opened the invoice of an order of "Electric samovar, 3 l"
      When the buyer presses "Visa QIWI Wallet"
      And the buyer presses "Pay"
      Then the page says "Nothing was paid."
      And no message has come to the phone

    Scenario: Who leaves and comes back chooses the means again
      Given the buyer has opened the invoice of an order of "Felt slippers"
      When the buyer leaves and comes back
      Then the wallet asks for the means of payment before anything else

  @W2.6
  Rule: One message brings the code, however often Pay is pressed

    Background:
      Given the buyer has opened the invoice of an order of "Felt slippers"

    Scenario: A double press on Pay sends one message
      When the buyer presses "Visa QIWI Wallet"
      And the buyer presses "Pay" twice at once
      Then the page says "Confirm with the code"
      And only 1 message has come to the phone
      And the wallet holds 5000.00 RUB

  @W2.6
  Rule: An invoice that ends before it is paid takes no money

    Background:
      Given the buyer has opened the invoice of an order of "Felt slippers"

    Scenario: The shop cancels it while the code is on its way
      Given the buyer has asked for the code
      And the buyer has cancelled the order in another tab
      When the buyer confirms with the code from the message
      Then the page says "The shop has cancelled this invoice."
      And the wallet holds 5000.00 RUB

    Scenario: Its time is over while the code is on its way
      Given the buyer has waited 1438 minutes and asked for the code
      And 3 minutes have passed
      When the buyer confirms with the code from the message
      Then the page says "This invoice has expired."
      And the wallet holds 5000.00 RUB

  @W2.6
  Rule: Whatever happens to the notice, the shop's order is paid, and once

    Background:
      Given the buyer has been sent the code for an order of "Felt slippers"

    Scenario Outline: The notice goes wrong on its way
      Given the wallet's next notice to the shop <goes wrong>
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

    Scenario Outline: The shop fails when it is told
      Given the shop <fails> when it gets the notice
      When the buyer confirms with the code from the message
      And 10 seconds have passed
      Then the order in the shop is paid
      And the shop has taken the money once

      Examples:
        | fails                     |
        | is down                   |
        | answers with an error     |
        | answers half              |
        | breaks off after its work |
        | is too slow               |

    Scenario: The shop is never told, and asks by itself
      Given the wallet's next notice to the shop is lost again and again
      When the buyer confirms with the code from the message
      And 1 minutes have passed
      Then the order in the shop is paid
      And the shop has taken the money once

    Scenario: A forged notice pays no order
      Given the wallet's next notice to the shop carries a wrong signature
      When the buyer confirms with the code from the message
      Then the order in the shop awaits its payment

    Scenario: Two notices overtake each other
      Given the wallet's next notice to the shop is overtaken by another
      And the buyer has confirmed with the code from the message
      When the buyer orders and pays "Reading lamp" with the wallet
      Then each of the buyer's 2 orders is paid

    Scenario: A double press pays once
      When the buyer confirms with the code from the message by a double press
      Then the receipt shows 1190.00 RUB for the shop
      And the wallet holds 3810.00 RUB
      And the order in the shop is paid

    Scenario: Who has to sign in again has paid nothing yet
      Given the buyer's session with the wallet has ended
      When the buyer confirms with the code from the message
      And the buyer signs in again
      Then the page says "Confirm with the code"
      And the wallet holds 5000.00 RUB
