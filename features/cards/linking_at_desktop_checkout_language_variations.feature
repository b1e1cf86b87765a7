@C1
Feature: Linking a card at the shop's desktop checkout: a device in another language
  The buyer comes back on a device in another language, and finds the same cart, the same checkout
  and every control by its name in that language.

  Background:
    Given the buyer has an account with the shop
    And the buyer is signed in to the shop

  @C1.1
  Rule: The cart is found by its name in every language

    Scenario Outline: In other languages, Cart in the menu leads to the cart
      Given the cart contains "Reading lamp" and "Felt slippers"
      And the buyer is signed in to the shop on a device in <language>
      When the buyer opens "Cart" in the shop's menu on that device
      Then on that device "Felt slippers" is in the cart

      Examples:
        | language |
        | Arabic   |
        | Russian  |

  @C1.3
  Rule: A linked card folds the payment block in every language

    Scenario Outline: In other languages, the block is folded
      Given the buyer has linked the card "Visa, approved"
      And the buyer is signed in to the shop on a device in <language>
      When the buyer opens the checkout with "Felt slippers" on that device
      Then on that device the block "Payment methods" is folded

      Examples:
        | language |
        | Arabic   |
        | Russian  |

  @C1.4
  Rule: Card is chosen and Add card is offered in every language

    Scenario Outline: In other languages, Card is chosen and Add card is there
      Given the buyer has linked the card "Visa, approved"
      And the buyer is signed in to the shop on a device in <language>
      When the buyer opens the block "Payment methods" at the checkout with "Felt slippers" on that device
      Then on that device the method "Card" is already chosen
      And on that device there is the button "Add card"

      Examples:
        | language |
        | Arabic   |
        | Russian  |

  @C1.6
  Rule: The form of a buyer without a card is complete in every language

    Scenario Outline: In other languages, the first card can be entered and saved at once
      Given the buyer is signed in to the shop on a device in <language>
      When the buyer opens the checkout with "Felt slippers" on that device
      Then on that device the first card can be entered at once

      Examples:
        | language |
        | Arabic   |
        | Russian  |
