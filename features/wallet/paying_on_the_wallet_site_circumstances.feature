@W1
Feature: Paying on the wallet's own site: under other circumstances
  Buyers come back, on another device, in another language, beside another tab, after a payment that
  succeeded or failed. The whole way to the payee is the same for all of them. In the rows each value
  of language, device, time and thing beside meets each value of the other three.

  Background:
    Given a buyer with 5000.00 RUB in the wallet

  Scenario Outline: A payee is paid under other circumstances, from start to finish
    # W1.1  the menu
    Given the buyer's pages are in <language>
    And the buyer has a <machine>
    And <before>
    And <time> have passed
    And the buyer is signed in to the wallet in that language
    And <beside>
    When the buyer opens "Pay" in the menu
    Then the wallet shows what can be paid, by category
    And the wallet offers the tiles "Fines" and "Utilities"
    And the wallet offers the tiles "Mobile operators" and "Small purchases"
    # W1.2  the category
    When the buyer chooses the category "Entertainment"
    Then the wallet offers "Games"
    And the wallet offers "Social networks"
    And the wallet offers the tiles "Dragon Realm" and "Star Harbour"
    And the wallet offers the tiles "Circle" and "Chatterbox"
    # W1.3  the tile
    When the buyer opens "<payee>" in the category "<category>"
    Then the wallet shows the page "<payee>"
    And the page has the fields "<field>" and "Amount"
    # W1.4  the form
    When the buyer fills in "<field>" with "<account>"
    And the buyer fills in "Amount" with "<amount>"
    And the buyer presses "Pay"
    # W1.5  the check
    Then the page names the payee "<payee>"
    And the page shows <amount> RUB for "<account>"
    And the wallet still holds <held> RUB
    When the buyer presses "Confirm"
    # W1.6  the code
    Then a message with a code has arrived on the phone
    And the wallet still holds <held> RUB
    When the buyer enters the code from the message
    And the buyer presses "Confirm"
    Then the receipt shows <amount> RUB for "<payee>"
    And the receipt shows the account "<account>"
    And the wallet holds <rest> RUB

    Examples:
      | before                                                                                           | language | machine  | time      | beside                                                                                                        | payee         | category         | field                           | account              | amount  | held    | rest    |
      | the buyer has paid 150.00 RUB to the Steam account "night_owl_42"                                | Russian  | computer | 0 hours   | the buyer has opened the form of "Circle" in the category "Entertainment" in another tab                      | Steam         | Entertainment    | Account name in the game system | night_owl_42         | 150.00  | 4850.00 | 4700.00 |
      | the buyer has paid 150.00 RUB to "Circle" for the account "70012345"                             | Arabic   | computer | 24 hours  | the buyer is signed in to the wallet on another device                                                        | Circle        | Entertainment    | Profile number                  | 000701234            | 150.00  | 4850.00 | 4700.00 |
      | the buyer has been sent the code for a payment of 199.05 RUB to the Steam account "night_owl_42" | English  | computer | 168 hours | the buyer has been sent the code for a payment of 199.05 RUB to the Steam account "day_owl_43" in another tab | Steam         | Entertainment    | Account name in the game system | Night_OWL_007        | 199.05  | 5000.00 | 4800.95 |
      | the buyer is about to check a payment of 312.45 RUB to the Steam account "night_owl_42"          | Russian  | phone    | 24 hours  | the buyer has been sent the code for a payment of 312.45 RUB to the Steam account "day_owl_43" in another tab | City Water    | Utilities        | Contract number                 | 00028371             | 312.45  | 5000.00 | 4687.55 |
      | the buyer has ended a payment of 500.00 RUB to Steam with wrong codes                            | Arabic   | phone    | 0 hours   | the buyer has been sent the code for a payment of 175.50 RUB to the Steam account "day_owl_43" in another tab | Traffic fines | Fines            | Number of the fine              | 18810177261121000042 | 500.00  | 5000.00 | 4500.00 |
      | a shop has sent the buyer an invoice for 150.00 RUB                                              | English  | computer | 0 hours   | the buyer is signed in to the wallet on another device                                                        | Steam         | Entertainment    | Account name in the game system | night_owl_42         | 112.34  | 5000.00 | 4887.66 |
      | the buyer has paid a shop's invoice for 50.00 RUB                                                | Russian  | phone    | 168 hours | the buyer is signed in to the wallet on another device                                                        | Reading Room  | Small purchases  | Reader's card                   | RR1234567            | 312.07  | 4950.00 | 4637.93 |
      | another buyer has used the wallet in the same browser and signed out                             | Arabic   | phone    | 168 hours | the buyer has opened the form of "Circle" in the category "Entertainment" in another tab                      | North Mobile  | Mobile operators | Phone number                    | 9161234567           | 250.00  | 5000.00 | 4750.00 |
      | the payee has declined a payment of 402.02 RUB to Steam                                          | English  | phone    | 24 hours  | the buyer has opened the form of "Circle" in the category "Entertainment" in another tab                      | Steam         | Entertainment    | Account name in the game system | night_owl_42         | 5000.00 | 5000.00 | 0.00    |

  @W1.2
  Rule: A category lists its payees, whatever the buyer has paid and whatever the device is

    Scenario Outline: After a payment, a category lists the same payees
      Given the buyer has seen the payees of "<category>"
      And the buyer has paid 312.07 RUB to "<payee>" for the account "<account>"
      When the buyer opens the category "<category>"
      Then the wallet lists the same payees as before

      Examples:
        | category      | payee         | account              |
        | Entertainment | Circle        | 70012345             |
        | Fines         | Traffic fines | 18810177261121000042 |

    Scenario: On a phone, a category lists the same payees
      Given the buyer has seen the payees of "Entertainment"
      And the buyer is signed in to the wallet on a phone
      When the buyer opens the category "Entertainment"
      Then the wallet lists the same payees as before

  @W1.4
  Rule: The form is accepted only with both values, whoever was paid before

    Scenario Outline: A payee that was paid before is not paid without both values
      Given the buyer has paid 312.07 RUB to "<payee>" for the account "<known>"
      And the buyer is at the form of "<payee>" in the category "<category>"
      When the buyer sends the form with "<account>" for "<payee>" and the amount "<amount>"
      Then "<label>" is marked as wrong, with the reason beside it
      And the wallet still holds 4687.93 RUB

      Examples:
        | payee         | category         | known                | account      | amount | label                           |
        | Steam         | Entertainment    | night_owl_42         | night_owl_42 |        | Amount                          |
        | Steam         | Entertainment    | night_owl_42         |              | 312.07 | Account name in the game system |
        | Circle        | Entertainment    | 70012345             |              | 175.50 | Profile number                  |
        | North Mobile  | Mobile operators | 9161234567           |              | 312.07 | Phone number                    |
        | Traffic fines | Fines            | 18810177261121000042 |              | 312.07 | Number of the fine              |

    Scenario Outline: A form that was sent before is not accepted again without both values
      Given the buyer is at the form of "Steam" in the category "Entertainment"
      And the buyer has sent the form with the account "night_owl_42" and the amount "150.00"
      When the buyer goes back and sends the form with the account "<account>" and the amount "<amount>"
      Then "<label>" is marked as wrong, with the reason beside it

      Examples:
        | account      | amount | label                           |
        |              | 175.25 | Account name in the game system |
        | night_owl_42 |        | Amount                          |

  @W1.6
  Rule: Each payment waits for a code of its own, whatever was paid before

    Scenario Outline: The code of an earlier equal payment pays nothing
      Given <before>
      And the buyer has been sent the code for a payment of 150.00 RUB to the Steam account "night_owl_42"
      When the buyer confirms with the code of the first message
      Then the code is marked as wrong, with the reason beside it
      And the wallet still holds <held> RUB

      Examples:
        | before                                                                                           | held    |
        | the buyer has paid 150.00 RUB to the Steam account "night_owl_42"                                | 4850.00 |
        | the buyer has been sent the code for a payment of 150.00 RUB to the Steam account "night_owl_42" | 5000.00 |

    Scenario: After a payment, Confirm can again be pressed only with a code
      Given the buyer has paid 150.00 RUB to the Steam account "night_owl_42"
      And the buyer is about to check a payment of 150.00 RUB to the Steam account "night_owl_42"
      When the buyer presses "Confirm"
      Then the button "Confirm" cannot be pressed
