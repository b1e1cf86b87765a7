@W1
Feature: Paying on the wallet's own site: failures
  A message with a code may come late, twice or never. The buyer may leave and come back, or the
  session may end. In every case the buyer learns what was paid and how to go on, and nothing is
  paid twice.

  Background:
    Given a buyer with 1000.00 RUB in the wallet

  @W1.4
  Rule: An account that the payee does not know is rejected at the form

    Scenario: An unknown account is rejected
      Given the buyer is at the form of "Steam" in the category "Entertainment"
      When the buyer sends the form with the account "nobody_here" and the amount "150.00"
      Then "Account name in the game system" is marked as wrong, with the reason beside it
      And nothing has been paid

  @W1.5
  Rule: Confirm sends one code and pays nothing yet

    Background:
      Given the buyer is about to check a payment of 150.00 RUB to the Steam account "night_owl_42"

    Scenario: A failed message is reported to the buyer
      Given the next message to the phone cannot be sent
      When the buyer presses "Confirm"
      Then the page says "The message with the code could not be sent."
      And nothing has been paid

    Scenario: A double press sends one message
      When the buyer presses "Confirm" twice at once
      Then the page says "Confirm with the code"
      And only 1 message has arrived on the phone
      And nothing has been paid

    Scenario: Leaving the check and coming back changes nothing
      When the buyer leaves and comes back
      Then the wallet shows the page "Check the payment"
      And the page shows 150.00 RUB

    Scenario: Signing in again returns the buyer to the check
      Given the buyer's session with the wallet has ended
      When the buyer presses "Confirm"
      And the buyer signs in again
      Then the wallet shows the page "Check the payment"
      And nothing has been paid

  @W1.6
  Rule: Only a valid code pays, and only once, however its message arrives

    Background:
      Given the buyer is about to check a payment of 150.00 RUB to the Steam account "night_owl_42"

    Scenario: Without the message nothing is paid
      Given the next message to the phone is lost
      When the buyer presses "Confirm"
      Then no message has arrived on the phone
      And nothing has been paid

    Scenario: A new message replaces a lost one
      Given the next message to the phone is lost
      And the buyer has pressed "Confirm" and waited the seconds before a new code
      When the buyer asks for a new code
      And the buyer confirms with the code from the message
      Then the receipt shows 150.00 RUB for "Steam"

    Scenario: A new message replaces one that could not be sent
      Given the next message to the phone cannot be sent
      And the buyer has pressed "Confirm" and waited the seconds before a new code
      When the buyer asks for a new code
      And the buyer confirms with the code from the message
      Then the receipt shows 150.00 RUB for "Steam"

    Scenario: A code that arrives late still pays
      Given the next message to the phone comes some minutes of a code late
      And the buyer has pressed "Confirm" and waited some minutes of a code
      When the buyer confirms with the code from the message
      Then the receipt shows 150.00 RUB for "Steam"

    Scenario: A code that arrives after it expires pays nothing
      Given the next message to the phone comes more than the minutes of a code late
      And the buyer has pressed "Confirm" and waited more than the minutes of a code
      When the buyer confirms with the code from the message
      Then the code is marked as wrong, with the reason beside it
      And nothing has been paid

    Scenario: A message that arrives twice pays once
      Given the next message to the phone comes twice
      And the buyer has pressed "Confirm"
      When the buyer confirms with the code of each message, in a tab of its own
      Then the phone has received 2 messages
      And the wallet holds 850.00 RUB

    Scenario: If messages arrive in the wrong order, the newer code pays
      Given the next message to the phone is overtaken by another
      And the buyer has pressed "Confirm" and waited the seconds before a new code
      And the buyer has asked for a new code
      When the buyer confirms with the code of the first message
      Then the receipt shows 150.00 RUB for "Steam"

    Scenario: If messages arrive in the wrong order, the older code pays nothing
      Given the next message to the phone is overtaken by another
      And the buyer has pressed "Confirm" and waited the seconds before a new code
      And the buyer has asked for a new code, which is not the old one
      When the buyer confirms with the code from the message
      Then the code is marked as wrong, with the reason beside it

  @W1.6
  Rule: If the payee refuses or the phone is unreachable, nothing is paid

    Scenario Outline: If the payee refuses or does not answer, nothing is paid
      Given the buyer has been sent the code for a payment of <amount> RUB to the Steam account "night_owl_42"
      When the buyer confirms with the code from the message
      Then the page says "<words>"
      And nothing has been paid

      Examples:
        | amount | words                            |
        | 402.02 | The payee declined this payment. |
        | 404.04 | The payee is not responding.     |

    Scenario: If the phone is unreachable, nothing is paid
      Given a buyer whose phone begins with "+7999404", with 1000.00 RUB in the wallet
      And the buyer is about to check a payment of 150.00 RUB to the Steam account "night_owl_42"
      When the buyer presses "Confirm"
      Then the page says "The message with the code could not be sent."
      And nothing has been paid

  @W1.6
  Rule: After an interruption the buyer can still enter the code

    Background:
      Given the buyer has been sent the code for a payment of 150.00 RUB to the Steam account "night_owl_42"

    Scenario: The code can be entered after leaving and coming back
      When the buyer leaves and comes back
      And the buyer confirms with the code from the message
      Then the receipt shows 150.00 RUB for "Steam"

    Scenario: Signing in again returns the buyer to the code page
      Given the buyer's session with the wallet has ended
      When the buyer confirms with the code from the message
      And the buyer signs in again
      Then the page says "Confirm with the code"
      And nothing has been paid

    Scenario: If the money has been spent meanwhile, nothing is paid
      Given the buyer has spent 900.00 RUB in another tab
      When the buyer confirms with the code of the first message
      Then the wallet says that the balance is too low
      And the wallet holds 100.00 RUB

  @W1.6
  Rule: A buyer who gets no answer to Confirm and tries again pays once

    Scenario Outline: Entering the code again after a lost answer pays once
      Given the buyer has been sent the code for a payment of 150.00 RUB to the Steam account "night_owl_42"
      And the wallet <fails> on the buyer's next press
      And the buyer has entered the right code without an answer
      When the buyer tries again <how>
      Then the wallet holds 850.00 RUB

      Examples:
        | fails                             | how                   |
        | does its work but sends no answer | after going back      |
        | does its work but sends no answer | by reloading the page |
        | does its work but sends no answer | in another tab        |
        | is down                           | after going back      |
        | answers with an error             | by reloading the page |
