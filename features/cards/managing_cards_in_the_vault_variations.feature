@C2
Feature: Managing cards in the vault: variations
  The buyer has three cards, two of one brand. The card that is managed is neither the first nor the
  newest. The other cards, and the cards of another buyer, stay as they are.

  Background:
    Given the buyer has an account with the shop
    And the buyer has an account with the vault
    And the buyer is signed in to the shop and to the vault
    And the buyer has linked "Visa, approved", "Visa, also approved" and "Mastercard, approved" in the vault

  @C2.3
  Rule: Exactly one card is the main card, and the shop selects it

    Scenario: The shop selects a main card that is neither the first nor the newest
      When the buyer makes "Visa, also approved" the main card
      Then the vault marks only "Visa, also approved" as the main card
      And "Visa, also approved" is chosen at the shop's checkout

    Scenario: Another card can be made the main card later
      Given "Visa, also approved" is the main card
      When the buyer makes "Visa, approved" the main card
      Then the vault marks only "Visa, approved" as the main card
      And "Visa, approved" is chosen at the shop's checkout

    Scenario: The main card is the same on another device
      When the buyer makes "Visa, also approved" the main card
      Then on another device the vault marks only "Visa, also approved" as the main card

    Scenario: Making a card the main one leaves another buyer's main card
      Given another buyer has made "Mastercard, approved" the main one of the cards "Visa, approved" and "Mastercard, approved"
      When the buyer makes "Visa, also approved" the main card
      Then that buyer's vault marks only "Mastercard, approved" as the main card

  @C2.3
  Rule: The main card stays the main card until the buyer changes it

    Background:
      Given "Visa, also approved" is the main card

    Scenario: Adding a card leaves the main card
      When the buyer saves the card "American Express, approved" in the vault
      Then the vault marks only "Visa, also approved" as the main card
      And "Visa, also approved" is chosen at the shop's checkout

    Scenario: Editing another card leaves the main card
      When the buyer changes the holder of "Mastercard, approved" to "Olga Smirnova"
      Then the vault marks only "Visa, also approved" as the main card
      And "Visa, also approved" is chosen at the shop's checkout

    Scenario: Deleting another card leaves the main card
      When the buyer deletes "Mastercard, approved" in the vault
      Then the vault marks only "Visa, also approved" as the main card
      And "Visa, also approved" is chosen at the shop's checkout

    Scenario: The main card stays the main card once its link is final
      When 24 hours have passed
      Then the vault marks only "Visa, also approved" as the main card
      And "Visa, also approved" is chosen at the shop's checkout

    Scenario: The shop selects the main card, not the card that was used last
      Given the buyer has bought "Tea glass with holder" with the card "Mastercard, approved"
      When the buyer returns to the shop's main page
      Then "Visa, also approved" is chosen at the shop's checkout

  @C2.3
  Rule: Only the chosen cards are deleted, on both sides

    Background:
      Given the shop has shown the cards "Visa, approved", "Visa, also approved" and "Mastercard, approved"

    Scenario: Deleting one card deletes no other card
      When the buyer deletes "Visa, also approved" in the vault
      Then the vault lists only "Visa, approved" and "Mastercard, approved"
      And the shop lists only "Visa, approved" and "Mastercard, approved"

    Scenario: Deleting two cards leaves the third
      When the buyer deletes "Visa, approved" and "Mastercard, approved"
      Then the vault lists only "Visa, also approved"
      And the shop lists only "Visa, also approved"

    Scenario: A buyer who keeps the card deletes nothing
      Given the buyer has started to delete "Visa, also approved"
      When the buyer keeps the card
      Then the vault lists only "Visa, approved", "Visa, also approved" and "Mastercard, approved"
      And the shop lists only "Visa, approved", "Visa, also approved" and "Mastercard, approved"

    Scenario: Without a ticked card nothing is deleted
      When the buyer presses Delete without a ticked card
      Then the vault lists only "Visa, approved", "Visa, also approved" and "Mastercard, approved"

    Scenario: Deleting a card leaves the same card of another buyer
      Given another buyer has linked the card "Visa, also approved" in the vault
      When the buyer deletes "Visa, also approved" in the vault
      Then that buyer's vault lists only "Visa, also approved"

    Scenario: A deleted card can be linked again
      Given the buyer has deleted the card "Visa, also approved" in the vault
      When the buyer saves the card "Visa, also approved" in the vault
      Then the vault lists only "Visa, approved", "Visa, also approved" and "Mastercard, approved"
      And the shop lists only "Visa, approved", "Visa, also approved" and "Mastercard, approved"

  @C2.3
  Rule: Editing changes one card of this buyer

    Scenario: Editing a card changes no other card
      When the buyer changes the holder of "Visa, also approved" to "Olga Smirnova"
      Then the vault lists "Visa, also approved" with the holder "Olga Smirnova"
      And the vault lists "Visa, approved" with the holder "Anna Petrova"
      And the vault lists "Mastercard, approved" with the holder "Anna Petrova"

    Scenario: Editing a card leaves its link final
      Given 24 hours have passed
      When the buyer changes the holder of "Visa, also approved" to "Olga Smirnova"
      Then the link of the card "Visa, also approved" is final in the vault

    Scenario: A card can be edited a second time
      Given the buyer has changed the holder of "Visa, also approved" to "Olga Smirnova"
      When the buyer changes the holder of "Visa, also approved" to "Olga Petrova"
      Then the vault lists "Visa, also approved" with the holder "Olga Petrova"

    Scenario: Another buyer cannot open the form that edits a card
      Given another buyer is signed in to the vault
      And the buyer has begun to edit "Visa, also approved"
      When that buyer opens the same page of the vault
      Then that buyer sees no card of the buyer's

    Scenario: Add card opens a form for a new card beside linked ones
      When the buyer presses "Add card"
      Then the vault shows its form for a card, without the data of another
