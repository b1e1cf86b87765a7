@C3 @mobile
Feature: Linking a card in the mobile version: variations of the cards
  Several cards, two of them of one brand, a second visit and another phone. The card that matters
  is neither the first nor the newest.

  Background:
    Given the buyer has an account with the shop
    And the buyer is signed in to the shop

  @C3.4
  Rule: Every card of the buyer comes before Add new card

    Background:
      Given the buyer has linked five cards

    Scenario: Five linked cards come before Add new card, and no other buyer's card is there
      Given another buyer has linked the card "Mastercard, slow" on a phone
      When the buyer opens the list of cards with "Felt slippers"
      Then the five cards come before "Add new card"
      And the list has no card "Mastercard, slow"

    Scenario: The second visit shows the same list
      Given the buyer has bought "Tea glass with holder" with the card "Visa, approved" on the phone
      When the buyer opens the list of cards with "Felt slippers"
      Then the five cards come before "Add new card"

    Scenario: Add new card opens an empty form although cards are linked
      When the buyer opens the form for a new card with "Felt slippers"
      Then the form with four fields is shown
      And the four fields are empty

    Scenario: A phone in another language names Add new card in that language
      Then on a phone that is set to Russian the list of cards has "Add new card"

  @C3.4
  Rule: The list follows the vault

    Background:
      Given the buyer has an account with the vault
      And the buyer is signed in to the shop and to the vault
      And the buyer has linked the card "Visa, approved" in the vault

    Scenario: A card linked in the vault comes before Add new card
      When the buyer opens the list of cards with "Felt slippers"
      Then the card "Visa, approved" comes before "Add new card"

    Scenario: Once the only card is deleted, Add new card comes first
      When the buyer deletes "Visa, approved" in the vault
      And the buyer opens the list of cards with "Felt slippers"
      Then "Add new card" is the first entry
      And the list has no card "Visa, approved"

  @C3.5
  Rule: Done links exactly the card that was entered

    Background:
      Given the buyer has linked the card "Visa, also approved"
      And the buyer is at the form for a new card with "Felt slippers"

    Scenario: A second card of the same brand is linked beside the first
      When the buyer links the card "Visa, approved" on the phone
      Then the card "Visa, approved" is chosen
      And the shop lists only "Visa, also approved" and "Visa, approved"

    Scenario: Linking a card orders nothing and charges nothing
      When the buyer links the card "Visa, approved" on the phone
      Then the buyer has no order
      And the shop has taken no money

    Scenario: Done in the form again links no second card
      Given the buyer has linked the card "Visa, approved" on the phone
      When the buyer goes back and links the card "Visa, approved" again
      Then the shop lists only "Visa, also approved" and "Visa, approved"

    Scenario: Save card is off until the buyer switches it on
      Then the switch "Save card" is off

    Scenario Outline: Without Save card no card is linked, whether it pays or is declined
      When the buyer fills in the four values of the card "<card>"
      And the buyer presses "Done"
      Then the shop lists only "Visa, also approved"

      Examples:
        | card           |
        | Visa, approved |
        | Visa, declined |

    Scenario Outline: A card with a missing or wrong value is not linked
      When the buyer links a card whose "<field>" is "<value>" on the phone
      Then "<field>" is marked as wrong, with the reason beside it
      And the shop lists only "Visa, also approved"

      Examples:
        | field         | value                 |
        | Card number   | 4111 1111 1111 1112 1 |
        | Card holder   |                       |
        | Expiry        |                       |
        | Expiry        | 01/20                 |
        | Security code |                       |

    Scenario: Save card stays on while the buyer corrects a value
      Given the buyer has tried to link a card whose "Security code" is "" on the phone
      When the buyer fills in the four values of the card "Visa, approved"
      And the buyer presses "Done"
      Then the shop lists only "Visa, also approved" and "Visa, approved"

    Scenario: A declined card leaves cards, cart and orders as they were
      When the buyer links the card "Visa, declined" on the phone
      Then the shop lists only "Visa, also approved"
      And the cart has 1 piece of "Felt slippers"
      And the buyer has no order

    Scenario: Another card can be linked after a declined one
      Given the buyer has tried to link the card "Visa, declined" on the phone
      When the buyer links the card "Visa, approved" on the phone
      Then the shop lists only "Visa, also approved" and "Visa, approved"

    Scenario Outline: Values can be written with spaces or in another script
      When the buyer links a card whose "<field>" is "<value>" on the phone
      Then the card "Visa, approved" is linked

      Examples:
        | field       | value               |
        | Card number | 4111 1111 1111 1111 |
        | Card number | ٤١١١١١١١١١١١١١١١    |
        | Expiry      | ١٢/٣٠               |

    Scenario: A card is linked with the expiry that was entered
      When the buyer links a card whose "Expiry" is "09/31" on the phone
      Then the card "Visa, approved" is linked
      And the shop shows no other expiry of the linked card than "09/31"

    Scenario: A card is linked with the holder that was entered
      When the buyer links a card whose "Card holder" is "Анна Петрова" on the phone
      Then the card "Visa, approved" is linked
      And the shop shows no other holder of the linked card than "Анна Петрова"

    Scenario: A card is not linked to a person who signs in in the same browser of the phone
      Given another buyer has signed in to the shop in another tab of the same browser
      When the buyer links the card "Visa, approved" on the phone
      Then that buyer has no linked card

    Scenario: A card linked on the phone is in the vault and on another phone
      Given the buyer has an account with the vault
      When the buyer links the card "Visa, approved" on the phone
      Then the card "Visa, approved" is linked in the vault, too
      And on another phone the list of cards has "Visa, approved"

  @C3.6
  Rule: The chosen card pays, and every card stays linked

    Background:
      Given the buyer has linked the cards "Mastercard, approved", "Visa, approved" and "Visa, also approved"
      And the cart contains "Linden honey, 500 g", "Reading lamp", 3 "Felt slippers" and "Puzzle, 500 pieces"
      And the buyer has ticked only "Felt slippers" and "Reading lamp" and pressed "Pay"

    Scenario: The chosen one of three cards pays once, and all stay linked
      When the buyer goes on and buys with the card "Visa, approved"
      Then the shop shows the order as paid
      And only the card "Visa, approved" was charged, and once
      And the shop lists only "Mastercard, approved", "Visa, approved" and "Visa, also approved"

    Scenario: The chosen card pays the price of the whole purchase
      When the buyer goes on and buys with the card "Visa, approved"
      Then the shop has taken the price of 3 pieces of "Felt slippers" and of "Reading lamp"

    Scenario: Buying again after going back makes no second order
      Given the buyer has gone on and bought with the card "Visa, approved"
      When the buyer goes back and tries to buy again
      Then the buyer has 1 order
      And only the card "Visa, approved" was charged, and once

    Scenario: A refused payment keeps the cards and the cart
      Given the card's issuer does not answer
      When the buyer goes on and buys with the card "Visa, approved"
      Then the buyer has no order
      And the shop lists only "Mastercard, approved", "Visa, approved" and "Visa, also approved"
      And the cart has 3 pieces of "Felt slippers"

  @C3.6
  Rule: A card linked on the phone stays, whether the buyer buys or refuses

    Background:
      Given the buyer has linked the card "Visa, also approved"
      And the cart contains "Linden honey, 500 g", "Reading lamp", 3 "Felt slippers" and "Puzzle, 500 pieces"
      And the buyer has come to the form for a new card with "Felt slippers" and "Reading lamp"
      And the buyer has linked the card "Visa, approved" on the phone

    Scenario: Refusing removes the whole purchase and nothing else
      When the buyer refuses the purchase of "Felt slippers" and "Reading lamp"
      Then the cart has "Linden honey, 500 g" and "Puzzle, 500 pieces" but not "Felt slippers"
      And the cart has "Puzzle, 500 pieces" but not "Reading lamp"
      And the buyer has no order
      And the shop has taken no money

    Scenario: Signing in again does not bring a refused purchase back
      Given the buyer has refused the purchase of "Felt slippers" and "Reading lamp"
      And the buyer has signed out of the shop
      When the buyer opens "Cart" in the shop's menu
      And the buyer signs in again
      Then the cart has "Linden honey, 500 g" and "Puzzle, 500 pieces" but not "Felt slippers"

    Scenario: Refusing keeps both cards linked
      When the buyer refuses the purchase of "Felt slippers" and "Reading lamp"
      Then the shop lists only "Visa, also approved" and "Visa, approved"

    Scenario: Deleting one product in the cart keeps both cards and the other products
      When the buyer takes "Felt slippers" out of the cart
      Then the cart has "Reading lamp" and "Puzzle, 500 pieces" but not "Felt slippers"
      And the shop lists only "Visa, also approved" and "Visa, approved"
      And the buyer has no order

    Scenario: After refusing, another product can be bought with the card
      Given the buyer has refused the purchase of "Felt slippers" and "Reading lamp"
      When the buyer ticks only "Puzzle, 500 pieces" and presses "Pay"
      And the buyer goes on and buys with the card "Visa, approved"
      Then the shop shows the order as paid
      And only the card "Visa, approved" was charged, and once

    Scenario: After refusing, a computer has both cards
      When the buyer refuses the purchase of "Felt slippers" and "Reading lamp"
      Then on a computer the shop lists only "Visa, also approved" and "Visa, approved"

    Scenario: Two days after refusing, another phone has both cards
      Given the buyer has refused the purchase of "Felt slippers" and "Reading lamp"
      When 48 hours have passed
      Then on another phone the list of cards has "Visa, approved"
      And on another phone the list of cards has "Visa, also approved"

    Scenario: Two days after buying, another phone has both cards
      Given the buyer has bought with the card "Visa, approved"
      When 48 hours have passed
      Then on another phone the list of cards has "Visa, approved"
      And on another phone the list of cards has "Visa, also approved"

  @C3.5
  Rule: The form asks for what the purchase costs

    Scenario: The form for a new card asks for the amount of this purchase
      When the buyer opens the form for a new card with "Felt slippers"
      Then the page asks for the price of "Felt slippers", or for no amount

  @C3.6
  Rule: The buyer pays what the purchase costs

    Scenario: Beside the cards stands the amount of this purchase
      Given the buyer has linked the card "Visa, approved"
      And the buyer is at the list of cards with "Tea glass with holder"
      When the buyer opens the list of cards with "Felt slippers"
      Then the page asks for the price of "Tea glass with holder" and "Felt slippers", or for no amount
