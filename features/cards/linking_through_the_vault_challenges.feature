@C2
Feature: Linking a card through the vault: confirming it with a code
  The issuer of a card may ask for a code before the card is linked (3-D Secure). The documents do
  not mention it. Nothing is held before the code is right.

  Background:
    Given the buyer has an account with the shop
    And the buyer has an account with the vault
    And the buyer is signed in to the shop and to the vault

  @C2.5
  Rule: A card whose issuer asks for a code is linked only after the right code

    Background:
      Given the buyer has opened the vault's form for a card

    Scenario: The cent is not held before the code is entered
      When the buyer saves the card "Visa, with a challenge" in the vault
      Then the card's issuer asks for a code
      And no cent was ever held

    Scenario: The right code links the card and holds one cent
      When the buyer saves the card "Visa, with a challenge" in the vault
      And the buyer confirms the card with the code from the message
      Then the card "Visa, with a challenge" is being checked in the vault
      And one cent is held on the card

    Scenario: Wrong codes link nothing and hold nothing
      When the buyer saves the card "Visa, with a challenge" in the vault
      And the buyer answers the challenge with wrong codes until it ends
      Then the vault lists no card
      And no cent was ever held

    Scenario: A challenge that is given up links nothing and holds nothing
      When the buyer saves the card "Visa, with a challenge" in the vault
      And the buyer gives up the challenge
      Then the vault lists no card
      And no cent was ever held

    Scenario: The code in two tabs links the card once
      Given the buyer has saved the card "Visa, with a challenge" in the vault
      And the challenge is open in another tab
      When the buyer confirms the card in both tabs
      Then the vault lists 1 card, which is the main one
      And one cent is held on the card
