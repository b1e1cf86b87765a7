@C2
Feature: Cards of the vault in the shop: variations
  The shop has shown cards before, or none. The buyer changes them in the vault, and the shop follows
  by itself.

  Background:
    Given the buyer has an account with the shop
    And the buyer has an account with the vault
    And the buyer is signed in to the shop and to the vault

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
      Given the buyer has deleted the card "Visa, also approved" in the vault
      And the shop has shown the cards "Visa, approved" and "Mastercard, approved"
      When the buyer saves the card "Visa, also approved" in the vault
      Then the shop lists only "Visa, approved", "Visa, also approved" and "Mastercard, approved"

    Scenario: Two cards that are deleted at once both disappear
      When the buyer deletes "Visa, approved" and "Mastercard, approved"
      Then the shop lists only "Visa, also approved"

    Scenario: The shop follows when another card becomes the main card
      When the buyer makes "Visa, also approved" the main card
      Then "Visa, also approved" is chosen at the shop's checkout

    Scenario: The shop does not go on showing the earlier holder of an edited card
      When the buyer changes the holder of "Visa, also approved" to "Olga Smirnova"
      Then the shop does not show "Visa, also approved" with the holder "Anna Petrova"

    Scenario: After a day the shop shows no card as being checked
      When 24 hours have passed
      Then the shop shows no card as being checked

    Scenario: The cards appear on another device too
      When the buyer looks at the cards in the vault
      Then on another device the shop lists only "Visa, approved", "Visa, also approved" and "Mastercard, approved"

    Scenario: Another buyer's cards change nothing in the shop
      Given another buyer has linked the card "Visa, also approved" in the vault
      When that buyer deletes "Visa, also approved" in the vault
      Then the shop lists only "Visa, approved", "Visa, also approved" and "Mastercard, approved"

    Scenario: A deleted card pays nothing at a checkout that was open before
      Given the buyer has chosen the card "Visa, also approved" at the checkout with "Felt slippers"
      And the buyer has deleted the card "Visa, also approved" in another tab of the vault
      When the buyer confirms the order
      Then no money was taken from the buyer's cards

    Scenario: A card that expires at an open checkout pays nothing
      Given the buyer has linked "American Express, approved" in the vault, valid to the end of this month
      And the buyer has chosen the card "American Express, approved" at the checkout with "Felt slippers"
      And this month has ended
      When the buyer confirms the order
      Then no money was taken from the buyer's cards

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
