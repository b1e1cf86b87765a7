@C2
Feature: Linking a card through the vault: failures
  The issuer may decline, may not answer, or may withdraw its approval later. The vault's
  notification may not reach the shop. No cent stays held, and the shop shows the current cards.

  Background:
    Given the buyer has an account with the shop
    And the buyer has an account with the vault
    And the buyer is signed in to the shop and to the vault

  @C2.4
  Rule: After an interruption the card is linked once, or not at all

    Background:
      Given the buyer has opened the vault's form for a card

    Scenario: If the session has ended, no card is linked
      Given the buyer's session with the vault has ended
      When the buyer fills in all the data of the card "Visa, approved"
      And the buyer presses "Save"
      And the buyer signs in again
      Then the vault lists no card

    Scenario: A double press links the card once
      When the buyer fills in all the data of the card "Visa, approved"
      And the buyer presses "Save" twice at once
      Then the vault lists 1 card, which is the main one

    Scenario: A buyer can fill in the form again after leaving it
      When the buyer leaves and comes back
      And the buyer fills in all the data of the card "Visa, approved"
      And the buyer presses "Save"
      Then the card "Visa, approved" is being checked in the vault

  @C2.5
  Rule: If the issuer does not approve, nothing is linked and no cent stays held

    Scenario Outline: If the issuer declines, no cent is held
      When the buyer saves the card "<card>" in the vault
      Then the vault says that the card was declined
      And no cent was ever held
      And the vault lists no card

      Examples:
        | card                      |
        | Visa, insufficient funds  |
        | Visa, expired             |
        | Visa, wrong security code |
        | Visa, lost                |
        | Mastercard, issuer down   |

    Scenario: If the issuer does not answer, no cent is held
      Given the card's issuer does not answer
      When the buyer saves the card "Visa, approved" in the vault
      Then the vault says that the card was declined
      And no cent was ever held
      And the vault lists no card

    Scenario: Once the issuer answers, the card is being checked
      Given the card's issuer does not answer
      And the buyer has saved the card "Visa, approved" in the vault
      When the buyer saves the card "Visa, approved" in the vault
      Then the card "Visa, approved" is being checked in the vault

    Scenario: If the issuer withdraws its approval, the link fails
      Given the buyer has linked the card "Visa, approved" in the vault
      And the issuer of the card "Visa, approved" has withdrawn its approval
      When the buyer looks at the cards in the vault
      Then the page says "Not linked: the check failed"
      And no cent is held any more

    Scenario: Deleting a card that is being checked returns its cent
      Given the buyer has linked the card "Visa, approved" in the vault
      When the buyer deletes "Visa, approved" in the vault
      Then the vault lists no card
      And no cent is held any more

  @C2.6
  Rule: The shop shows the current cards even if a notification fails

    Scenario Outline: A new card appears in the shop despite a faulty notification
      Given the vault's next notification to the shop <goes wrong>
      When the buyer saves the card "Visa, approved" in the vault
      Then the card "Visa, approved" is offered at the next checkout with "Felt slippers"

      Examples:
        | goes wrong                |
        | is lost                   |
        | comes twice               |
        | carries a wrong signature |
        | is lost every time        |

    Scenario Outline: A new card appears even if the shop fails at the notification
      Given the shop <fails> when it gets the notification
      When the buyer saves the card "Visa, approved" in the vault
      Then the card "Visa, approved" is offered at the next checkout with "Felt slippers"

      Examples:
        | fails                             |
        | is down                           |
        | answers with an error             |
        | does its work but sends no answer |

    Scenario: If the vault is down, the shop shows the cards that it knows
      Given the buyer has linked the card "Visa, approved" in the vault
      And the shop has shown the card "Visa, approved"
      And the vault is down on every request from the shop
      When the buyer opens the checkout with "Felt slippers"
      Then the card "Visa, approved" is offered

    Scenario: A card disappears from the shop if its issuer withdraws approval
      Given the buyer has linked the card "Visa, approved" in the vault
      When the issuer of the card "Visa, approved" withdraws its approval
      Then the shop lists no card

  @C2.5
  Rule: A buyer who gets no answer to Save and tries again links the card once

    Scenario Outline: Saving again after a lost answer links the card once
      Given the buyer has opened the vault's form for a card
      And the vault <fails> on the buyer's next press
      And the buyer has saved the card "Visa, approved" in the vault without an answer
      When the buyer tries again <how>
      Then one cent and no more is held on "Visa, approved" now

      Examples:
        | fails                             | how                   |
        | does its work but sends no answer | after going back      |
        | does its work but sends no answer | by reloading the page |
        | does its work but sends no answer | in another tab        |
        | is down                           | after going back      |
        | answers with an error             | by reloading the page |
