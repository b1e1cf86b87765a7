@C3 @mobile
Feature: Linking a card in the mobile version under circumstances
  The same procedure for a buyer who has done something before, has other products in the cart, buys
  in another way or not at all, or reads the pages in another language. The rows combine these pairwise.

  Scenario Outline: A card is linked on the phone under circumstances, from start to finish
    # C3.1  the cart
    Given the buyer's browser is set to <language>
    And the pages of the shop are in <language>
    And the buyer has an account with the shop
    And the buyer is signed in to the shop
    And <history>
    And four products are in the cart, of some more than one piece
    When the buyer puts "Felt slippers" into the cart
    Then the cart has 1 piece of "Felt slippers"
    # C3.2  ticking products
    When the buyer ticks everything but "<other>" and presses "Pay"
    Then the checkout has the four other products, but not "<other>"
    # C3.3  the window
    When <address>
    # C3.4  the list of cards
    Then the list begins with <before> cards, and "Add new card" comes next
    When the buyer presses "Add new card"
    Then the form with four fields is shown
    # C3.5  the card data
    When the buyer fills in the four values of the card "<card>"
    And the buyer switches "Save card" on
    And the buyer presses "Done"
    Then the card "<card>" is chosen
    # C3.6  buying or not
    When <end>
    Then <result>
    And only "<other>" is left in the cart
    And the card "<card>" is linked
    And the shop lists <after> cards

    Examples:
      | language | history                                                                                          | other               | address                                                                          | before | card                       | end                                                                    | result                                                                                             | after |
      | English  | the buyer has ordered "Felt slippers" with the wallet                                            | Puzzle, 500 pieces  | the buyer gives the new address "Gagarin Street 5" and presses "Pay"             | 0      | Mir, approved              | the buyer pays the purchase with "Cash on delivery"                    | the order has the four other products and goes to "Gagarin Street 5", without "Puzzle, 500 pieces" | 1     |
      | Arabic   | the buyer has linked the cards "Mir, approved", "Visa, also approved" and "Mastercard, approved" | Felt slippers       | the buyer gives the new address "Gagarin Street 5" and presses "Pay"             | 3      | Visa, approved             | the buyer refuses the purchase of everything but "Felt slippers"       | the buyer has no order                                                                             | 4     |
      | English  | the buyer has had orders sent to "Kremlin Street 3", "Arbat Lane 7" and "Volga Avenue 20"        | Linden honey, 500 g | the buyer changes the address "Arbat Lane 7" to "Arbat Lane 9" and presses "Pay" | 0      | Visa, approved             | the buyer buys with the chosen card                                    | the order has the four other products and goes to "Arbat Lane 9", without "Linden honey, 500 g"    | 1     |
      | Russian  | the buyer has had orders sent to "Kremlin Street 3", "Arbat Lane 7" and "Volga Avenue 20"        | Reading lamp        | the buyer chooses the address "Kremlin Street 3" and presses "Pay"               | 0      | Mastercard, approved       | the buyer pays the purchase with "QIWI Wallet"                         | the order has the four other products and goes to "Kremlin Street 3", without "Reading lamp"       | 1     |
      | English  | the buyer has a card "Mastercard, approved" that has expired                                     | Porcelain teapot    | the buyer gives the new address "Gagarin Street 5" and presses "Pay"             | 1      | Visa, also approved        | the buyer buys with the chosen card                                    | the order has the four other products and goes to "Gagarin Street 5", without "Porcelain teapot"   | 2     |
      | Russian  | another buyer has linked the card "Visa, approved" in the same browser                           | Linden honey, 500 g | the buyer gives the new address "Gagarin Street 5" and presses "Pay"             | 0      | American Express, approved | the buyer refuses the purchase of everything but "Linden honey, 500 g" | the buyer has no order                                                                             | 1     |
      | Arabic   | the buyer has ordered "Reading lamp" and chosen "Cash on delivery"                               | Reading lamp        | the buyer gives the new address "Gagarin Street 5" and presses "Pay"             | 0      | Visa, approved             | the buyer buys with the chosen card                                    | the order has the four other products and goes to "Gagarin Street 5", without "Reading lamp"       | 1     |
      | English  | the shop has declined the card "Visa, declined" for "Felt slippers"                              | Reading lamp        | the buyer gives the new address "Gagarin Street 5" and presses "Pay"             | 0      | Visa, approved             | the buyer pays the purchase with "QIWI Wallet"                         | the order has the four other products and goes to "Gagarin Street 5", without "Reading lamp"       | 1     |

  @C3.1
  Rule: A buyer who has a card cannot link another with an empty cart

    Background:
      Given the buyer has an account with the shop
      And the buyer is signed in to the shop
      And the buyer has linked the card "Mastercard, approved"

    Scenario: The open form links no second card once the cart is empty
      Given the buyer is at the form for a new card with "Felt slippers"
      And the buyer has taken "Felt slippers" out of the cart in another tab
      When the buyer links the card "Visa, approved" on the phone
      Then the shop lists only "Mastercard, approved"

    Scenario: The open form links no card once its purchase was refused
      Given the buyer is at the list of cards with "Felt slippers"
      And the form for a new card is open in another tab
      And the buyer has refused the purchase of "Felt slippers" alone
      When the buyer links the card "Visa, approved" in that tab
      Then the shop lists only "Mastercard, approved"

  @C3.2
  Rule: Pay needs a tick, also if products were ticked before

    Background:
      Given the buyer has an account with the shop
      And the buyer is signed in to the shop
      And the cart contains "Reading lamp", "Tea glass with holder", 2 "Felt slippers" and "Puzzle, 500 pieces"

    Scenario: Without a ticked product nothing that was ticked before is bought on the phone
      Given the buyer has ticked only "Felt slippers" and "Reading lamp" and pressed "Pay"
      When the buyer goes back to the cart and presses "Pay" without a ticked product
      Then the shop asks the buyer to tick a product

  @C3.3
  Rule: Each purchase goes to the address that was chosen for it

    Background:
      Given the buyer has an account with the shop
      And the buyer is signed in to the shop
      And the buyer has linked the card "Visa, approved"
      And the buyer has had orders sent to "Kremlin Street 3", "Arbat Lane 7" and "Volga Avenue 20"
      And the buyer has ticked "Felt slippers" and pressed "Pay"

    Scenario: A known address that is changed in the window is where the order goes
      When the buyer changes the address "Arbat Lane 7" to "Arbat Lane 9" and presses "Pay"
      And the buyer buys with the card "Visa, approved"
      Then the order goes to "Arbat Lane 9"

    Scenario: An address chosen for another purchase changes nothing
      Given the buyer has chosen the address "Arbat Lane 7" and pressed "Pay"
      And the buyer has begun a purchase of "Tea glass with holder" to "Kremlin Street 3" in another tab
      When the buyer buys with the card "Visa, approved"
      Then the order goes to "Arbat Lane 7"
