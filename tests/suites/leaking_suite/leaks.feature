@W1
Feature: A team's own steps, which are not careful
  It is run by test_a_run_leaves_no_secret.py, not by itself.

  Scenario: Everything is told
    # W1.1  the menu
    When a step prints, logs, warns of and attaches what it knows

  @W1.4
  Rule: Failures tell it too

    Scenario: It is compared
      Then a step compares a card with another one

    Scenario: It is raised
      Then a step raises "cvv=737"

    Scenario: It is shown
      When a card is typed into a field that nobody marked
      Then the page is another one

    Scenario: Paid with 4111 1111 1111 1111
      Then a step raises "code 604182"

    Scenario Outline: An example
      Then a step raises "<number>"

      Examples:
        | number              |
        | 4111 1111 1111 1111 |
        | 4111-1111-1111-1111 |
