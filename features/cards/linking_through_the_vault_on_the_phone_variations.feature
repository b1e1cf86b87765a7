@C2 @mobile
Feature: Linking a card through the vault on the phone: variations
  In the mobile version the way through the vault is the same.

  Background:
    Given the buyer has an account with the shop
    And the buyer has an account with the vault
    And the buyer is signed in to the shop and to the vault
    And the buyer has linked "Visa, approved", "Visa, also approved" and "Mastercard, approved" in the vault

  @C2.1
  Rule: The shop warns on the phone before it leaves for the vault

    Scenario: The shop shows a notice on the phone
      Given the buyer is at the profile in the shop
      When the buyer presses "Account" below "My Alipay"
      Then the shop warns that the buyer is leaving its site
      And the buyer is still in the shop

  @C2.3
  Rule: The shop selects the main card on the phone

    Scenario: The main card is selected in the list on the phone
      Given "Visa, also approved" is the main card
      When the buyer opens the list of cards with "Felt slippers"
      Then the card "Visa, also approved" is chosen

  @C2.6
  Rule: Cards of the vault appear on the phone by themselves

    Scenario: Every card of the vault is in the list on the phone
      When the buyer opens the list of cards with "Felt slippers"
      Then the list has the cards "Visa, approved", "Visa, also approved" and "Mastercard, approved"
