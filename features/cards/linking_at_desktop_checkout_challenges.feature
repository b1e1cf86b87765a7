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

    Scenario: A card whose issuer asks for nothing is linked at the checkout at once
      When the buyer saves the card "Visa, without a challenge"
      Then the card "Visa, without a challenge" is linked

    Scenario: A card whose holder the issuer cannot check is not linked at the checkout
      When the buyer saves the card "Visa, 3-D Secure unavailable"
      Then no card is linked

    Scenario: Another try after the issuer's server was down links the card at the checkout
      Given the server of the card's issuer is down on the next request
      And the buyer has saved the card "Visa, with a challenge"
      When the buyer saves the card "Visa, with a challenge"
      And the buyer confirms the card with the code from the message
      Then the card "Visa, with a challenge" is linked

    Scenario: A challenge that has expired links nothing at the checkout
      Given the buyer has saved the card "Visa, with a challenge"
      And the challenge has been open for 24 hours
      When the buyer answers the challenge too late
      Then no card is linked

    Scenario: A card that is declined after its challenge is not linked at the checkout
      When the buyer saves the card "Visa, declined after the challenge"
      And the buyer confirms the card with the code from the message
      Then no card is linked

    Scenario: Once a new code is sent, the old one links nothing at the checkout
      Given the buyer has saved the card "Visa, with a challenge"
      And the buyer has asked the card's issuer for a new code
      When the buyer confirms the card with the code from the first message
      Then no card is linked

    Scenario: A new code links the card at the checkout
      Given the buyer has saved the card "Visa, with a challenge"
      And the buyer has asked the card's issuer for a new code
      When the buyer confirms the card with the code from the message
      Then the card "Visa, with a challenge" is linked

    Scenario: After giving up at the checkout, the code in a second tab links nothing
      Given the buyer has saved the card "Visa, with a challenge"
      And the challenge is open in another tab
      And the buyer has given up the challenge
      When the buyer confirms the card in the other tab
      Then no card is linked

    Scenario: Reloading the challenge after its success links one card at the checkout
      Given the buyer has saved the card "Visa, with a challenge"
      And the challenge is open in another tab
      And the buyer has confirmed the card with the code from the message
      When the buyer reloads the challenge in the other tab
      Then 1 card is linked

  @C1.5
  Rule: A card that pays without being saved pays only after the right code, once

    Background:
      Given the buyer has given an address for the delivery

    Scenario: A card whose issuer asks for nothing pays at once
      When the buyer pays with the card "Visa, without a challenge" without saving it
      Then the shop shows the order as paid
      And the shop has taken the money once

    Scenario: The right code pays the order once and links no card
      When the buyer pays with the card "Visa, with a challenge" without saving it
      And the buyer confirms the card with the code from the message
      Then the shop shows the order as paid
      And the shop has taken the money once
      And no card is linked

    Scenario: Wrong codes pay nothing
      When the buyer pays with the card "Visa, with a challenge" without saving it
      And the buyer answers the challenge with wrong codes until it ends
      Then no money was taken from the buyer's cards
      And the buyer has no order

    Scenario: A challenge that is given up pays nothing
      When the buyer pays with the card "Visa, with a challenge" without saving it
      And the buyer gives up the challenge
      Then no money was taken from the buyer's cards
      And the buyer has no order

    Scenario: A challenge that has expired pays nothing
      Given the buyer has begun to pay with the card "Visa, with a challenge" without saving it
      And the challenge has been open for 24 hours
      When the buyer answers the challenge too late
      Then no money was taken from the buyer's cards
      And the buyer has no order

    Scenario: A card that is declined after its challenge pays nothing
      When the buyer pays with the card "Visa, declined after the challenge" without saving it
      And the buyer confirms the card with the code from the message
      Then no money was taken from the buyer's cards
      And the buyer has no order

    Scenario: A card whose holder the issuer cannot check pays nothing
      When the buyer pays with the card "Visa, 3-D Secure unavailable" without saving it
      Then no money was taken from the buyer's cards
      And the buyer has no order

    Scenario: The code in two tabs pays once
      Given the buyer has begun to pay with the card "Visa, with a challenge" without saving it
      And the challenge is open in another tab
      When the buyer confirms the card in both tabs
      Then the shop has taken the money once
      And the buyer has 1 order
