@W2
Feature: Paying a third-party shop's invoice with the wallet: the log of notifications
  The wallet tells a shop that an invoice was paid. The shop sees in a log what it was told, how often
  and how it answered. It can have a notification sent again, which pays nothing again.

  Background:
    Given a buyer with 5000.00 RUB in the wallet
    And the buyer is signed in to the wallet
    And another shop is a merchant of the wallet
    And the other shop has sent the buyer an invoice for 250.00 RUB

  @W2.6
  Rule: The log shows every attempt with its answer

    Scenario: A notification that the shop takes has one attempt
      When the buyer pays the invoice for 250.00 RUB
      Then the log shows one attempt, which the other shop took

    Scenario: A notification that the shop refuses is not shown as acknowledged
      Given the other shop refuses what it is told
      When the buyer pays the invoice for 250.00 RUB
      Then the log shows that the other shop has refused every attempt

    Scenario: The log has nothing of another shop
      Given a shop has sent the buyer an invoice for 120.00 RUB
      And the buyer has paid the invoice for 120.00 RUB
      When the buyer pays the invoice for 250.00 RUB
      Then the log of the other shop has nothing of another shop

  @W2.6
  Rule: A notification that is sent again says the same and pays nothing

    Background:
      Given the buyer has paid the invoice for 250.00 RUB
      And the other shop has been told of the payment

    Scenario: Send again tells the shop of the same payment
      When the other shop has the notification sent again
      Then the other shop is told of the same payment again
      And the log shows two attempts, which the other shop took
      And the wallet holds 4750.00 RUB

    Scenario: Under one number the notification is sent again once
      When the other shop asks twice with one number for the notification
      Then the log shows two attempts, which the other shop took

    Scenario: A shop cannot have another shop's notification sent again
      When the shop asks for the other shop's notification to be sent again
      Then the wallet refuses
      And the log shows one attempt, which the other shop took

  @W2.6
  Rule: A shop that has missed its notification gets it later

    Background:
      Given the other shop refuses what it is told
      And the buyer has paid the invoice for 250.00 RUB
      And the other shop has been told of the payment

    Scenario: A later attempt stands beside the first
      Given the other shop takes again what it is told
      When 10 seconds have passed
      Then the log shows that the other shop has refused first and taken it later

    Scenario: A shop that works again takes the notification
      Given the other shop takes again what it is told
      When the other shop has the notification sent again
      Then the log shows that the other shop has refused first and taken it later

    Scenario: A notification that is refused again stays unacknowledged
      When the other shop has the notification sent again
      Then the other shop is told of the same payment again
      And the log shows that the other shop has refused every attempt

  @W2.6
  Rule: An order whose notification is sent again is paid once

    Scenario: Sending the notification of an order again takes the money once
      Given the buyer has an account with the shop
      And the buyer is signed in to the shop
      And the buyer has paid an order of "Felt slippers" with the wallet
      When the shop has the notification of the order sent again
      Then the shop has taken the money once
