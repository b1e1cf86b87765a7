@W1
Feature: Paying on the wallet's own site
  A buyer who has a wallet pays for a game account, a fine, a utility bill or another small thing
  without leaving the wallet. Nothing is paid before the buyer has seen all the values and has
  entered the code that was sent to the phone.

  Background:
    Given a buyer with 1000.00 RUB in the wallet

  Scenario: A game account is topped up, from start to finish
    # W1.1  the menu
    Given the buyer is signed in to the wallet
    When the buyer opens "Pay" in the menu
    Then the wallet shows what can be paid, by category
    # W1.2  the category
    When the buyer chooses the category "Entertainment"
    Then the wallet offers "Games"
    And the wallet offers "Social networks"
    # W1.3  the tile
    When the buyer opens the tile with the logo and the caption "Steam"
    Then the wallet shows the page "Steam"
    # W1.4  the form
    When the buyer fills in "Account name in the game system" with "night_owl_42"
    And the buyer fills in "Amount" with "150.00"
    And the buyer presses "Pay"
    # W1.5  the check
    Then the page shows "night_owl_42"
    And the page shows 150.00 RUB
    And nothing has been paid
    When the buyer presses "Confirm"
    # W1.6  the code
    Then a message with a code has arrived on the phone
    And the button "Confirm" cannot be pressed
    When the buyer enters the code from the message
    And the buyer presses "Confirm"
    Then the receipt shows 150.00 RUB for "Steam"
    And the wallet holds 850.00 RUB

  @W1.1
  Rule: Pay in the menu opens the payment categories

    Scenario: The menu has Pay
      Given the buyer is signed in to the wallet
      When the buyer opens "Pay" in the menu
      Then the wallet shows what can be paid, by category

    Scenario: Signing in returns the buyer to the requested page
      When the buyer opens the address of the payment categories
      And the buyer signs in with the right password
      Then the wallet shows what can be paid, by category

    Scenario: A wrong password is rejected
      When the buyer signs in to the wallet with a wrong password
      Then the buyer is not signed in, and is told why

    Scenario: Too many wrong passwords lock the phone number
      Given the buyer has given a wrong password too often
      When the buyer signs in with the right password
      Then the buyer is not signed in, and is told why

    Scenario: The lock of the phone number ends
      Given the buyer has given a wrong password too often
      And the minutes of the lock have passed
      When the buyer signs in with the right password
      Then the wallet shows a balance of 1000.00 RUB

  @W1.2
  Rule: Every category has something to pay for

    Scenario: Entertainment has games and social networks
      Given the buyer is signed in to the wallet
      When the buyer opens the category "Entertainment"
      Then the wallet offers "Games"
      And the wallet offers "Social networks"

    Scenario Outline: A payment can be made in every category
      Given the buyer is at the form of "<payee>" in the category "<category>"
      When the buyer pays <amount> with "<number>" as "<field>"
      Then the receipt shows <amount> for "<payee>"
      And the wallet holds <rest>

      Examples:
        | category         | payee         | field                           | number               | amount                       | rest                                          |
        | Entertainment    | Steam         | Account name in the game system | night_owl_42         | the least for "Steam"        | 1000.00 RUB less the least for "Steam"        |
        | Entertainment    | Circle        | Profile number                  | 70012345             | 99.90 RUB                    | 900.10 RUB                                    |
        | Fines            | Traffic fines | Number of the fine              | 18810177261121000042 | 500.00 RUB                   | 500.00 RUB                                    |
        | Utilities        | City Water    | Contract number                 | 40028371             | 312.45 RUB                   | 687.55 RUB                                    |
        | Mobile operators | North Mobile  | Phone number                    | 9161234567           | 250.00 RUB                   | 750.00 RUB                                    |
        | Small purchases  | Reading Room  | Reader's card                   | RR1234567            | the least for "Reading Room" | 1000.00 RUB less the least for "Reading Room" |

  @W1.3
  Rule: Each payee has a tile with its logo and name, which opens its form

    Scenario Outline: Every tile in a category has a logo and a caption
      Given the buyer is signed in to the wallet
      When the buyer opens the category "<category>"
      Then every tile has a logo and a caption

      Examples:
        | category         |
        | Entertainment    |
        | Fines            |
        | Utilities        |
        | Mobile operators |
        | Small purchases  |

    Scenario: The tile opens the payee's form
      Given the buyer is at the category "Entertainment"
      When the buyer opens the tile with the logo and the caption "Steam"
      Then the page has the fields "Account name in the game system" and "Amount"

  @W1.4
  Rule: The form is accepted only with a valid account and a valid amount

    Background:
      Given the buyer is at the form of "Steam" in the category "Entertainment"

    Scenario Outline: An invalid account is rejected
      When the buyer sends the form with the account "<account>" and the amount "150.00"
      Then "Account name in the game system" is marked as wrong, with the reason beside it
      And "Amount" still holds "150.00"

      Examples:
        | account                                                            |
        |                                                                    |
        | ab                                                                 |
        | night owl                                                          |
        | a2345678901234567890123456789012345678901234567890123456789012345a |
        | <script>alert(1)</script>                                          |

    Scenario Outline: An invalid amount is rejected
      When the buyer sends the form with the account "night_owl_42" and the amount "<amount>"
      Then "Amount" is marked as wrong, with the reason beside it
      And "Account name in the game system" still holds "night_owl_42"

      Examples: not an amount
        | amount   |
        |          |
        | 0        |
        | -5       |
        | 10.005   |
        | ten      |
        | 1e3      |
        | 1,000.00 |

      Examples: outside the payee's limits, or above the balance
        | amount   |
        | 9.99     |
        | 15000.01 |
        | 1000.01  |

    Scenario Outline: An amount with a comma or non-Latin digits is accepted
      When the buyer sends the form with the account "night_owl_42" and the amount "<amount>"
      Then the page shows 150.50 RUB

      Examples:
        | amount |
        | 150.50 |
        | 150,5  |
        | ١٥٠٫٥٠ |
        | ۱۵۰.۵  |

    Scenario: The whole balance can be paid
      When the buyer sends the form with the account "night_owl_42" and the amount "1000"
      Then the page shows 1000.00 RUB

  @W1.5
  Rule: Every value is shown before any money moves

    Background:
      Given the buyer is about to check a payment of 150.00 RUB to the Steam account "night_owl_42"

    Scenario: The check page shows every value and moves no money
      Then the page shows "Steam"
      And the page shows "night_owl_42"
      And the page shows 150.00 RUB
      And nothing has been paid

    Scenario: Confirm sends a code and moves no money
      When the buyer presses "Confirm"
      Then a message with a code has arrived on the phone
      And nothing has been paid

    Scenario: The code page cannot be opened before the check
      When the buyer changes the address of the page from "check" to "code"
      Then the wallet shows the page "Check the payment"

    Scenario: An amount added to the form is ignored
      When the buyer adds the amount "1.00" to the form and presses "Confirm"
      Then the page shows 150.00 RUB
      And nothing has been paid

    Scenario: A form without its security token is rejected
      When the buyer removes the security token from the form and presses "Confirm"
      Then the wallet says that the request cannot be used
      And nothing has been paid

    Scenario: Another buyer's payment is not shown
      Given another buyer is signed in to the wallet
      When that buyer opens the address of the payment
      Then that buyer finds nothing there

  @W1.6
  Rule: Only the code from the message lets the payment be confirmed

    Background:
      Given the buyer has been sent the code for a payment of 150.00 RUB to the Steam account "night_owl_42"

    Scenario: Confirm can be pressed only after a code is entered
      Then the button "Confirm" cannot be pressed
      When the buyer enters the code from the message
      Then the button "Confirm" can be pressed

    Scenario: The page does not show the code
      Then the page does not show the code from the message

    Scenario: The code pays only the amount that was checked
      Given the buyer has entered the code from the message
      When the buyer adds the amount "1.00" to the form and presses "Confirm"
      Then the receipt shows 150.00 RUB for "Steam"
      And the wallet holds 850.00 RUB

    Scenario: The message appears on the phone by itself
      Given the buyer looks at the phone
      And the seconds before a new code have passed
      When the buyer asks for a new code
      Then the phone shows 2 messages

    Scenario: A wrong code pays nothing
      When the buyer confirms with a wrong code
      Then the code is marked as wrong, with the reason beside it
      And nothing has been paid

    Scenario: Too many wrong codes end the payment
      When the buyer confirms with a wrong code too often
      Then the wallet says that the payment was ended
      And nothing has been paid

    Scenario: A code of another payment is rejected
      Given the buyer has begun another payment
      When the buyer confirms it with the code of the first payment
      Then the code is marked as wrong, with the reason beside it
      And nothing has been paid

    Scenario: A code expires
      Given the minutes of a code have passed
      When the buyer confirms with the code from the message
      Then the code is marked as wrong, with the reason beside it
      And nothing has been paid

    Scenario: A code pays until it expires
      Given almost the minutes of a code have passed
      When the buyer confirms with the code from the message
      Then the receipt shows 150.00 RUB for "Steam"

    Scenario: A new code cannot be requested at once
      When the buyer asks for a new code
      Then only 1 message has arrived on the phone

    Scenario: A new code invalidates the old one
      Given the seconds before a new code have passed
      And the buyer has asked for a new code, which is not the old one
      When the buyer confirms with the code of the first message
      Then the code is marked as wrong, with the reason beside it

    Scenario: The new code pays
      Given the seconds before a new code have passed
      And the buyer has asked for a new code
      When the buyer confirms with the code from the message
      Then the receipt shows 150.00 RUB for "Steam"

    Scenario: Pressing Confirm twice pays once
      When the buyer confirms with the code from the message by a double press
      Then the receipt shows 150.00 RUB for "Steam"
      And the wallet holds 850.00 RUB

    Scenario: Going back after paying shows the receipt, not the form
      Given the buyer has confirmed with the code from the message
      When the buyer goes back
      Then the receipt shows 150.00 RUB for "Steam"
      And the wallet holds 850.00 RUB

    Scenario: The payment appears in the history with its receipt
      Given the buyer has confirmed with the code from the message
      When the buyer opens the receipt from the history
      Then the receipt shows 150.00 RUB for "Steam"
