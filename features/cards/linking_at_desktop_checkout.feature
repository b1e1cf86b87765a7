@C1
Feature: Linking a card at the shop's desktop checkout
  A buyer links a bank card during the checkout. The buyer does not have to buy anything: the card
  stays linked after the buyer leaves.

  Background:
    Given the buyer has an account with the shop
    And the buyer is signed in to the shop

  Scenario: A second card is linked, from start to finish
    # C1.1  the cart
    Given the buyer has linked the card "Mastercard, approved"
    When the buyer puts "Felt slippers" into the cart
    And the buyer opens "Cart" in the shop's menu
    # C1.2  ticking a product
    And the buyer ticks "Felt slippers" in the cart
    And the buyer presses "Buy"
    # C1.3  the payment block
    Then the block "Payment methods" is folded
    When the buyer opens the block "Payment methods" by its arrow
    # C1.4  the method Card
    Then the method "Card" is already chosen
    When the buyer presses "Add card"
    # C1.5  the four values
    And the buyer fills in the four values of the card "Visa, approved"
    And the buyer ticks "Save card"
    And the buyer presses "Confirm (card)"
    Then the card "Visa, approved" is linked
    # C1.7  leaving without buying
    When the buyer returns to the shop's main page
    And the buyer takes "Felt slippers" out of the cart
    Then the cart is empty
    And the buyer has no order
    And the card "Visa, approved" is linked

  Scenario: The first card is linked, from start to finish
    # C1.1  the cart
    When the buyer puts "Felt slippers" into the cart
    And the buyer opens "Cart" in the shop's menu
    # C1.2  ticking a product
    And the buyer ticks "Felt slippers" in the cart
    And the buyer presses "Buy"
    # C1.3  the payment block
    Then the block "Payment methods" is open
    # C1.6  the first card
    And the method "Card" is already chosen
    And there is no "Add card" button
    When the buyer fills in the four values of the card "Visa, approved"
    And the buyer ticks "Save card"
    And the buyer presses "Confirm (card)"
    Then the card "Visa, approved" is linked

  @C1.1
  Rule: Linking a card starts in the cart

    Scenario: An empty cart says so and has no Buy button
      When the buyer opens "Cart" in the shop's menu
      Then the cart is empty
      And there is no "Buy" button

    Scenario: An added product is in the cart
      When the buyer puts "Felt slippers" into the cart
      And the buyer opens "Cart" in the shop's menu
      Then "Felt slippers" is in the cart

    Scenario: A product added before signing in is in the cart
      Given the buyer's session with the shop has ended
      When the buyer puts "Felt slippers" into the cart
      And the buyer signs in again
      And the buyer opens "Cart" in the shop's menu
      Then "Felt slippers" is in the cart

  @C1.2
  Rule: Only ticked products go to the checkout

    Background:
      Given the cart contains "Felt slippers" and "Reading lamp"

    Scenario: The checkout has only the ticked product
      When the buyer buys only "Felt slippers"
      Then the checkout has "Felt slippers" but not "Reading lamp"

    Scenario: Without a ticked product the shop asks to tick one
      When the buyer goes back to the cart and presses "Buy" without a ticked product
      Then the shop asks the buyer to tick a product

  @C1.3
  Rule: The payment block is folded if a card is linked, and open if none is

    Scenario: The payment block is open if no card is linked
      When the buyer opens the checkout with "Felt slippers"
      Then the block "Payment methods" is open

    Scenario: The payment block is folded if a card is linked
      Given the buyer has linked the card "Visa, approved"
      When the buyer opens the checkout with "Felt slippers"
      Then the block "Payment methods" is folded

    Scenario: The arrow opens the payment block
      Given the buyer has linked the card "Visa, approved"
      And the buyer is at the checkout with "Felt slippers"
      When the buyer opens the block "Payment methods" by its arrow
      Then the block "Payment methods" is open

    Scenario: The payment block is open if the only card has expired
      Given the buyer has linked the card "Visa, approved", valid to the end of this month
      And this month has ended
      When the buyer opens the checkout with "Felt slippers"
      Then the block "Payment methods" is open
      And the card "Visa, approved" has expired and cannot be chosen

  @C1.4
  Rule: Card is already chosen, and Add card opens the form

    Background:
      Given the buyer has linked the card "Mastercard, approved"
      And the buyer is at the checkout with "Felt slippers"
      And the buyer has opened the block "Payment methods" by its arrow

    Scenario: The method Card is already chosen
      Then the method "Card" is already chosen

    Scenario: Add card shows the form with four fields
      When the buyer presses "Add card"
      Then the form with four fields is shown

  @C1.5
  Rule: A card is linked only if its four values are valid and its issuer approves

    Background:
      Given the buyer is at the checkout with "Felt slippers"

    Scenario: A saved card is linked
      When the buyer saves the card "Visa, approved"
      Then the card "Visa, approved" is linked

    Scenario: A saved card pays for the order
      Given the buyer has given an address for the delivery
      When the buyer saves the card "Visa, approved"
      And the buyer confirms the order
      Then the shop shows the order as paid

    Scenario: A card that is not saved pays once and is not linked
      Given the buyer has given an address for the delivery
      When the buyer pays with the card "Visa, approved" without saving it
      Then the shop shows the order as paid
      And no card is linked

    Scenario Outline: A declined card is not linked
      When the buyer saves the card "<card>"
      Then the shop says that the card was declined
      And no card is linked

      Examples:
        | card                      |
        | Visa, declined            |
        | Visa, insufficient funds  |
        | Visa, expired             |
        | Visa, wrong security code |
        | Visa, lost                |
        | Mastercard, issuer down   |

    Scenario Outline: An invalid value is rejected, with the reason beside its field
      When the buyer saves a card whose "<field>" is "<value>"
      Then "<field>" is marked as wrong, with the reason beside it
      And no card is linked

      Examples:
        | field         | value               |
        | Card number   |                     |
        | Card number   | four ones           |
        | Card number   | 4111 1111 1111 1112 |
        | Card number   | 4111 1111 1111      |
        | Card number   | 4242 4242 4242 4242 |
        | Expiry        | 13/30               |
        | Expiry        | 01/20               |
        | Card holder   |                     |
        | Card holder   | R2 D2               |
        | Security code | 12                  |
        | Security code | 1234                |

    Scenario Outline: A name or date in another script is accepted
      When the buyer saves a card whose "<field>" is "<value>"
      Then the card "Visa, approved" is linked

      Examples:
        | field       | value        |
        | Card holder | Анна Петрова |
        | Card holder | يوسف حداد    |
        | Expiry      | ١٢/٣٠        |

    Scenario Outline: A card number with spaces, dashes or non-Latin digits is accepted
      When the buyer saves the card with its number written <how>
      Then the card "Visa, approved" is linked

      Examples:
        | how               |
        | with spaces       |
        | with dashes       |
        | in Arabic digits  |
        | in Persian digits |

    Scenario: The same card is linked only once
      Given the buyer has saved the card "Visa, approved"
      When the buyer saves the card "Visa, approved" again
      Then the shop says that the card is linked already
      And 1 card is linked

  @C1.6
  Rule: A buyer without a card sees the card form at once

    Scenario: Card is chosen and the form is open, without Add card
      When the buyer opens the checkout with "Felt slippers"
      Then the method "Card" is already chosen
      And the form with four fields is shown
      And there is no "Add card" button

    Scenario: Save card keeps the card for the next purchase
      Given the buyer is at the checkout with "Felt slippers"
      When the buyer saves the card "Visa, approved"
      Then the card "Visa, approved" is offered at the next checkout

  @C1.7
  Rule: Leaving without buying keeps the card linked and orders nothing

    Background:
      Given the buyer is at the checkout with "Felt slippers"
      And the buyer has saved the card "Visa, approved"

    Scenario: Returning to the main page keeps the card linked
      When the buyer returns to the shop's main page
      Then the buyer has no order
      And the card "Visa, approved" is linked

    Scenario: Closing the tab keeps the card linked
      When the buyer closes the tab
      Then the buyer has no order
      And the card "Visa, approved" is linked

    Scenario: Removing the product from the cart keeps the card linked
      When the buyer takes "Felt slippers" out of the cart
      Then the cart is empty
      And the card "Visa, approved" is linked

  @C1.7
  Rule: Leaving without linking a card orders nothing

    Scenario: A product removed from the cart is not ordered
      Given the buyer is at the checkout with "Felt slippers"
      When the buyer takes "Felt slippers" out of the cart
      Then the cart is empty
      And the buyer has no order
