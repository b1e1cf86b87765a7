@C1
Feature: Linking a card at the shop's desktop checkout: the cart and the payment block
  The cart holds several products and several pieces, and more than one card is linked. The buyer
  comes a second time or on another device, and is not the only buyer of the shop.

  Background:
    Given the buyer has an account with the shop
    And the buyer is signed in to the shop

  @C1.1
  Rule: The cart has every product and every piece that the buyer put there

    Scenario: Pieces that are added to a cart add up
      Given the cart contains "Reading lamp", 2 pieces of "Felt slippers" and "Tea glass with holder"
      When the buyer puts 3 pieces of "Felt slippers" into the cart
      Then the cart has 5 pieces of "Felt slippers"
      And the cart has 1 piece of "Reading lamp"
      And the cart has 1 piece of "Tea glass with holder"

    Scenario: The sum of the cart is the price of its pieces
      Given the cart contains "Reading lamp", 2 pieces of "Felt slippers" and "Tea glass with holder"
      When the buyer opens "Cart" in the shop's menu
      Then the line "Cart total", if there is one, says the price of "Reading lamp", 2 pieces of "Felt slippers" and "Tea glass with holder"

    Scenario: A cart with many products shows all of them
      Given the cart contains twelve different products
      When the buyer opens "Cart" in the shop's menu
      Then all twelve products are in the cart

    Scenario: A product that another buyer added is not in the cart
      Given the cart contains "Felt slippers"
      And another buyer has put "Reading lamp" into the cart
      When the buyer opens "Cart" in the shop's menu
      Then the cart has "Felt slippers" but not "Reading lamp"

    Scenario: Products that were added on another device are in the cart
      Given the buyer has put 3 pieces of "Felt slippers" into the cart on another device
      When the buyer opens "Cart" in the shop's menu
      Then the cart has 3 pieces of "Felt slippers"

    Scenario: Signing in again keeps the cart
      Given the cart contains "Reading lamp", 3 pieces of "Felt slippers" and "Tea glass with holder"
      And the buyer has signed out of the shop
      When the buyer opens "Cart" in the shop's menu
      And the buyer signs in again
      Then the cart has 3 pieces of "Felt slippers"

  @C1.2
  Rule: The checkout has the ticked products with all their pieces, and no other product

    Background:
      Given the cart contains "Linden honey, 500 g", 3 pieces of "Felt slippers" and "Reading lamp"

    Scenario Outline: The only ticked product is the only one at the checkout
      When the buyer buys only "<ticked>"
      Then the checkout has "<ticked>" but neither "<one>" nor "<other>"

      Examples:
        | ticked              | one                 | other         |
        | Linden honey, 500 g | Felt slippers       | Reading lamp  |
        | Felt slippers       | Linden honey, 500 g | Reading lamp  |
        | Reading lamp        | Linden honey, 500 g | Felt slippers |

    Scenario: Two ticked products go to the checkout with all their pieces
      When the buyer ticks "Felt slippers" in the cart
      And the buyer ticks "Linden honey, 500 g" in the cart
      And the buyer presses "Buy"
      Then the checkout has "Linden honey, 500 g" and "Felt slippers" but not "Reading lamp"
      And the checkout asks for the price of 3 pieces of "Felt slippers" and of "Linden honey, 500 g"

    Scenario: A product whose tick was removed does not go to the checkout
      When the buyer ticks "Linden honey, 500 g" in the cart and unticks it again
      And the buyer buys only "Felt slippers"
      Then the checkout has "Felt slippers" but neither "Linden honey, 500 g" nor "Reading lamp"

    Scenario: A second checkout has what is ticked the second time
      Given the buyer has started to buy only "Reading lamp"
      When the buyer goes back to the cart and buys only "Felt slippers"
      Then the checkout has "Felt slippers" but neither "Linden honey, 500 g" nor "Reading lamp"

    Scenario: Buy orders nothing and leaves the cart as it was
      When the buyer buys only "Felt slippers"
      Then the buyer has no order
      And the cart has 3 pieces of "Felt slippers"
      And the cart has 1 piece of "Reading lamp"

    Scenario: An order leaves the products in the cart that were not ticked
      When the buyer buys only "Felt slippers"
      And the buyer gives an address for the delivery
      And the buyer pays with the card "Visa, approved" without saving it
      Then the shop shows the order as paid
      And the cart has "Linden honey, 500 g" and "Reading lamp" but not "Felt slippers"

  @C1.2
  Rule: Only the buyer sees the checkout

    Scenario: The buyer cannot see another buyer's checkout
      Given another buyer has opened the checkout with "Reading lamp"
      When the buyer opens the address of that checkout
      Then the buyer sees no purchase of "Reading lamp"

  @C1.2
  Rule: Every ticked product goes to the checkout

    Scenario: Many ticked products go to the checkout
      Given the cart contains twelve different products
      When the buyer buys everything in the cart
      Then the checkout has all twelve products

  @C1.3
  Rule: The payment block is folded whichever card is linked, and only if the buyer has one

    Scenario Outline: Several linked cards fold the block, whatever is bought
      Given the buyer has linked <number> cards
      And the cart contains "Reading lamp", 3 pieces of "Felt slippers" and "Tea glass with holder"
      When the buyer buys everything in the cart
      Then the block "Payment methods" is folded

      Examples:
        | number |
        | 1      |
        | 2      |
        | 4      |

    Scenario: The arrow shows the linked cards and the payment methods
      Given the buyer has linked the cards "Visa, also approved" and "Visa, approved"
      And the buyer is at the checkout with "Felt slippers"
      When the buyer opens the block "Payment methods" by its arrow
      Then the cards "Visa, also approved" and "Visa, approved" are offered
      And the shop offers the payment methods "Card" and "Online"

    Scenario Outline: The linked card that is chosen in the block is the one that pays
      Given the buyer has linked the cards "Visa, also approved" and "Visa, approved"
      And the buyer is at the checkout with "Felt slippers"
      And the buyer has given an address for the delivery
      When the buyer chooses the linked card "<card>" and confirms the order
      Then only the card "<card>" was charged, and once

      Examples:
        | card                |
        | Visa, also approved |
        | Visa, approved      |

    Scenario: The block is folded again at the next checkout
      Given the buyer has linked the card "Visa, approved"
      And the buyer is at the checkout with "Reading lamp"
      And the buyer has opened the block "Payment methods" by its arrow
      When the buyer opens the checkout with "Felt slippers"
      Then the block "Payment methods" is folded

    Scenario: The block is folded a day after the card was linked
      Given the buyer has linked the card "Visa, approved"
      And 25 hours have passed
      When the buyer opens the checkout with "Felt slippers"
      Then the block "Payment methods" is folded

    Scenario: A card that was linked on another device folds the block
      Given the buyer has linked the card "Visa, approved" on another device
      When the buyer opens the checkout with "Felt slippers"
      Then the block "Payment methods" is folded

    Scenario: A valid card folds the block although another card has expired
      Given the buyer has linked the card "Visa, approved", valid to the end of this month
      And the buyer has linked the card "Mastercard, approved"
      And this month has ended
      When the buyer opens the checkout with "Felt slippers"
      Then the block "Payment methods" is folded

    Scenario: Another buyer's card does not fold the block
      Given another buyer has linked the card "Visa, approved" in the shop
      When the buyer opens the checkout with "Felt slippers"
      Then the block "Payment methods" is open

    Scenario: A declined card does not fold the block
      Given the buyer is at the checkout with "Reading lamp"
      And the buyer has saved the card "Visa, declined"
      When the buyer opens the checkout with "Felt slippers"
      Then the block "Payment methods" is open

  @C1.3
  Rule: The payment block is open again after the last card was deleted

    Background:
      Given the buyer has an account with the vault
      And the buyer is signed in to the shop and to the vault

    Scenario: The block is open once the only card is deleted
      Given the buyer has linked the card "Visa, approved"
      And the buyer is at the checkout with "Reading lamp"
      And the buyer has deleted the card "Visa, approved" in the vault
      When the buyer opens the checkout with "Felt slippers"
      Then the block "Payment methods" is open

    Scenario: The block stays folded while another card is linked
      Given the buyer has linked the cards "Visa, also approved" and "Visa, approved"
      And the buyer has deleted the card "Visa, also approved" in the vault
      When the buyer opens the checkout with "Felt slippers"
      Then the block "Payment methods" is folded

  @C1.4
  Rule: Card is chosen and Add card opens the form, however many cards are linked

    Scenario Outline: Add card opens the form beside several linked cards
      Given the buyer has linked <number> cards
      And the buyer has opened the block "Payment methods" at the checkout with "Felt slippers"
      When the buyer presses "Add card"
      Then the form with four fields is shown
      And the method "Card" is already chosen

      Examples:
        | number |
        | 2      |
        | 4      |

    Scenario: Card is chosen although the main card has expired
      Given the buyer has a card "Visa, approved" that has expired
      And the buyer has linked the card "Mastercard, approved"
      When the buyer opens the checkout with "Felt slippers"
      And the buyer opens the block "Payment methods" by its arrow
      Then the method "Card" is already chosen

    Scenario: On another device too Card is chosen and Add card opens the form
      Given the buyer has linked the card "Mastercard, approved" on another device
      And the buyer has opened the block "Payment methods" at the checkout with "Felt slippers"
      When the buyer presses "Add card"
      Then the form with four fields is shown
      And the method "Card" is already chosen

  @C1.4
  Rule: Card is chosen and Add card only opens the form, whatever was done before

    Background:
      Given the buyer has linked the card "Mastercard, approved"

    Scenario: Add card links and orders nothing
      Given the buyer is at the checkout with "Felt slippers"
      And the buyer has given an address for the delivery
      When the buyer opens the form for another card
      Then the buyer has no order
      And the shop lists only "Mastercard, approved"

    Scenario: Add card opens the form again after going back
      Given the buyer has opened the block "Payment methods" at the checkout with "Felt slippers"
      And the buyer has pressed "Add card"
      When the buyer goes back
      And the buyer opens the form for another card
      Then the form with four fields is shown

    Scenario: Add card opens the form again after a card was linked
      Given the buyer is at the checkout with "Felt slippers"
      And the buyer has opened the form for another card
      And the buyer has saved the card "Visa, approved"
      When the buyer opens the form for another card
      Then the form with four fields is shown

    Scenario: Card is chosen again after an order with the wallet
      Given the buyer has ordered "Reading lamp" with the wallet
      When the buyer opens the checkout with "Felt slippers"
      And the buyer opens the block "Payment methods" by its arrow
      Then the method "Card" is already chosen
