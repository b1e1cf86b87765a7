@C1
Feature: What goes wrong with a card at the shop's desktop checkout
  A card may be refused, its issuer or the vault may say nothing, the goods may change. No card is
  linked twice, no order is paid twice, and what is not known is called so.

  Background:
    Given the buyer has an account with the shop
    And the buyer is signed in to the shop
    And the buyer is at the checkout with "Felt slippers"

  @C1.5
  Rule: A card that is refused takes nothing, at whichever step

    Background:
      Given the buyer has given an address for the delivery

    Scenario Outline: It is refused when it pays without being saved
      When the buyer pays with the card "<card>" without saving it
      Then the shop says that the card was refused
      And the buyer has no order

      Examples:
        | card                      |
        | Visa, declined            |
        | Visa, insufficient funds  |
        | Visa, expired             |
        | Visa, wrong security code |
        | Visa, lost                |
        | Mastercard, issuer down   |

    Scenario: A refused card leaves the address on the page
      When the buyer pays with the card "Visa, declined" without saving it
      And the buyer leaves and comes back
      Then "City" still holds "Kazan"

    Scenario: Signing in again brings the address back
      Given the buyer's session with the shop has ended
      When the buyer pays with the card "Visa, approved" without saving it
      And the buyer signs in again
      Then "City" still holds "Kazan"
      And the buyer has no order

    Scenario: Its issuer does not answer when it is to be linked
      Given the card's issuer does not answer
      When the buyer saves the card "Visa, approved"
      Then the shop says that the card was refused
      And no card is linked
      And no cent was ever held

    Scenario: Once its issuer answers it is linked
      Given the card's issuer does not answer
      And the buyer has saved the card "Visa, approved"
      When the buyer saves the card "Visa, approved"
      Then the card "Visa, approved" is linked

    Scenario: Its issuer does not answer when the linked card is to pay
      Given the buyer has saved the card "Visa, approved"
      And the card's issuer does not answer
      When the buyer confirms the order
      Then the shop says that the card was refused
      And the buyer has no order

  @C1.5
  Rule: While the vault fails, nothing is linked twice and nothing is paid twice

    Background:
      Given the buyer has given an address for the delivery

    Scenario Outline: The buyer is told that it is not known
      Given the vault <fails> when the shop asks it next
      When the buyer saves the card "Visa, approved"
      Then the page says "The card vault has not answered"

      Examples:
        | fails                     |
        | is down                   |
        | answers with an error     |
        | answers half              |
        | breaks off after its work |

    Scenario Outline: The form sent once more links the card, and once
      Given the vault <fails> when the shop asks it next
      And the buyer has saved the card "Visa, approved"
      When the buyer saves the card "Visa, approved"
      Then the card "Visa, approved" is linked
      And 1 card is linked

      Examples:
        | fails                     |
        | is down                   |
        | answers with an error     |
        | answers half              |
        | breaks off after its work |

    Scenario Outline: A payment that is not answered is looked into
      Given the vault <fails> whenever the shop asks it
      When the buyer pays with the card "Visa, approved" without saving it
      Then the page says "The payment is being checked"

      Examples:
        | fails                     |
        | is down                   |
        | breaks off after its work |

    Scenario: A payment whose answer was lost is found
      Given the vault breaks off after its work when the shop asks it next
      When the buyer pays with the card "Visa, approved" without saving it
      Then the shop shows the order as paid
      And the shop has taken the money once

    Scenario: A payment that never arrived is given up, and nothing was taken
      Given the vault is down when the shop asks it next
      When the buyer pays with the card "Visa, approved" without saving it
      And 30 seconds have passed
      Then the shop gives the payment up
      And the buyer has no order

    Scenario: Time that passes while the issuer thinks loses no money
      When the buyer pays with the card "Mastercard, slow" without saving it while 31 seconds pass
      Then every payment that was taken has its order

  @C1.5
  Rule: A payment by card is made for what was shown, and once

    Background:
      Given the buyer has given an address for the delivery
      And the buyer has saved the card "Visa, approved"

    Scenario: What is gone is not paid
      Given "Felt slippers" is sold no more
      When the buyer confirms the order
      Then the page says "can no longer be bought here"
      And the buyer has no order

    Scenario: A new price is said before anything is paid
      Given the price of "Felt slippers" has become 1290.00 RUB
      When the buyer confirms the order
      Then the page says "Nothing has been ordered yet."
      And the buyer has no order

    Scenario Outline: An amount that no issuer agrees to is not paid
      Given the price of "Felt slippers" has become <amount> RUB
      When the buyer confirms the order
      And the buyer confirms the order
      Then the shop says that the card was refused
      And the buyer has no order

      Examples:
        | amount |
        | 402.03 |
        | 404.05 |

    Scenario: A double press pays once
      When the buyer confirms the order by a double press
      Then the shop shows the order as paid
      And the shop has taken the money once
      And the buyer has 1 order

    Scenario: Who goes back after paying sees the order
      When the buyer confirms the order
      And the buyer goes back
      Then the shop shows the order as paid
      And the buyer has 1 order

  @C1.7
  Rule: Who is interrupted finds the checkout again

    Scenario: Who leaves and comes back links the card
      When the buyer leaves and comes back
      And the buyer saves the card "Visa, approved"
      Then the card "Visa, approved" is linked

    Scenario: Who has to sign in again has linked nothing and ordered nothing
      Given the buyer's session with the shop has ended
      When the buyer saves the card "Visa, approved"
      And the buyer signs in again
      Then no card is linked
      And the buyer has no order
