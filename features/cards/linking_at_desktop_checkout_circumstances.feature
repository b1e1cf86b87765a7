@C1
Feature: Linking a card at the shop's desktop checkout under circumstances
  The same procedure for a buyer who has done something before, has something else in the cart, uses
  another card or reads the pages in another language. The rows combine these pairwise.

  Scenario Outline: A further card is linked under circumstances, from start to finish
    # C1.1  the cart
    Given the buyer's browser is set to <language>
    And the pages of the shop are in <language>
    And the buyer has an account with the shop
    And the buyer is signed in to the shop
    And the buyer has linked the card "<linked>"
    And <history>
    And <beside>
    When the buyer puts "Felt slippers" into the cart
    Then the cart has 1 piece of "Felt slippers"
    # C1.2  ticking a product
    When the buyer ticks only "Felt slippers" and presses "Buy"
    Then the checkout has 1 piece of "Felt slippers", and nothing else
    # C1.3  the payment block
    And the block "Payment methods" is folded
    When the buyer opens the block "Payment methods" by its arrow
    Then the card "<linked>" can be chosen
    # C1.4  the method Card
    And the method "Card" is already chosen
    When the buyer presses "Add card"
    Then the form with four fields is shown
    # C1.5  the four values
    When the buyer fills in the four values of the card "<card>"
    And the buyer ticks "Save card"
    And the buyer presses "Confirm (card)"
    Then the card "<card>" is linked
    # C1.7  leaving without buying
    When the buyer returns to the shop's main page
    And the buyer takes "Felt slippers" out of the cart
    And the buyer signs out of the shop and in again
    Then "Felt slippers" is not in the cart
    And the buyer has <orders> orders
    And the cards "<linked>" and "<card>" are linked, of <number> in all

    Examples:
      | language | linked                     | history                                                                         | beside                                                     | card                       | orders | number |
      | English  | Mastercard, approved       | the buyer has ordered "Tea glass with holder" with the wallet                   | four products are in the cart, of some more than one piece | Visa, approved             | 1      | 2      |
      | English  | Visa, approved             | the buyer has ordered "Reading lamp" and chosen "Cash on delivery"              | the checkout with "Reading lamp" is open in another tab    | Visa, also approved        | 1      | 2      |
      | Arabic   | Visa, also approved        | the buyer has cancelled an order of "Felt slippers" with the wallet             | the cart contains "Reading lamp"                           | American Express, approved | 1      | 2      |
      | English  | Mastercard, approved       | the buyer has a card "Mir, approved" that has expired                           | the cart contains "Reading lamp"                           | Visa, also approved        | 0      | 3      |
      | Russian  | Mir, approved              | the buyer has bought "Felt slippers" with the card "Mir, approved"              | four products are in the cart, of some more than one piece | Mastercard, approved       | 1      | 2      |
      | Arabic   | Visa, approved             | the buyer has linked the card "Visa, also approved" and deleted it in the vault | the checkout with "Reading lamp" is open in another tab    | Mir, approved              | 0      | 2      |
      | Russian  | American Express, approved | another buyer has linked the card "Visa, approved" in the same browser          | the buyer has left the checkout with "Reading lamp"        | Visa, approved             | 0      | 2      |
      | English  | Mir, approved              | the shop has declined the card "Visa, declined" for "Felt slippers"             | 168 hours have passed                                      | American Express, approved | 0      | 2      |

  Scenario Outline: The first card is linked under circumstances, from start to finish
    # C1.1  the cart
    Given the buyer's browser is set to <language>
    And the pages of the shop are in <language>
    And the buyer has an account with the shop
    And the buyer is signed in to the shop
    And <history>
    And <beside>
    When the buyer puts "Felt slippers" into the cart
    Then the cart has 1 piece of "Felt slippers"
    # C1.2  ticking a product
    When the buyer ticks only "Felt slippers" and presses "Buy"
    Then the checkout has 1 piece of "Felt slippers", and nothing else
    # C1.3  the payment block
    And the block "Payment methods" is open
    # C1.6  the first card
    And the first card can be entered at once
    When the buyer fills in the four values of the card "<card>"
    And the buyer ticks "Save card"
    And the buyer presses "Confirm (card)"
    Then the card "<card>" is linked
    And the card "<card>" is offered at the next checkout with "Tea glass with holder"
    # C1.7  leaving without buying
    When the buyer returns to the shop's main page
    And the buyer takes "Felt slippers" out of the cart
    And the buyer signs out of the shop and in again
    Then "Felt slippers" is not in the cart
    And the buyer has <orders> orders
    And the card "<card>" is linked

    Examples:
      | language | history                                                                                 | beside                                                     | card                       | orders |
      | English  | the buyer has ordered "Felt slippers" and chosen "Cash on delivery"                     | four products are in the cart, of some more than one piece | Mir, approved              | 1      |
      | Arabic   | the buyer has ordered "Felt slippers" with the wallet                                   | the checkout with "Reading lamp" is open in another tab    | Visa, also approved        | 1      |
      | Russian  | the buyer has paid for "Felt slippers" with the card "Visa, approved" without saving it | the buyer has left the checkout with "Reading lamp"        | Visa, approved             | 1      |
      | English  | the buyer has a card "Visa, approved" that has expired                                  | the checkout with "Reading lamp" is open in another tab    | Mastercard, approved       | 0      |
      | Arabic   | another buyer has linked the card "Mir, approved" in the same browser                   | 168 hours have passed                                      | Mir, approved              | 0      |
      | Russian  | the buyer has linked the card "Visa, approved" and deleted it in the vault              | four products are in the cart, of some more than one piece | American Express, approved | 0      |

  @C1.1
  Rule: What the buyer puts into the cart stays there

    Background:
      Given the buyer has an account with the shop
      And the buyer is signed in to the shop
      And the cart contains "Linden honey, 500 g", 3 pieces of "Felt slippers" and "Reading lamp"

    Scenario: A product that was added before signing in joins the others
      Given the buyer has signed out of the shop
      When the buyer puts "Tea glass with holder" into the cart
      And the buyer signs in again
      Then the cart has "Tea glass with holder" and "Reading lamp" but not "Porcelain teapot"
      And the cart has 3 pieces of "Felt slippers"

    Scenario Outline: A product is still in the cart after days
      When <span> have passed
      Then the cart has 3 pieces of "Felt slippers"
      And the cart has 1 piece of "Reading lamp"

      Examples:
        | span      |
        | 25 hours  |
        | 168 hours |

  @C1.2
  Rule: Buy goes to the checkout with what is ticked now

    Background:
      Given the buyer has an account with the shop
      And the buyer is signed in to the shop
      And the cart contains "Puzzle, 500 pieces", 3 pieces of "Felt slippers" and "Reading lamp"

    Scenario: A number of pieces that is changed after Buy is taken along the next time
      Given the buyer has started to buy only "Felt slippers"
      When the buyer changes the number of "Felt slippers" in the cart to 2
      And the buyer ticks only "Felt slippers" and presses "Buy"
      Then the checkout has 2 pieces of "Felt slippers", and nothing else

    Scenario: A product that is no longer sold does not keep another from the checkout
      Given "Puzzle, 500 pieces" is no longer sold
      When the buyer ticks only "Felt slippers" and presses "Buy"
      Then the checkout has 3 pieces of "Felt slippers", and nothing else

    Scenario: Without a ticked product nothing that was ticked before is bought
      Given the buyer has started to buy only "Felt slippers"
      When the buyer goes back to the cart and presses "Buy" without a ticked product
      Then the shop asks the buyer to tick a product
      And the buyer has no order

  @C1.4
  Rule: Card is chosen again, whatever the last order was paid with

    Background:
      Given the buyer has an account with the shop
      And the buyer is signed in to the shop
      And the buyer has linked the card "Mastercard, approved"

    Scenario Outline: Card is chosen again after an earlier order
      Given <history>
      When the buyer opens the checkout with "Felt slippers"
      Then the open block "Payment methods" has "Card" chosen

      Examples:
        | history                                                            |
        | the buyer has ordered "Reading lamp" and chosen "Cash on delivery" |
        | the buyer has cancelled an order of "Reading lamp" with the wallet |

  @C1.6
  Rule: The form of the first card is there whenever Card is chosen

    Background:
      Given the buyer has an account with the shop
      And the buyer is signed in to the shop

    Scenario: The form is shown with Card after an order with another method was refused
      Given the buyer is at the checkout with "Felt slippers"
      And the buyer has chosen "Online" and none of its options
      And the buyer has pressed "Confirm order"
      When the buyer chooses "Card"
      Then the first card can be entered at once
