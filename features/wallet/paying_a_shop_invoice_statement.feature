@W2
Feature: Paying a third-party shop's invoice with the wallet: the shop's daily statement
  The wallet pays a shop what its buyers pay, and takes back what the shop refunds. The shop reads in
  the statement of each day what moved on that day: its own money, all of it, to the smallest unit.

  Background:
    Given a buyer with 5000.00 RUB in the wallet
    And the buyer is signed in to the wallet
    And another shop is a merchant of the wallet
    And the other shop's day does not end soon

  @W2.6
  Rule: The statement of a day has what was paid and refunded on that day

    Background:
      Given the other shop has sent the buyer an invoice for 250.05 RUB

    Scenario: A payment is in the statement of its day
      When the buyer pays the invoice for 250.05 RUB
      Then the other shop's statement of today has one payment, of 250.05 RUB
      And the other shop's statement of yesterday is empty

    Scenario: A refund is in the statement beside its payment
      Given the buyer has paid the invoice for 250.05 RUB
      When the other shop refunds 50.07 RUB of its invoice
      Then the other shop's statement of today has one payment, of 250.05 RUB, and one refund, of 50.07 RUB
      And the other shop's statement of today adds up to 199.98 RUB

    Scenario: Each part of a refund is in the statement
      Given the buyer has paid the invoice for 250.05 RUB
      And the other shop has refunded 50.07 RUB of its invoice
      When the other shop refunds 199.98 RUB of its invoice
      Then the other shop's statement of today has two refunds, of 50.07 RUB and of 199.98 RUB
      And the other shop's statement of today adds up to 0.00 RUB

    Scenario: An unpaid invoice is not in the statement
      When the buyer opens the list of invoices
      Then the other shop's statement of today is empty

    Scenario: A cancelled invoice is not in the statement
      When the other shop cancels its invoice
      Then the other shop's statement of today is empty

  @W2.6
  Rule: A day ends at midnight in the shop's time zone

    Background:
      Given the other shop has sent the buyer an invoice for 250.05 RUB
      And the other shop's day is almost over

    Scenario: A payment before midnight is in the statement of the day that has ended
      Given the buyer has paid the invoice for 250.05 RUB
      When 10 minutes have passed
      Then the other shop's statement of yesterday has one payment, of 250.05 RUB
      And the other shop's statement of today is empty

    Scenario: A payment after midnight is in the statement of the new day
      Given 10 minutes have passed
      When the buyer pays the invoice for 250.05 RUB
      Then the other shop's statement of today has one payment, of 250.05 RUB
      And the other shop's statement of yesterday is empty

    Scenario: A refund after midnight is in the statement of the new day
      Given the buyer has paid the invoice for 250.05 RUB
      And 10 minutes have passed
      When the other shop refunds 50.07 RUB of its invoice
      Then the other shop's statement of yesterday has one payment, of 250.05 RUB
      And the other shop's statement of today has one refund, of 50.07 RUB

    Scenario: The balance goes over from one day to the next
      Given the buyer has paid the invoice for 250.05 RUB
      And the other shop has refunded 50.07 RUB of its invoice
      When 10 minutes have passed
      Then the balance of the other shop goes over from yesterday to today, 199.98 RUB

  @W2.6
  Rule: A statement has the money of its shop alone, and only the shop sees it

    Background:
      Given a shop has sent the buyer an invoice for 120.00 RUB
      And the other shop has sent the buyer an invoice for 250.05 RUB

    Scenario: The statement has nothing of another shop
      Given the buyer has paid the invoice for 120.00 RUB
      When the buyer pays the invoice for 250.05 RUB
      Then the other shop's statement of today has one payment, of 250.05 RUB
      And the other shop's statement of today adds up to 250.05 RUB

    Scenario: Without its key the statement of a shop is not shown
      Given the buyer has paid the invoice for 250.05 RUB
      When somebody without a key opens the statement
      Then the page asks for the key and shows nothing of the other shop

  @W2.6
  Rule: The page and both files of a statement say the same

    Background:
      Given the other shop has sent the buyer an invoice for 250.05 RUB
      And the buyer has paid the invoice for 250.05 RUB
      And the other shop has refunded 50.07 RUB of its invoice

    Scenario: The page lists each payment and refund
      When the other shop opens its statement
      Then the page lists 250.05 RUB for the other shop's invoice
      And the page lists 50.07 RUB for the other shop's invoice

    Scenario: CSV and JSON have the same lines
      When the other shop refunds 0.03 RUB of its invoice
      Then the other shop's statement of today says the same in CSV and in JSON
