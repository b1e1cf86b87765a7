@C3 @mobile
Feature: Linking a card in the mobile version: variations of cart, window and address
  Several products, several pieces, several addresses and a second visit. The product or the address
  that matters is neither the first nor the newest.

  Background:
    Given the buyer has an account with the shop
    And the buyer is signed in to the shop

  @C3.1
  Rule: Linking a card needs a product in the buyer's own cart

    Scenario: Another buyer's product does not open the way to a card
      Given another buyer has "Reading lamp" in the cart
      When the buyer opens "Cart" in the shop's menu
      Then the cart is empty
      And there is no "Pay" button

    Scenario: One of several products can be removed, and the others stay
      Given the cart contains "Reading lamp", "Tea glass with holder", 3 "Felt slippers" and "Puzzle, 500 pieces"
      When the buyer takes "Felt slippers" out of the cart
      Then "Felt slippers" is not in the cart
      And "Reading lamp" and "Puzzle, 500 pieces" are still in the cart

    Scenario: A cart with six products lists each of them
      Given the cart contains six products
      When the buyer opens "Cart" in the shop's menu
      Then the cart lists the six products

    Scenario: Once a product is added, the cart leads to the form
      Given the cart contains "Reading lamp"
      And the buyer has taken "Reading lamp" out of the cart in another tab
      When the buyer opens the form for a new card with "Tea glass with holder"
      Then the form with four fields is shown

    Scenario: The list of cards leads to no form once the cart is empty
      Given the buyer is at the list of cards with "Felt slippers"
      And the buyer has taken "Felt slippers" out of the cart in another tab
      When the buyer leaves and comes back
      Then there is no "Add new card" button

  @C3.1
  Rule: With a cart that was emptied no card can be linked

    Background:
      Given the buyer is at the form for a new card with "Felt slippers"
      And the buyer has taken "Felt slippers" out of the cart in another tab

    Scenario: The open form links no card once the cart is empty
      When the buyer links the card "Visa, approved" on the phone
      Then no card is linked
      And no cent was ever held

    Scenario: The address of the form leads to no form once the cart is empty
      When the buyer leaves and comes back
      Then there is no "Done" button
      And the form for a card is not shown

    Scenario: The emptied cart has no Pay button
      When the buyer opens "Cart" in the shop's menu
      Then the cart is empty
      And there is no "Pay" button

  @C3.2
  Rule: Exactly the ticked products are bought

    Background:
      Given the buyer has linked the card "Visa, approved"
      And the cart contains "Linden honey, 500 g", "Reading lamp", 3 "Felt slippers" and "Puzzle, 500 pieces"

    Scenario: Each ticked product is taken along, and no other
      When the buyer ticks only "Felt slippers" and "Reading lamp" and presses "Pay"
      Then the window shows 3 "Felt slippers" and "Reading lamp", but neither "Linden honey, 500 g" nor "Puzzle, 500 pieces"
      And the buyer has no order
      And no card was charged

    Scenario: The second choice replaces the first one
      Given the buyer has ticked only "Felt slippers" and "Reading lamp" and pressed "Pay"
      When the buyer ticks only "Puzzle, 500 pieces" and presses "Pay"
      Then the window shows "Puzzle, 500 pieces", but neither "Felt slippers" nor "Reading lamp"

    Scenario: The order has the ticked products, and the others stay in the cart
      Given the buyer has ticked only "Felt slippers" and "Reading lamp" and pressed "Pay"
      When the buyer goes on and buys with the card "Visa, approved"
      Then the order has 3 "Felt slippers" and "Reading lamp", but neither "Linden honey, 500 g" nor "Puzzle, 500 pieces"
      And "Linden honey, 500 g" and "Puzzle, 500 pieces" are still in the cart

  @C3.3
  Rule: The window shows the whole purchase

    Scenario: Three pieces are shown as three, at three times the price
      Given the cart contains "Linden honey, 500 g", "Reading lamp", 3 "Felt slippers" and "Puzzle, 500 pieces"
      When the buyer ticks only "Felt slippers" and "Reading lamp" and presses "Pay"
      Then the window shows the price of 3 "Felt slippers"

    Scenario: Six ticked products are all shown
      Given the cart contains six products
      When the buyer ticks all six products and presses "Pay"
      Then the window shows the six products

  @C3.3
  Rule: The order goes to the address that the buyer chooses

    Background:
      Given the buyer has linked the card "Visa, approved"
      And the buyer has had orders sent to "Kremlin Street 3", "Arbat Lane 7" and "Volga Avenue 20"
      And the buyer has ticked "Felt slippers" and pressed "Pay"

    Scenario: The window offers every address of the buyer, and no other buyer's
      Given another buyer has had an order sent to "Pushkin Square 11"
      When the buyer leaves and comes back
      Then the window does not show the address "Pushkin Square 11"
      And the window offers the addresses "Kremlin Street 3", "Arbat Lane 7" and "Volga Avenue 20"

    Scenario: The chosen address is used, not the newest or the oldest one
      Given the buyer has chosen the address "Arbat Lane 7" and pressed "Pay"
      When the buyer buys with the card "Visa, approved"
      Then the order goes to "Arbat Lane 7"

    Scenario: An address chosen after going back replaces the first choice
      Given the buyer has chosen the address "Arbat Lane 7" and pressed "Pay"
      When the buyer goes back, chooses the address "Kremlin Street 3" and presses "Pay"
      And the buyer buys with the card "Visa, approved"
      Then the order goes to "Kremlin Street 3"

    Scenario: The chosen address stays while a card is linked
      Given the buyer has chosen the address "Arbat Lane 7" and pressed "Pay"
      And the buyer has pressed "Add new card"
      When the buyer links the card "Mastercard, approved" on the phone
      And the buyer buys with the card "Mastercard, approved"
      Then the order goes to "Arbat Lane 7"

    Scenario: The next purchase lets the buyer choose again
      Given the buyer has had "Reading lamp" sent to the address "Arbat Lane 7"
      When the buyer opens the window with "Tea glass with holder"
      And the buyer chooses the address "Kremlin Street 3" and presses "Pay"
      And the buyer buys with the card "Visa, approved"
      Then the order goes to "Kremlin Street 3"

    Scenario Outline: A new address in any script is used although others are known
      When the buyer gives the new address "<street>" and presses "Pay"
      And the buyer buys with the card "Visa, approved"
      Then the order goes to "<street>"

      Examples:
        | street            |
        | улица Баумана, 12 |
        | شارع النيل ١٢     |
