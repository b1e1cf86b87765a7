@C2
Feature: Checking a card with a cent: variations
  Several cards are checked, one after the other, and some are deleted or declined. Each has a cent
  of its own. The shop shows the cards as the vault has them.

  Background:
    Given the buyer has an account with the shop
    And the buyer has an account with the vault
    And the buyer is signed in to the shop and to the vault

  @C2.5
  Rule: Each card has a cent of its own, held once

    Background:
      Given the buyer has linked the card "Visa, approved" in the vault

    Scenario: A second card has its own cent
      When the buyer saves the card "Visa, also approved" in the vault
      Then the vault says that it holds one cent for a day or less
      And one cent is held on "Visa, approved" and one on "Visa, also approved"

    Scenario: A declined card leaves the cent of the other card
      When the buyer saves the card "Visa, declined" in the vault
      Then the vault says that the card was declined
      And the vault lists only "Visa, approved"
      And one cent is held on "Visa, approved"

    Scenario: After a declined card another one can be linked
      Given the vault has declined the card "Visa, declined"
      When the buyer saves the card "Visa, also approved" in the vault
      Then the card "Visa, also approved" is being checked in the vault
      And one cent is held on "Visa, approved" and one on "Visa, also approved"

    Scenario: Managing cards holds no further cent
      Given the buyer has saved the card "Visa, also approved" in the vault
      And "Visa, also approved" is the main card
      When the buyer changes the holder of "Visa, approved" to "Olga Smirnova"
      Then one cent is held on "Visa, approved" and one on "Visa, also approved"

    Scenario: A card that is linked again has a cent held again
      Given the buyer has deleted "Visa, approved" in the vault
      When the buyer saves the card "Visa, approved" in the vault
      Then the card "Visa, approved" is being checked in the vault
      And "Visa, approved" has one cent held again, after an earlier one came back

    Scenario: If one issuer withdraws its approval, the cent of the other card stays
      Given the buyer has saved the card "Mastercard, approved" in the vault
      And the issuer of the card "Visa, approved" has withdrawn its approval
      When the buyer looks at the cards in the vault
      Then the card "Mastercard, approved" is being checked in the vault
      And one cent is held on "Mastercard, approved"

  @C2.5
  Rule: Each cent comes back after its own day, and its link is final then

    Background:
      Given the buyer has linked the card "Visa, approved" in the vault
      And 12 hours have passed
      And the buyer has saved the card "Visa, also approved" in the vault

    Scenario: A link is final exactly when its cent is back
      Given 11 hours have passed
      When the buyer looks at the cards in the vault
      Then the vault shows the link of "Visa, approved" as final exactly if its cent is back
      And the vault shows the link of "Visa, also approved" as final exactly if its cent is back

    Scenario: A second card does not delay the first
      Given 12 hours have passed
      When the buyer looks at the cards in the vault
      Then the cent of "Visa, approved" was given back once
      And the vault shows the link of "Visa, approved" as final exactly if its cent is back
      And the vault shows the link of "Visa, also approved" as final exactly if its cent is back

    Scenario: Days later each cent came back once and nothing was taken
      Given 72 hours have passed
      When the buyer looks at the cards in the vault
      Then the cent of "Visa, approved" was given back once
      And the cent of "Visa, also approved" was given back once
      And no money was taken from the buyer's cards

    Scenario: Deleting a linked card gives no second cent back
      Given 24 hours have passed
      When the buyer deletes "Visa, approved" in the vault
      Then the cent of "Visa, approved" was given back once
      And the vault lists only "Visa, also approved"

    Scenario: After a day the shop shows no card as being checked
      Given 24 hours have passed
      When the buyer looks at the cards in the vault
      Then the shop shows no card as being checked

  @C2.6
  Rule: The shop shows the cards of the vault, whatever it showed before

    Background:
      Given the buyer has linked "Visa, approved", "Visa, also approved" and "Mastercard, approved" in the vault
      And the shop has shown the cards "Visa, approved", "Visa, also approved" and "Mastercard, approved"

    Scenario: A further card appears in a shop that knows others
      When the buyer saves the card "American Express, approved" in the vault
      Then the shop lists 4 cards
      And the card "American Express, approved" is offered at the next checkout with "Felt slippers"

    Scenario: One deleted card disappears from the checkout, the others stay
      When the buyer deletes "Visa, also approved" in the vault
      Then the card "Mastercard, approved" is offered at the next checkout with "Felt slippers"
      And the card "Visa, also approved" is not offered

    Scenario: A card that is linked again appears again
      Given the buyer has deleted "Visa, also approved" in the vault
      And the shop has shown the cards "Visa, approved" and "Mastercard, approved"
      When the buyer saves the card "Visa, also approved" in the vault
      Then the shop lists only "Visa, approved", "Visa, also approved" and "Mastercard, approved"

    Scenario: The cards appear on another device too
      When the buyer looks at the cards in the vault
      Then on another device the shop lists only "Visa, approved", "Visa, also approved" and "Mastercard, approved"

    Scenario: Another buyer's cards change nothing in the shop
      Given another buyer has linked the card "Visa, also approved" in the vault
      When that buyer deletes "Visa, also approved" in the vault
      Then the shop lists only "Visa, approved", "Visa, also approved" and "Mastercard, approved"

    Scenario: A card linked in the vault pays an order
      When the buyer buys "Felt slippers" with the card "Visa, also approved"
      Then the order in the shop is paid
      And the shop has taken the money once

  @C2.6
  Rule: A first card appears in a shop that has shown none

    Scenario: A shop that has shown no card shows a new one
      Given the shop has shown that no card is linked
      When the buyer saves the card "Visa, approved" in the vault
      Then the shop lists only "Visa, approved"

    Scenario: A card appears at a checkout that was open before
      Given the buyer is at the checkout with "Felt slippers"
      When the buyer links the card "Visa, approved" in the vault in another tab and comes back
      Then the card "Visa, approved" is offered

    Scenario: A renewed card pays in a shop that knew its old expiry
      Given the buyer has linked "Visa, approved" in the vault, valid to the end of this month
      And the shop has shown the card "Visa, approved"
      And the buyer has changed the expiry of "Visa, approved" to "12/30"
      When this month ends
      Then "Visa, approved" is chosen at the shop's checkout
