@C1
Feature: Linking a card at the shop's desktop checkout: confirming it with a code
  The issuer of a card may ask for a code before the card is linked or pays (3-D Secure). The
  documents do not mention it.

  Background:
    Given the buyer has an account with the shop
    And the buyer is signed in to the shop
    And the buyer is at the checkout with "Felt slippers"

  @C1.5
  Rule: A card whose issuer asks for a code is linked or pays only after the right code

    Scenario: The right code links the card at the checkout
      When the buyer saves the card "Visa, with a challenge"
      And the buyer confirms the card with the code from the message
      Then the card "Visa, with a challenge" is linked

    Scenario: Wrong codes at the checkout link nothing
      When the buyer saves the card "Visa, with a challenge"
      And the buyer answers the challenge with wrong codes until it ends
      Then no card is linked

    Scenario: A challenge that is given up at the checkout links nothing
      When the buyer saves the card "Visa, with a challenge"
      And the buyer gives up the challenge
      Then no card is linked
