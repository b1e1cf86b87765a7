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

    Scenario: A card whose issuer asks for nothing is linked at once
      When the buyer saves the card "Visa, without a challenge" in the vault
      Then the card "Visa, without a challenge" is being checked in the vault
      And one cent is held on the card

    Scenario: A card whose holder the issuer cannot check links nothing and holds nothing
      When the buyer saves the card "Visa, 3-D Secure unavailable" in the vault
      Then the vault lists no card
      And no cent was ever held

    Scenario: While the issuer's server is down, nothing is linked and nothing is held
      Given the server of the card's issuer is down on the next request
      When the buyer saves the card "Visa, with a challenge" in the vault
      Then the vault lists no card
      And no cent was ever held

    Scenario: Another try after the issuer's server was down links the card
      Given the server of the card's issuer is down on the next request
      And the buyer has saved the card "Visa, with a challenge" in the vault
      When the buyer saves the card "Visa, with a challenge" in the vault
      And the buyer confirms the card with the code from the message
      Then the card "Visa, with a challenge" is being checked in the vault

    Scenario: A challenge that has expired links nothing and holds nothing
      Given the buyer has saved the card "Visa, with a challenge" in the vault
      And the challenge has been open for 24 hours
      When the buyer answers the challenge too late
      Then the vault lists no card
      And no cent was ever held

    Scenario: A card that is declined after its challenge links nothing and holds nothing
      When the buyer saves the card "Visa, declined after the challenge" in the vault
      And the buyer confirms the card with the code from the message
      Then the vault lists no card
      And no cent was ever held

    Scenario: Once a new code is sent, the old one links nothing and holds nothing
      Given the buyer has saved the card "Visa, with a challenge" in the vault
      And the buyer has asked the card's issuer for a new code
      When the buyer confirms the card with the code from the first message
      Then the vault lists no card
      And no cent was ever held

    Scenario: A new code links the card and holds one cent
      Given the buyer has saved the card "Visa, with a challenge" in the vault
      And the buyer has asked the card's issuer for a new code
      When the buyer confirms the card with the code from the message
      Then the card "Visa, with a challenge" is being checked in the vault
      And one cent is held on the card

    Scenario: After giving up, the code in a second tab links nothing
      Given the buyer has saved the card "Visa, with a challenge" in the vault
      And the challenge is open in another tab
      And the buyer has given up the challenge
      When the buyer confirms the card in the other tab
      Then the vault lists no card

    Scenario: Reloading the challenge after its success links the card once
      Given the buyer has saved the card "Visa, with a challenge" in the vault
      And the challenge is open in another tab
      And the buyer has confirmed the card with the code from the message
      When the buyer reloads the challenge in the other tab
      Then the vault lists 1 card, which is the main one
