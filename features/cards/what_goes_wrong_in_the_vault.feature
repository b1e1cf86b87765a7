@C2
Feature: What goes wrong when a card is linked through the vault
  The issuer may say no, or nothing, or no after all; the vault's notice may not reach the shop.
  No cent stays held, and the shop shows the cards that there are.

  Background:
    Given the buyer has an account with the shop
    And the buyer has an account with the vault
    And the buyer is signed in to the shop and to the vault

  @C2.4
  Rule: Who is interrupted has linked nothing, or linked once

    Background:
      Given the buyer has opened the vault's form for a card

    Scenario: Who has to sign in again starts the form again
      Given the buyer's session with the vault has ended
      When the buyer fills in all the data of the card "Visa, approved"
      And the buyer presses "Save"
      And the buyer signs in again
      Then the vault lists no card

    Scenario: A double press links once
      When the buyer fills in all the data of the card "Visa, approved"
      And the buyer presses "Save" twice at once
      Then the vault lists 1 card, which is the main one

    Scenario: Who leaves the form and comes back fills it in again
      When the buyer leaves and comes back
      And the buyer fills in all the data of the card "Visa, approved"
      And the buyer presses "Save"
      Then the card "Visa, approved" is being checked in the vault

  @C2.5
  Rule: Where the issuer does not agree, nothing is linked and no cent stays held

    Scenario Outline: The issuer refuses
      When the buyer saves the card "<card>" in the vault
      Then the vault says that the card was refused
      And no cent was ever held
      And the vault lists no card

      Examples:
        | card                      |
        | Visa, insufficient funds  |
        | Visa, expired             |
        | Visa, wrong security code |
        | Visa, lost                |
        | Mastercard, issuer down   |

    Scenario: The issuer does not answer
      Given the card's issuer does not answer
      When the buyer saves the card "Visa, approved" in the vault
      Then the vault says that the card was refused
      And no cent was ever held
      And the vault lists no card

    Scenario: Once the issuer answers the card is linked
      Given the card's issuer does not answer
      And the buyer has saved the card "Visa, approved" in the vault
      When the buyer saves the card "Visa, approved" in the vault
      Then the card "Visa, approved" is being checked in the vault

    Scenario: The issuer takes back that it agreed
      Given the buyer has linked the card "Visa, approved" in the vault
      And the issuer of the card "Visa, approved" has taken back that it agreed
      When the buyer looks at the cards in the vault
      Then the page says "Not linked: the check failed"
      And no cent is held any more

    Scenario: A card that was deleted while it was checked has its cent back
      Given the buyer has linked the card "Visa, approved" in the vault
      When the buyer deletes "Visa, approved" in the vault
      Then the vault lists no card
      And no cent is held any more

  @C2.6
  Rule: Whatever happens to the notice, the shop shows the cards that there are

    Scenario Outline: The notice of a new card goes wrong
      Given the vault's next notice to the shop <goes wrong>
      When the buyer saves the card "Visa, approved" in the vault
      Then the card "Visa, approved" is offered at the next checkout with "Felt slippers"

      Examples:
        | goes wrong                |
        | is lost                   |
        | comes twice               |
        | carries a wrong signature |
        | is lost again and again   |

    Scenario Outline: The shop fails when it is told of a new card
      Given the shop <fails> when it gets the notice
      When the buyer saves the card "Visa, approved" in the vault
      Then the card "Visa, approved" is offered at the next checkout with "Felt slippers"

      Examples:
        | fails                     |
        | is down                   |
        | answers with an error     |
        | breaks off after its work |

    Scenario: While the vault is away the shop shows what it knew
      Given the buyer has linked the card "Visa, approved" in the vault
      And the shop has shown the card "Visa, approved"
      And the vault is down whenever the shop asks it
      When the buyer comes to the checkout with "Felt slippers"
      Then the card "Visa, approved" is offered

    Scenario: A card that its issuer took back is gone from the shop
      Given the buyer has linked the card "Visa, approved" in the vault
      When the issuer of the card "Visa, approved" takes back that it agreed
      Then the shop lists no card
