@W1
Feature: What goes wrong when paying on the wallet's own site
  Messages come late, twice or never, people leave and come back, a session ends. Whatever happens,
  the buyer is told what was paid and how to go on, and nothing is paid twice.

  Background:
    Given a buyer with 1000.00 RUB in the wallet

  @W1.4
  Rule: An account that the payee does not know is refused at the form

    Scenario: Nobody has that account
      Given the buyer is at the form of "Steam" in the category "Entertainment"
      When the buyer sends the form with the account "nobody_here" and the amount "150.00"
      Then "Account name in the game system" is marked as wrong, with the reason beside it
      And nothing has been paid

  @W1.5
  Rule: Until the code goes out nothing is begun, and after it nothing is sent twice

    Background:
      Given the buyer is about to check a payment of 150.00 RUB to the Steam account "night_owl_42"

    Scenario: A message that cannot be sent is owned up to
      Given the next message to the phone cannot be sent
      When the buyer presses "Confirm"
      Then the page says "The message with the code could not be sent."
      And nothing has been paid

    Scenario: A double press sends one message
      When the buyer presses "Confirm" twice at once
      Then the page says "Confirm with the code"
      And only 1 message has come to the phone
      And nothing has been paid

    Scenario: Who leaves the check and comes back finds it as it was
      When the buyer leaves and comes back
      Then the wallet shows the page "Check the payment"
      And the page shows 150.00 RUB

    Scenario: Who has to sign in again goes on with the check
      Given the buyer's session with the wallet has ended
      When the buyer presses "Confirm"
      And the buyer signs in again
      Then the wallet shows the page "Check the payment"
      And nothing has been paid

  @W1.6
  Rule: A message may be lost, late, doubled or overtaken; only a good code pays, and once

    Background:
      Given the buyer is about to check a payment of 150.00 RUB to the Steam account "night_owl_42"

    Scenario: Without the message nothing is paid
      Given the next message to the phone is lost
      When the buyer presses "Confirm"
      Then no message has come to the phone
      And nothing has been paid

    Scenario: A lost message is replaced by a new one
      Given the next message to the phone is lost
      And the buyer has pressed "Confirm" and waited 30 seconds
      When the buyer asks for a new code
      And the buyer confirms with the code from the message
      Then the receipt shows 150.00 RUB for "Steam"

    Scenario: A message that could not be sent is replaced by a new one
      Given the next message to the phone cannot be sent
      And the buyer has pressed "Confirm" and waited 30 seconds
      When the buyer asks for a new code
      And the buyer confirms with the code from the message
      Then the receipt shows 150.00 RUB for "Steam"

    Scenario: A code that comes late still pays
      Given the next message to the phone comes 2 minutes late
      And the buyer has pressed "Confirm" and waited 2 minutes
      When the buyer confirms with the code from the message
      Then the receipt shows 150.00 RUB for "Steam"

    Scenario: A code that comes too late pays nothing
      Given the next message to the phone comes 6 minutes late
      And the buyer has pressed "Confirm" and waited 6 minutes
      When the buyer confirms with the code from the message
      Then the code is marked as wrong, with the reason beside it
      And nothing has been paid

    Scenario: A message that comes twice pays once
      Given the next message to the phone comes twice
      And the buyer has pressed "Confirm"
      When the buyer confirms with the code of each message, in a tab of its own
      Then the phone has got 2 messages
      And the wallet holds 850.00 RUB

    Scenario: Of two messages that overtook each other the newer code counts
      Given the next message to the phone is overtaken by another
      And the buyer has pressed "Confirm" and waited 30 seconds
      And the buyer has asked for a new code
      When the buyer confirms with the code of the first message
      Then the receipt shows 150.00 RUB for "Steam"

    Scenario: The older code, which came last, pays nothing
      Given the next message to the phone is overtaken by another
      And the buyer has pressed "Confirm" and waited 30 seconds
      And the buyer has asked for a new code
      When the buyer confirms with the code from the message
      Then the code is marked as wrong, with the reason beside it

  @W1.6
  Rule: Where payee or phone says no, nothing is paid

    Scenario Outline: The payee says no, or nothing
      Given the buyer has been sent the code for a payment of <amount> RUB to the Steam account "night_owl_42"
      When the buyer confirms with the code from the message
      Then the page says "<words>"
      And nothing has been paid

      Examples:
        | amount | words                            |
        | 402.02 | The payee declined this payment. |
        | 404.04 | The payee is not responding.     |

    Scenario: No message reaches the phone
      Given a buyer whose phone begins with "+7999404", with 1000.00 RUB in the wallet
      And the buyer is about to check a payment of 150.00 RUB to the Steam account "night_owl_42"
      When the buyer presses "Confirm"
      Then the page says "The message with the code could not be sent."
      And nothing has been paid

  @W1.6
  Rule: Who is interrupted before the code is entered can go on

    Background:
      Given the buyer has been sent the code for a payment of 150.00 RUB to the Steam account "night_owl_42"

    Scenario: Who leaves and comes back enters the code
      When the buyer leaves and comes back
      And the buyer confirms with the code from the message
      Then the receipt shows 150.00 RUB for "Steam"

    Scenario: Who has to sign in again enters the code again
      Given the buyer's session with the wallet has ended
      When the buyer confirms with the code from the message
      And the buyer signs in again
      Then the page says "Confirm with the code"
      And nothing has been paid

    Scenario: Who has spent the money meanwhile is told, and pays nothing
      Given the buyer has spent 900.00 RUB in another tab
      When the buyer confirms with the code of the first message
      Then the wallet says that the balance is short
      And the wallet holds 100.00 RUB
