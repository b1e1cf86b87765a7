@C3 @mobile
Feature: Linking a card in the mobile version: confirming it with a code
  The issuer of a card may ask for a code before the card is linked (3-D Secure). The documents do
  not mention it.

  @C3.5
  Rule: A card whose issuer asks for a code is linked on the phone only after the right code

    Background:
      Given the buyer has an account with the shop
      And the buyer is signed in to the shop
      And the buyer is at the form for a new card with "Felt slippers"

    Scenario: The right code links the card on the phone
      When the buyer links the card "Visa, with a challenge" on the phone
      And the buyer confirms the card with the code from the message
      Then the card "Visa, with a challenge" is linked

    Scenario: A challenge that is given up on the phone links nothing
      When the buyer links the card "Visa, with a challenge" on the phone
      And the buyer gives up the challenge
      Then no card is linked
