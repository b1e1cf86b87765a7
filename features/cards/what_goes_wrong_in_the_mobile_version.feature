@C3 @mobile
Feature: What goes wrong with a card in the mobile version
  The same trouble on a phone: the vault or the issuer silent, a card refused, goods that change.

  Background:
    Given the buyer has an account with the shop
    And the buyer is signed in to the shop
    And the buyer is at the form for a new card with "Felt slippers"

  @C3.5
  Rule: A card is linked once, or not at all

    Scenario Outline: A card that its issuer refuses is not linked
      When the buyer links the card "<card>" on the phone
      Then the shop says that the card was refused
      And no card is linked

      Examples:
        | card                      |
        | Visa, insufficient funds  |
        | Visa, lost                |
        | Mastercard, issuer down   |

    Scenario: The issuer does not answer
      Given the card's issuer does not answer
      When the buyer links the card "Visa, approved" on the phone
      Then the shop says that the card was refused
      And no cent was ever held

    Scenario Outline: The buyer is told that it is not known
      Given the vault <fails> when the shop asks it next
      When the buyer links the card "Visa, approved" on the phone
      Then the page says "The card vault has not answered"

      Examples:
        | fails                     |
        | is down                   |
        | breaks off after its work |

    Scenario Outline: The form sent once more links the card, and once
      Given the vault <fails> when the shop asks it next
      And the buyer has linked the card "Visa, approved" on the phone
      When the buyer links the card "Visa, approved" on the phone
      Then the card "Visa, approved" is chosen
      And 1 card is linked

      Examples:
        | fails                     |
        | is down                   |
        | breaks off after its work |

    Scenario: Who has to sign in again has linked nothing
      Given the buyer's session with the shop has ended
      When the buyer links the card "Visa, approved" on the phone
      And the buyer signs in again
      Then no card is linked
      And the buyer has no order

  @C3.6
  Rule: Buying takes the money once, or not at all

    Background:
      Given the buyer has linked the card "Visa, approved" on the phone

    Scenario: The issuer does not answer when the buyer pays
      Given the card's issuer does not answer
      When the buyer buys with the chosen card
      Then the shop says that the card was refused
      And the buyer has no order

    Scenario: The vault breaks off when the buyer pays
      Given the vault breaks off after its work when the shop asks it next
      When the buyer buys with the chosen card
      Then the shop shows the order as paid
      And the shop has taken the money once

    Scenario: What is gone is not paid
      Given "Felt slippers" is sold no more
      When the buyer buys with the chosen card
      Then the page says "can no longer be bought here"
      And the buyer has no order

    Scenario: Who leaves and comes back buys once
      When the buyer leaves and comes back
      And the buyer buys with the chosen card
      Then the shop shows the order as paid
      And the buyer has 1 order
