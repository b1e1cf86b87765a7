Feature: Walk W1, again and again

  Scenario Outline: A game account is topped up, time <number>
    Given a buyer with 1000.00 RUB in the wallet
    Given the buyer is signed in to the wallet
    When the buyer opens "Pay" in the menu
    Then the wallet shows what can be paid, by category
    When the buyer chooses the category "Entertainment"
    Then the wallet offers "Games"
    And the wallet offers "Social networks"
    When the buyer opens the tile with the logo and the caption "Steam"
    Then the wallet shows the page "Steam"
    When the buyer fills in "Account name in the game system" with "night_owl_42"
    And the buyer fills in "Amount" with "150.00"
    And the buyer presses "Pay"
    Then the page shows "night_owl_42"
    And the page shows 150.00 RUB
    And nothing has been paid
    When the buyer presses "Confirm"
    Then a message with a code has arrived on the phone
    And the button "Confirm" cannot be pressed
    When the buyer enters the code from the message
    And the buyer presses "Confirm"
    Then the receipt shows 150.00 RUB for "Steam"
    And the wallet holds 850.00 RUB

    Examples:
      | number |
