@C1
Feature: Linking a card at the shop's desktop checkout: leaving without buying
  A buyer with several products and cards takes one product out of the cart, or leaves. Nothing
  else changes, and nothing is ordered.

  Background:
    Given the buyer has an account with the shop
    And the buyer is signed in to the shop

  @C1.7
  Rule: A product that is taken out leaves the other products and every card

    Background:
      Given the buyer has linked the cards "Visa, also approved" and "Mastercard, approved"
      And the cart contains "Linden honey, 500 g", 3 pieces of "Felt slippers" and "Reading lamp"

    Scenario Outline: Only the product that is taken out leaves the cart, with all its pieces
      When the buyer takes "<gone>" out of the cart
      Then the cart has "<one>" and "<two>" but not "<gone>"
      And the shop lists only "Visa, also approved" and "Mastercard, approved"

      Examples:
        | gone                | one                 | two           |
        | Linden honey, 500 g | Felt slippers       | Reading lamp  |
        | Felt slippers       | Linden honey, 500 g | Reading lamp  |
        | Reading lamp        | Linden honey, 500 g | Felt slippers |

    Scenario: The pieces of the other products stay
      When the buyer takes "Reading lamp" out of the cart
      Then the cart has 3 pieces of "Felt slippers"

    Scenario: A product that was taken out does not come back with another
      Given the buyer has taken "Felt slippers" out of the cart
      When the buyer puts "Tea glass with holder" into the cart
      Then the cart has "Linden honey, 500 g" and "Tea glass with holder" but not "Felt slippers"

    Scenario: A product that was taken out can be put into the cart again
      Given the buyer has taken "Felt slippers" out of the cart
      When the buyer puts "Felt slippers" into the cart
      Then the cart has 1 piece of "Felt slippers"

    Scenario: A product that was taken out is not bought by a checkout that is still open
      Given the buyer has started to buy only "Felt slippers"
      And the buyer has given an address for the delivery
      And the buyer has taken "Felt slippers" out of the cart in another tab
      When the buyer confirms the order
      Then the buyer has no order

    Scenario: Leaving the checkout takes no money and leaves the cart as it was
      Given the buyer has started to buy only "Felt slippers"
      When the buyer returns to the shop's main page
      Then the shop has taken no money
      And the cart has 3 pieces of "Felt slippers"

    Scenario: A buyer whose card was declined leaves with the cart as it was
      Given the buyer has started to buy only "Felt slippers"
      And the buyer has given an address for the delivery
      And the buyer has opened the form for another card
      When the buyer pays with the card "Visa, declined" without saving it
      Then the cart has 3 pieces of "Felt slippers"

  @C1.7
  Rule: The card stays linked, whenever and wherever the buyer looks

    Scenario: A buyer who bought nothing still has the card a day later
      Given the buyer is at the checkout with "Felt slippers"
      And the buyer has saved the card "Visa, approved"
      And the buyer has taken "Felt slippers" out of the cart
      When 25 hours have passed
      Then the shop lists only "Visa, approved"

    Scenario: A buyer who bought nothing on another device has the card and no order
      Given the buyer has linked the card "Visa, approved" on another device
      When the buyer opens "Cart" in the shop's menu
      Then the cart is empty
      And the buyer has no order
      And the shop lists only "Visa, approved"

    Scenario: A buyer who bought nothing can buy with the card later
      Given the buyer has linked the card "Visa, approved"
      And the buyer is at the checkout with "Reading lamp"
      And the buyer has given an address for the delivery
      When the buyer confirms the order
      Then the shop shows the order as paid
