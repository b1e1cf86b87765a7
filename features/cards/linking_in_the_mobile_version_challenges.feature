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

    Scenario: A card whose issuer asks for nothing is linked on the phone at once
      When the buyer links the card "Visa, without a challenge" on the phone
      Then the card "Visa, without a challenge" is linked

    Scenario: A card whose holder the issuer cannot check is not linked on the phone
      When the buyer links the card "Visa, 3-D Secure unavailable" on the phone
      Then no card is linked

    Scenario: Wrong codes on the phone link nothing
      When the buyer links the card "Visa, with a challenge" on the phone
      And the buyer answers the challenge with wrong codes until it ends
      Then no card is linked

    Scenario: A challenge that has expired links nothing on the phone
      Given the buyer has linked the card "Visa, with a challenge" on the phone
      And the challenge has been open for 24 hours
      When the buyer answers the challenge too late
      Then no card is linked

    Scenario: A card that is declined after its challenge is not linked on the phone
      When the buyer links the card "Visa, declined after the challenge" on the phone
      And the buyer confirms the card with the code from the message
      Then no card is linked

    Scenario: Once a new code is sent, the old one links nothing on the phone
      Given the buyer has linked the card "Visa, with a challenge" on the phone
      And the buyer has asked the card's issuer for a new code
      When the buyer confirms the card with the code from the first message
      Then no card is linked

    Scenario: After giving up on the phone, the code in a second tab links nothing
      Given the buyer has linked the card "Visa, with a challenge" on the phone
      And the challenge is open in another tab
      And the buyer has given up the challenge
      When the buyer confirms the card in the other tab
      Then no card is linked

    Scenario: Reloading the challenge after its success links one card on the phone
      Given the buyer has linked the card "Visa, with a challenge" on the phone
      And the challenge is open in another tab
      And the buyer has confirmed the card with the code from the message
      When the buyer reloads the challenge in the other tab
      Then 1 card is linked

    Scenario: On the phone, the right code pays without linking the card
      When the buyer fills in the four values of the card "Visa, with a challenge"
      And the buyer presses "Done"
      And the buyer confirms the card with the code from the message
      Then the shop shows the order as paid
      And no card is linked

    Scenario: On the phone, a challenge that is given up pays nothing
      When the buyer fills in the four values of the card "Visa, with a challenge"
      And the buyer presses "Done"
      And the buyer gives up the challenge
      Then no money was taken from the buyer's cards
      And the buyer has no order
