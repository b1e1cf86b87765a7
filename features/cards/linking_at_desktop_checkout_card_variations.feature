@C1
Feature: Linking a card at the shop's desktop checkout: one card of several
  A buyer with other cards and other products links one card. The other cards, the cart and the
  orders stay as they are.

  Background:
    Given the buyer has an account with the shop
    And the buyer is signed in to the shop

  @C1.5
  Rule: A saved card is linked as it was entered, beside the cards that are linked already

    Background:
      Given the buyer has linked the cards "Visa, also approved" and "Mastercard, approved"
      And the cart contains "Linden honey, 500 g", 3 pieces of "Felt slippers" and "Reading lamp"
      And the buyer has started to buy only "Felt slippers"
      And the buyer has given an address for the delivery
      And the buyer has opened the form for another card

    Scenario: A second card of a brand is linked beside the first
      When the buyer saves the card "Visa, approved"
      Then the shop lists only "Visa, also approved", "Mastercard, approved" and "Visa, approved"

    Scenario: Linking a card orders nothing and takes nothing
      When the buyer saves the card "Visa, approved"
      Then the shop has taken no money
      And the buyer has no order
      And the cart has 3 pieces of "Felt slippers"
      And the cart has 1 piece of "Reading lamp"

    Scenario: A declined card changes neither the linked cards nor the cart
      When the buyer saves the card "Visa, declined"
      Then the shop says that the card was declined
      And the shop lists only "Visa, also approved" and "Mastercard, approved"
      And the cart has 3 pieces of "Felt slippers"
      And the cart has 1 piece of "Reading lamp"

    Scenario: A declined card that pays without being saved changes neither the cards nor the cart
      When the buyer pays with the card "Visa, declined" without saving it
      Then the shop says that the card was declined
      And the shop lists only "Visa, also approved" and "Mastercard, approved"
      And the cart has 3 pieces of "Felt slippers"
      And the cart has 1 piece of "Reading lamp"

    Scenario: A card that is not saved is not linked beside the others
      When the buyer pays with the card "Visa, approved" without saving it
      Then the shop shows the order as paid
      And the shop lists only "Visa, also approved" and "Mastercard, approved"

    Scenario: A card that is corrected after a mistake is linked if it was to be saved
      Given the buyer has tried to save a card whose "Card number" is "4111 1111 1111 1112"
      When the buyer fills in the four values of the card "Visa, approved"
      And the buyer presses "Confirm (card)"
      Then the shop lists only "Visa, also approved", "Mastercard, approved" and "Visa, approved"

    Scenario: A card that is corrected after a mistake is not linked if it was not to be saved
      Given the buyer has tried to pay with a card whose "Card number" is "4111 1111 1111 1112" without saving it
      When the buyer fills in the four values of the card "Visa, approved"
      And the buyer presses "Confirm (card)"
      Then the shop lists only "Visa, also approved" and "Mastercard, approved"

    Scenario: Going back after linking keeps the card linked, once
      Given the buyer has saved the card "Visa, approved"
      When the buyer goes back
      Then the shop lists only "Visa, also approved", "Mastercard, approved" and "Visa, approved"

  @C1.5
  Rule: The four values of the linked card are those that were entered

    Background:
      Given the buyer is at the checkout with "Felt slippers"

    Scenario Outline: The expiry of the linked card is the one that was entered
      When the buyer saves a card whose "Expiry" is "<expiry>"
      Then the card "Visa, approved" is linked
      And the shop shows no other expiry of the linked card than "<expiry>"

      Examples:
        | expiry |
        | 07/31  |
        | 12/29  |

    Scenario: The expiry of the linked card is the one that was entered last
      Given the buyer has tried to save a card whose "Card number" is "4111 1111 1111 1112"
      When the buyer saves a card whose "Expiry" is "07/31"
      Then the card "Visa, approved" is linked
      And the shop shows no other expiry of the linked card than "07/31"

    Scenario: The holder of the linked card is the one that was entered
      When the buyer saves a card whose "Card holder" is "Maria Lopez Garcia"
      Then the card "Visa, approved" is linked
      And the shop shows no other holder of the linked card than "Maria Lopez Garcia"

    Scenario: A card is linked in its last month
      When the buyer saves the card "Visa, approved", valid to the end of this month
      Then the shop lists only "Visa, approved"

    Scenario: A card is not linked to a person who signs in in the same browser
      Given another buyer has signed in to the shop in another tab of the same browser
      When the buyer saves the card "Visa, approved"
      Then that buyer has no linked card

    Scenario: A card that expired last month is rejected
      When the buyer saves the card "Visa, approved", valid to the end of last month
      Then "Expiry" is marked as wrong, with the reason beside it
      And no card is linked

    Scenario Outline: Each of the four values has to be entered
      When the buyer saves a card whose "<field>" is ""
      Then "<field>" is marked as wrong, with the reason beside it
      And no card is linked

      Examples:
        | field         |
        | Expiry        |
        | Security code |

    Scenario: An empty form links nothing
      When the buyer confirms the form of the card with nothing filled in
      Then "Card number" is marked as wrong, with the reason beside it
      And "Security code" is marked as wrong, with the reason beside it
      And no card is linked

    Scenario: A declined card that is sent again is declined again
      Given the buyer has saved the card "Visa, declined"
      When the buyer saves the card "Visa, declined"
      Then the shop says that the card was declined
      And no card is linked

    Scenario: After a declined card another card is linked, and nothing else
      Given the buyer has saved the card "Visa, declined"
      When the buyer saves the card "Visa, also approved"
      Then the shop lists only "Visa, also approved"

    Scenario: A double press links the card once
      Given the buyer has entered the card "Visa, approved" and ticked "Save card"
      When the buyer presses "Confirm (card)" twice at once
      Then the shop lists only "Visa, approved"

  @C1.5
  Rule: A renewed card takes the place of the expired one

    Scenario: A renewed card with the same number is linked and chosen again
      Given the buyer has a card "Visa, approved" that has expired
      And the buyer is at the checkout with "Felt slippers"
      When the buyer saves the card "Visa, approved"
      Then the shop lists only "Visa, approved"
      And "Visa, approved" is chosen at the shop's checkout

  @C1.5
  Rule: A card that is not to be saved is never linked

    Background:
      Given the price of "Felt slippers" has become 402.03 RUB
      And the buyer is at the checkout with "Felt slippers"
      And the buyer has given an address for the delivery

    Scenario: A valid card whose payment is declined is not linked
      When the buyer pays with the card "Visa, approved" without saving it
      Then the shop says that the card was declined
      And no card is linked
      And the buyer has no order

  @C1.5
  Rule: A card that is linked on one device is linked on every device

    Scenario: A card that was linked on another device is linked
      Given the buyer has linked the card "Visa, approved" on another device
      When the buyer returns to the shop's main page
      Then the shop lists only "Visa, approved"

    Scenario: A card that another buyer linked is not linked
      Given another buyer has linked the card "Visa, approved" in the shop
      When the buyer returns to the shop's main page
      Then no card is linked

  @C1.5
  Rule: A card pays for everything that was ticked, once

    Background:
      Given the cart contains "Linden honey, 500 g", 3 pieces of "Felt slippers" and "Reading lamp"
      And the buyer has started to buy "Felt slippers" and "Linden honey, 500 g"
      And the buyer has given an address for the delivery
      And the buyer has saved the card "Visa, approved"

    Scenario: A saved card pays the price of all pieces
      When the buyer confirms the order
      Then the shop has taken the price of 3 pieces of "Felt slippers" and of "Linden honey, 500 g"

    Scenario: A checkout that is confirmed again in another tab pays once
      When the buyer confirms the order in two tabs, 3 seconds apart
      Then the shop has taken the money once
      And the buyer has 1 order

  @C1.6
  Rule: The form is shown at once to a buyer who has no card, also if it is not the first visit

    Scenario: The form is shown at once after a declined card
      Given the buyer is at the checkout with "Reading lamp"
      And the buyer has saved the card "Visa, declined"
      When the buyer opens the checkout with "Felt slippers"
      Then the first card can be entered at once

    Scenario: The form is shown at once after a card that was not saved
      Given the buyer is at the checkout with "Reading lamp"
      And the buyer has given an address for the delivery
      And the buyer has paid with the card "Visa, approved" without saving it
      When the buyer opens the checkout with "Felt slippers"
      Then the first card can be entered at once

    Scenario: The form is shown at once although another buyer has a card
      Given another buyer has linked the card "Visa, approved" in the shop
      When the buyer opens the checkout with "Felt slippers"
      Then the first card can be entered at once

    Scenario: The form is shown again after another payment method was chosen
      Given the buyer is at the checkout with "Felt slippers"
      When the buyer chooses "Online" and then "Card"
      Then the first card can be entered at once

    Scenario: The form is shown at once when the checkout is opened a second time
      Given the buyer is at the checkout with "Felt slippers"
      When the buyer reloads the page
      Then the first card can be entered at once

    Scenario: After a mistake in the card Save card is still ticked
      Given the buyer is at the checkout with "Felt slippers"
      And the buyer has tried to save a card whose "Card number" is "4111 1111 1111 1112"
      When the buyer fills in the four values of the card "Visa, approved"
      And the buyer presses "Confirm (card)"
      Then the shop lists only "Visa, approved"

  @C1.6
  Rule: The form is shown at once after the last card was deleted

    Background:
      Given the buyer has an account with the vault
      And the buyer is signed in to the shop and to the vault

    Scenario: The form is shown at once to a buyer who has deleted the only card
      Given the buyer has linked the card "Visa, approved"
      And the buyer is at the checkout with "Reading lamp"
      And the buyer has deleted the card "Visa, approved" in the vault
      When the buyer opens the checkout with "Felt slippers"
      Then the first card can be entered at once

  @C1.6
  Rule: Save card keeps the card for every later purchase

    Scenario: A saved card is offered after it has paid
      Given the buyer is at the checkout with "Felt slippers"
      And the buyer has given an address for the delivery
      And the buyer has saved the card "Visa, approved"
      When the buyer confirms the order
      Then the card "Visa, approved" is offered at the next checkout with "Reading lamp"

    Scenario: A saved card is offered a day later
      Given the buyer is at the checkout with "Felt slippers"
      And the buyer has saved the card "Visa, approved"
      When 25 hours have passed
      Then the card "Visa, approved" is offered at the next checkout with "Reading lamp"

    Scenario: A card that was saved on another device is offered
      Given the buyer has linked the card "Visa, approved" on another device
      When the buyer returns to the shop's main page
      Then the card "Visa, approved" is offered at the next checkout with "Reading lamp"
