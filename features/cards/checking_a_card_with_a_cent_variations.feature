@C2
Feature: Checking a card with a cent: variations
  Several cards are checked, one after the other, and some are deleted or declined. Each has a cent
  of its own.

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

    Scenario: Saving a linked card again holds no second cent
      When the buyer saves the card "Visa, approved" in the vault
      Then the card's issuer has held one cent in all

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

    Scenario: The cents of two buyers both come back
      Given another buyer has linked the card "Mastercard, approved" in the vault
      And 24 hours have passed
      When the buyer looks at the cards in the vault
      Then the cent of "Visa, approved" was given back once
      And that buyer's cent of "Mastercard, approved" was given back once

    Scenario: A card that is linked again has a cent held again
      Given the buyer has deleted the card "Visa, approved" in the vault
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
