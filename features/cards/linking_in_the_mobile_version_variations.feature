@C3 @mobile
Feature: Linking a card in the mobile version: variations of cart and window
  Several products, several pieces and a second visit. The product that matters is neither the first
  nor the newest.

  Background:
    Given the buyer has an account with the shop
    And the buyer is signed in to the shop

  @C3.1
  Rule: Linking a card needs a product in the buyer's own cart

    Scenario: Another buyer's product does not open the way to a card
      Given another buyer has put "Reading lamp" into the cart
      When the buyer opens "Cart" in the shop's menu
      Then the cart is empty
      And there is no "Pay" button

    Scenario: Removing one of several products leaves the others
      Given the cart contains "Reading lamp", "Tea glass with holder", 3 "Felt slippers" and "Puzzle, 500 pieces"
      When the buyer takes "Felt slippers" out of the cart
      Then the cart has "Reading lamp" and "Puzzle, 500 pieces" but not "Felt slippers"

    Scenario: A product that is added on a phone joins the others in the cart
      Given the cart contains "Reading lamp" and "Felt slippers"
      When the buyer puts "Tea glass with holder" into the cart
      Then the cart has "Reading lamp" and "Tea glass with holder" but not "Puzzle, 500 pieces"
      And "Felt slippers" is in the cart

    Scenario: A cart with twelve products lists each of them on a phone
      Given the cart contains twelve different products
      When the buyer opens "Cart" in the shop's menu
      Then all twelve products are in the cart

    Scenario: A phone in another language names the cart in that language
      Then on a phone that is set to Russian the menu leads to "Cart"

    Scenario: Adding any product again opens the way to the form
      Given the cart contains "Reading lamp"
      And the buyer has taken "Reading lamp" out of the cart in another tab
      When the buyer opens the form for a new card with "Tea glass with holder"
      Then the form with four fields is shown

    Scenario: The window leads no further once the cart is empty
      Given the buyer has ticked "Felt slippers" and pressed "Pay"
      And the buyer has taken "Felt slippers" out of the cart in another tab
      When the buyer leaves and comes back
      Then there is no "Pay" button

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

    Scenario: Another buyer's product does not let the open form link a card
      Given another buyer has put "Reading lamp" into the cart
      When the buyer links the card "Visa, approved" on the phone
      Then no card is linked

    Scenario: The address of the form shows no form once the cart is empty
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

    Scenario: Pay takes each ticked product along, and no other, and orders nothing
      When the buyer ticks only "Felt slippers" and "Reading lamp" and presses "Pay"
      Then the window shows 3 "Felt slippers" and "Reading lamp", but neither "Linden honey, 500 g" nor "Puzzle, 500 pieces"
      And the buyer has no order
      And the shop has taken no money

    Scenario: Ticking another product later replaces the first choice
      Given the buyer has ticked only "Felt slippers" and "Reading lamp" and pressed "Pay"
      When the buyer ticks only "Puzzle, 500 pieces" and presses "Pay"
      Then the window shows "Puzzle, 500 pieces", but neither "Felt slippers" nor "Reading lamp"

    Scenario: The order has the ticked products, and the others stay in the cart
      Given the buyer has ticked only "Felt slippers" and "Reading lamp" and pressed "Pay"
      When the buyer goes on and buys with the card "Visa, approved"
      Then the order has 3 "Felt slippers" and "Reading lamp", but neither "Linden honey, 500 g" nor "Puzzle, 500 pieces"
      And the cart has "Linden honey, 500 g" and "Puzzle, 500 pieces" but not "Felt slippers"

    Scenario: A number of pieces that is changed after Pay is taken along the next time
      Given the buyer has ticked only "Felt slippers" and "Reading lamp" and pressed "Pay"
      When the buyer changes the number of "Felt slippers" in the cart to 2
      And the buyer ticks only "Felt slippers" and "Reading lamp" and presses "Pay"
      Then the window shows 2 "Felt slippers" and "Reading lamp", but neither "Linden honey, 500 g" nor "Puzzle, 500 pieces"

  @C3.3
  Rule: The window shows the whole purchase

    Scenario: The window asks for the price of all pieces
      Given the cart contains "Linden honey, 500 g", "Reading lamp", 3 "Felt slippers" and "Puzzle, 500 pieces"
      When the buyer ticks only "Felt slippers" and "Reading lamp" and presses "Pay"
      Then the window shows 3 "Felt slippers" and "Reading lamp", but neither "Linden honey, 500 g" nor "Puzzle, 500 pieces"
      And the checkout asks for the price of 3 pieces of "Felt slippers" and of "Reading lamp"

    Scenario: All pieces that the window shows are charged
      Given the buyer has linked the card "Visa, approved"
      And the cart contains "Linden honey, 500 g", "Reading lamp", 3 "Felt slippers" and "Puzzle, 500 pieces"
      And the buyer has ticked only "Felt slippers" and "Reading lamp" and pressed "Pay"
      When the buyer goes on and buys with the card "Visa, approved"
      Then the shop has taken the price of 3 pieces of "Felt slippers" and of "Reading lamp"

    Scenario: The window shows all of twelve ticked products
      Given the cart contains twelve different products
      When the buyer starts the order
      Then the checkout has all twelve products
