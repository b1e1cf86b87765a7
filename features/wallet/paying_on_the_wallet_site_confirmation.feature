@W1
Feature: Paying on the wallet's own site: variations of the check and the code
  The buyer checks and confirms one payment among others: equal ones, changed ones, and those of
  other buyers. The code counts as a whole, and only for its own payment.

  Background:
    Given a buyer with 1000.00 RUB in the wallet

  @W1.5
  Rule: The check shows the values of this payment, exactly as entered

    Scenario Outline: Each payee's values are shown exactly as entered
      Given the buyer is at the form of "<payee>" in the category "<category>"
      When the buyer sends the form with "<value>" as "<field>" and the amount "<amount>"
      Then the page names the payee "<payee>"
      And the page shows <amount> RUB for "<value>"

      Examples:
        | category      | payee      | field                           | value                                  | amount |
        | Entertainment | Steam      | Account name in the game system | Night_OWL_007                          | 312.07 |
        | Entertainment | Steam      | Account name in the game system | Night_Owl_of_Kazan_who_never_sleeps_42 | 120.25 |
        | Entertainment | Circle     | Profile number                  | 000701234                              | 99.05  |
        | Utilities     | City Water | Contract number                 | 00028371                               | 250.50 |

    Scenario: Sending the form sends no code and moves no money
      Given the buyer is at the form of "Steam" in the category "Entertainment"
      When the buyer sends the form with the account "night_owl_42" and the amount "150.00"
      Then no message has arrived on the phone
      And nothing has been paid

    Scenario Outline: A value changed after going back replaces the earlier one
      Given the buyer is at the form of "Steam" in the category "Entertainment"
      And the buyer has sent the form with the account "night_owl_42" and the amount "150.00"
      When the buyer goes back
      And the buyer sends the form with the account "<account>" and the amount "<amount>"
      Then the page shows <amount> RUB for "<account>"

      Examples:
        | account      | amount |
        | night_owl_42 | 175.25 |
        | day_owl_43   | 150.00 |

    Scenario: A payment entered in another tab does not change the check
      Given the buyer is about to check a payment of 150.00 RUB to the Steam account "night_owl_42"
      And the buyer has entered a payment of 75.50 RUB to the Steam account "day_owl_43" in another tab
      When the buyer leaves and comes back
      Then the page shows 150.00 RUB for "night_owl_42"
      And nothing has been paid

    Scenario: Confirm goes on with the payment that it stands below
      Given the buyer is about to check a payment of 150.00 RUB to the Steam account "night_owl_42"
      And the buyer has entered a payment of 75.50 RUB to the Steam account "day_owl_43" in another tab
      When the buyer presses "Confirm"
      And the buyer confirms with the code from the message
      Then the receipt shows the account "night_owl_42"

    Scenario: A known account is checked again
      Given the buyer has paid 150.00 RUB to the Steam account "night_owl_42"
      And the buyer is at the form of "Steam" in the category "Entertainment"
      When the buyer sends the form with the account "night_owl_42" and the amount "75.50"
      Then the wallet shows the page "Check the payment"
      And only 1 message has arrived on the phone

    Scenario Outline: In other languages, the check shows every value
      Given the buyer is about to check a payment of 150.00 RUB to the Steam account "night_owl_42"
      And the buyer is signed in to the wallet on a device in <language>
      When the buyer opens the payment on that device
      Then that device shows 150.00 RUB for "night_owl_42"

      Examples:
        | language |
        | Arabic   |
        | Russian  |

    Scenario: Confirm on the check of a paid payment pays nothing more
      Given the buyer is about to check a payment of 150.00 RUB to the Steam account "night_owl_42"
      And the buyer has paid the same payment in another tab
      When the buyer presses "Confirm"
      Then the wallet holds 850.00 RUB
      And only 1 message has arrived on the phone

  @W1.6
  Rule: The code counts as a whole, and attempts are limited

    Background:
      Given the buyer has been sent the code for a payment of 150.00 RUB to the Steam account "night_owl_42"

    Scenario Outline: A code with one wrong digit pays nothing
      When the buyer confirms with the code from the message <typo>
      Then the code is marked as wrong, with the reason beside it
      And nothing has been paid

      Examples:
        | typo                     |
        | with another first digit |
        | with another last digit  |

    Scenario Outline: Without the whole code nothing is paid, even if the button is forced
      When the buyer forces Confirm with the code from the message <typo>
      Then nothing has been paid

      Examples:
        | typo                       |
        | left out                   |
        | without its last character |

    Scenario Outline: If the code is removed again, Confirm cannot be pressed
      Given the buyer has entered the code from the message
      When the buyer enters the code from the message <typo>
      Then the button "Confirm" cannot be pressed

      Examples:
        | typo                |
        | left out            |
        | replaced by a blank |

    Scenario Outline: The code can be entered in other digits
      When the buyer confirms with the code from the message written <how>
      Then the receipt shows 150.00 RUB for "Steam"

      Examples:
        | how              |
        | in Arabic digits |

    Scenario: After a wrong code, the right one pays
      Given the buyer has confirmed with a wrong code
      When the buyer confirms with the code from the message
      Then the receipt shows 150.00 RUB for "Steam"
      And the wallet holds 850.00 RUB

    Scenario: A second wrong code pays nothing either
      Given the buyer has confirmed with a wrong code
      When the buyer confirms with a wrong code
      Then nothing has been paid

    Scenario: After a wrong code, Confirm can again be pressed only with a code
      Given the buyer has confirmed with a wrong code
      When the buyer enters the code from the message left out
      Then the button "Confirm" cannot be pressed

    Scenario: A new message does not allow more wrong codes
      Given the buyer has confirmed with a wrong code almost too often
      And the seconds before a new code have passed
      And the buyer has asked for a new code
      When the buyer confirms with a wrong code
      Then the wallet says that the payment was ended

    Scenario: An ended payment is not paid from another tab
      Given the page for the code is open in another tab
      And the buyer has confirmed with a wrong code too often
      When the buyer confirms in the other tab with the code from the message
      Then nothing has been paid

    Scenario: After an ended payment, a new one can be made
      Given the buyer has confirmed with a wrong code too often
      When the buyer goes on to pay 150.00 RUB to the Steam account "night_owl_42"
      Then the receipt shows 150.00 RUB for "Steam"
      And the wallet holds 850.00 RUB

    Scenario: Opening the page for the code again sends no other message
      When the buyer leaves and comes back
      Then only 1 message has arrived on the phone
      And the button "Confirm" cannot be pressed

    Scenario: The code still pays after signing in again
      Given the buyer's session with the wallet has ended
      And the buyer has confirmed with the code from the message
      And the buyer has signed in again
      When the buyer confirms with the code from the message
      Then the receipt shows 150.00 RUB for "Steam"

  @W1.6
  Rule: Each payment is paid from its buyer's wallet, with its own code

    Background:
      Given another buyer with 500.00 RUB in the wallet
      And the buyer has been sent the code for a payment of 150.00 RUB to the Steam account "night_owl_42"

    Scenario: Of two payments, the one that the buyer confirms is paid
      Given the buyer has been sent the code for a payment of 75.50 RUB to the Steam account "day_owl_43" in another tab
      When the buyer confirms with the code of the first message
      Then the receipt shows 150.00 RUB for "Steam"
      And the receipt shows the account "night_owl_42"
      And the wallet holds 850.00 RUB

    Scenario: Two equal payments are both paid
      Given the buyer has confirmed with the code from the message
      When the buyer goes on to pay 150.00 RUB to the Steam account "night_owl_42"
      Then the wallet holds 700.00 RUB
      And the history shows 2 payments of 150.00 RUB to "Steam"

    Scenario: The history shows each payment with its own amount
      Given the buyer has confirmed with the code from the message
      When the buyer goes on to pay 75.50 RUB to the Steam account "day_owl_43"
      Then the history shows a payment of 150.00 RUB to "Steam"
      And the history shows a payment of 75.50 RUB to "Steam"

    Scenario: Another buyer's code is rejected
      Given that buyer has been sent the code for a payment of 150.00 RUB to the Steam account "night_owl_42"
      When the buyer confirms with the code of that buyer
      Then the code is marked as wrong, with the reason beside it
      And nothing has been paid

    Scenario: A payment takes nothing from another buyer
      Given that buyer has been sent the code for a payment of 150.00 RUB to the Steam account "night_owl_42"
      When the buyer confirms with the code from the message
      Then the wallet holds 850.00 RUB
      And that buyer's wallet holds 500.00 RUB

    Scenario: The message goes to no other phone
      Given the seconds before a new code have passed
      When the buyer asks for a new code
      Then the phone has received 2 messages
      And no message has arrived on the phone of that buyer

    Scenario: Another buyer cannot open the page for the code
      Given another buyer is signed in to the wallet
      When that buyer opens the address of the payment
      Then that buyer finds nothing there

    Scenario: Another buyer cannot open the receipt
      Given another buyer is signed in to the wallet
      And the buyer has confirmed with the code from the message
      When that buyer opens the address of the payment
      Then that buyer finds nothing there

    Scenario: The payment is seen on another device
      Given the buyer is signed in to the wallet on another device
      When the buyer confirms with the code from the message
      Then on the other device the wallet holds 850.00 RUB
      And on the other device the history shows a payment of 150.00 RUB to "Steam"

    Scenario: Opening the receipt again pays nothing more
      Given the buyer has confirmed with the code from the message
      When the buyer leaves and comes back
      Then the receipt shows 150.00 RUB for "Steam"
      And the wallet holds 850.00 RUB

    Scenario: A payment takes nothing from a person who signs in in the same browser
      Given another buyer is signed in to the wallet
      And that buyer has signed in to the wallet in another tab of the same browser
      When the buyer confirms with the code from the message
      Then that buyer's wallet holds 500.00 RUB

  @W1.6
  Rule: Two payments that are confirmed at once are paid one by one

    Scenario: Two payments that are confirmed at once are both paid
      Given the buyer has been sent the code for a payment of 150.00 RUB to the Steam account "night_owl_42"
      And the page for the code of a payment of 75.50 RUB to the Steam account "day_owl_43" is open in another tab
      When the buyer confirms both payments at once, each with its own code
      Then the wallet holds 774.50 RUB

    Scenario: Two payments that are confirmed at once take no more than the wallet holds
      Given the buyer has been sent the code for a payment of 600.00 RUB to the Steam account "night_owl_42"
      And the page for the code of a payment of 600.00 RUB to the Steam account "day_owl_43" is open in another tab
      When the buyer confirms both payments at once, each with its own code
      Then the wallet holds 400.00 RUB

  @W1.6
  Rule: The kopecks of an amount are paid too

    Scenario: An amount with kopecks is paid whole
      Given the buyer has been sent the code for a payment of 150.07 RUB to the Steam account "night_owl_42"
      When the buyer confirms with the code from the message
      Then the receipt shows 150.07 RUB for "Steam"
      And the wallet holds 849.93 RUB

  @W1.6
  Rule: A payment that was changed at the check pays what was shown last

    Background:
      Given the buyer is at the form of "Steam" in the category "Entertainment"
      And the buyer has sent the form with the account "night_owl_42" and the amount "150.00"

    Scenario: The changed amount is paid to the changed account
      Given the buyer has gone back and sent the form with the account "day_owl_43" and the amount "175.25"
      When the buyer presses "Confirm"
      And the buyer confirms with the code from the message
      Then the receipt shows the account "day_owl_43"
      And the wallet holds 824.75 RUB

  @W1.6
  Rule: A paid payment stays paid

    Scenario: A paid payment keeps its receipt, whatever is pressed in another tab
      Given the buyer is about to check a payment of 150.00 RUB to the Steam account "night_owl_42"
      And the buyer has paid the same payment in another tab
      And the buyer has pressed "Confirm"
      When the buyer opens the receipt from the history
      Then the receipt shows 150.00 RUB for "Steam"
