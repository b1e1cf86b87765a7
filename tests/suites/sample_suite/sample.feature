@W1
Feature: A sample
  It is run by test_allure_steps.py, not by itself.

  Background:
    Given a page that greets

  Scenario: The whole way
    # W1.1  the menu
    When the buyer types the password into "Password"
    And the buyer presses "Send"
    # W1.2  the category
    Then the page greets with "Hello"
    And the page greets with "Hello"

  @W1.4
  Rule: What the site owes

    Scenario Outline: An amount is kept
      When the buyer types "<amount>" into "Amount"
      Then "Amount" holds "<amount>"

      Examples:
        | amount |
        | 10     |
        | ٢٠     |

    Scenario: A wrong text
      When the buyer types the password into "Password"
      Then the page greets with "Bye"

    Scenario: A secret on the page
      Then the message is empty

    Scenario: A field that is shut
      When the buyer types the password into "Code"

    Scenario: It is skipped
      When it cannot be done here
      Then the page greets with "Hello"

    Scenario: The harness breaks
      When the harness breaks
