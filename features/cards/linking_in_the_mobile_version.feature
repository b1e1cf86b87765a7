@C3 @mobile
Feature: Linking a card in the mobile version
  The same on a phone, with its own layout: the buyer goes from the cart through Pay and Pay again
  to the list of cards.

  Background:
    Given the buyer has an account with the shop
    And the buyer is signed in to the shop

  Scenario: A card is linked on the phone and the product is bought, from start to finish
    # C3.1  the cart
    When the buyer puts "Felt slippers" into the cart
    And the buyer opens "Cart" in the shop's menu
    # C3.2  ticking a product
    And the buyer ticks "Felt slippers" in the cart
    And the buyer presses "Pay"
    # C3.3  the window
    Then the window shows "Felt slippers" and the delivery address
    When the buyer gives an address for the delivery
    And the buyer presses "Pay"
    # C3.4  the list of cards
    Then "Add new card" is the first entry
    When the buyer presses "Add new card"
    # C3.5  the card data
    And the buyer fills in the four values of the card "Visa, approved"
    And the buyer switches "Save card" on
    And the buyer presses "Done"
    Then the card "Visa, approved" is chosen
    # C3.6  buying or not
    When the buyer buys with the chosen card
    Then the shop shows the order as paid
    And the card "Visa, approved" is linked

  @C3.1
  Rule: No card can be linked with an empty cart

    Scenario: An empty cart has no Pay button
      When the buyer opens "Cart" in the shop's menu
      Then the cart is empty
      And there is no "Pay" button

  @C3.2
  Rule: Only ticked products are paid for

    Scenario: Without a ticked product the window does not open
      Given the cart contains "Felt slippers"
      When the buyer goes back to the cart and presses "Pay" without a ticked product
      Then the shop asks the buyer to tick a product

  @C3.3
  Rule: The window shows the purchase and lets the buyer choose the address

    Background:
      Given the buyer has ticked "Felt slippers" and pressed "Pay"

    Scenario: The window shows the purchase and the delivery address
      Then the window shows "Felt slippers" and the delivery address

    Scenario: Without an address the buyer cannot continue
      When the buyer presses "Pay"
      Then "City" is marked as wrong, with the reason beside it

    Scenario: An unfinished address is kept when the buyer comes back
      When the buyer fills in "City" with "Kazan"
      And the buyer presses "Pay"
      And the buyer leaves and comes back
      Then "City" still holds "Kazan"

  @C3.4
  Rule: Linked cards come first, then Add new card

    Scenario: A linked card comes before Add new card
      Given the buyer has linked the card "Mastercard, approved"
      When the buyer opens the list of cards with "Felt slippers"
      Then the card "Mastercard, approved" comes before "Add new card"

    Scenario: Without a linked card Add new card comes first
      When the buyer opens the list of cards with "Felt slippers"
      Then "Add new card" is the first entry

    Scenario: An expired card comes first and cannot be chosen
      Given the buyer has linked the card "Mastercard, approved", valid to the end of this month
      And this month has ended
      When the buyer opens the list of cards with "Felt slippers"
      Then the card "Mastercard, approved" comes before "Add new card"
      And the card "Mastercard, approved" has expired and cannot be chosen

  @C3.4
  Rule: An expired card is not chosen from a list that was open before, and no other card instead

    Background:
      Given the buyer has linked the card "Visa, approved"
      And the buyer has linked the card "Mastercard, approved", valid to the end of this month

    Scenario: A card that expires while the list is open pays nothing
      Given the buyer is at the list of cards with "Felt slippers"
      And this month has ended
      When the buyer buys with the card "Mastercard, approved"
      Then the buyer has no order

  @C3.5
  Rule: A card is linked only if its values are valid and its issuer approves

    Background:
      Given the buyer is at the form for a new card with "Felt slippers"

    Scenario: A saved card is linked
      When the buyer links the card "Visa, approved" on the phone
      Then the card "Visa, approved" is linked

    Scenario: A declined card is not linked
      When the buyer links the card "Visa, declined" on the phone
      Then the shop says that the card was declined
      And no card is linked

    Scenario: An invalid card number is rejected
      When the buyer links a card with the number "4111 1111 1111 1112" on the phone
      Then "Card number" is marked as wrong, with the reason beside it
      And no card is linked

  @C3.6
  Rule: The card stays linked whether the buyer buys or not

    Background:
      Given the buyer is at the form for a new card with "Felt slippers"
      And the buyer has linked the card "Visa, approved" on the phone

    Scenario: Buying keeps the card linked
      When the buyer buys with the chosen card
      Then the shop shows the order as paid
      And the card "Visa, approved" is linked

    Scenario: Removing the product keeps the card linked and orders nothing
      When the buyer takes "Felt slippers" out of the cart
      Then the buyer has no order
      And the card "Visa, approved" is linked
