@W2
Feature: Paying a third-party shop's invoice with the wallet: under other circumstances
  Buyers come back after an order that was paid, cancelled, forgotten or begun, with other products in
  the cart, in another language, on another device and a while later. Each new order is paid in the
  same way. In the rows each value of language, time, cart and wait meets each value of the others.

  Background:
    Given a buyer with 9000.00 RUB in the wallet
    And the buyer has an account with the shop

  Scenario Outline: An order is paid under other circumstances, from start to finish
    # W2.1  the payment choice
    Given the buyer's pages are in <language>
    And the buyer has a computer
    And the buyer is signed in to the wallet and to the shop in that language
    And <before>
    And <time> have passed
    And <cart>
    When the buyer puts "<product>" into the cart
    And the buyer starts an order of only "<product>"
    Then the checkout has "<product>" but not "Linden honey, 500 g"
    And the purchase comes to the price of "<product>"
    When the buyer gives an address for the delivery
    And the buyer chooses "Online"
    Then the shop offers "QIWI Wallet" among several options
    When the buyer chooses "QIWI Wallet"
    # W2.2  the order
    And the buyer confirms the order
    Then the order awaits its payment
    # W2.3  the notice
    When <wait> have passed
    And the buyer goes to the wallet
    Then the wallet holds <held>
    And <notice>
    When the buyer presses "View"
    # W2.4  the invoice
    Then the newest invoice is for the price of "<product>" and not paid
    And the newest invoice shows the shop, the amount, the due date and the state
    When the buyer presses "Pay (invoice)" beside the newest invoice
    # W2.5  the payment method
    Then the wallet asks for the payment method before anything else
    And the page shows the price of "<product>"
    When the buyer presses "Visa QIWI Wallet"
    # W2.6  the payment
    And the buyer presses "Pay"
    Then a message with a code has arrived on the phone
    And the wallet still holds <held>
    When the buyer enters the code from the message
    And the buyer presses "Confirm"
    Then the receipt shows the price of "<product>" for the shop
    And the wallet holds <rest>
    And <notice left>
    And the order in the shop is paid

    Examples:
      | before                                                                          | language | time                    | cart                                                                                       | product               | wait                           | held                                          | rest                                                      | notice                                         | notice left                                   |
      | the buyer has paid an order of "Felt slippers" with the wallet                  | Russian  | 0 seconds               | the cart contains "Linden honey, 500 g"                                                    | Felt slippers         | 0 seconds                      | 9000.00 RUB less the price of "Felt slippers" | 9000.00 RUB less the price of 2 pieces of "Felt slippers" | the wallet shows a notice of 1 unpaid invoice  | the wallet shows no notice of unpaid invoices |
      | the buyer has ended the payment of an order of "Felt slippers" with wrong codes | Russian  | 1 minutes               | the cart contains "Linden honey, 500 g", "Reading lamp" and 3 pieces of "Tula gingerbread" | Felt slippers         | almost the hours of an invoice | 9000.00 RUB                                   | 9000.00 RUB less the price of "Felt slippers"             | the wallet shows a notice of 2 unpaid invoices | the wallet shows a notice of 1 unpaid invoice |
      | the buyer has paid for "Tea glass with holder" with a card that was not saved   | Russian  | the hours of an invoice | the cart contains "Linden honey, 500 g" and "Reading lamp"                                 | Tea glass with holder | 5 minutes                      | 9000.00 RUB                                   | 9000.00 RUB less the price of "Tea glass with holder"     | the wallet shows a notice of 1 unpaid invoice  | the wallet shows no notice of unpaid invoices |
      | the buyer has been sent the code for an order of "Felt slippers"                | Arabic   | 0 seconds               | the cart contains "Linden honey, 500 g", "Reading lamp" and 3 pieces of "Tula gingerbread" | Felt slippers         | 5 minutes                      | 9000.00 RUB                                   | 9000.00 RUB less the price of "Felt slippers"             | the wallet shows a notice of 2 unpaid invoices | the wallet shows a notice of 1 unpaid invoice |
      | another buyer has used the shop in the same browser in between                  | Arabic   | 1 minutes               | the cart contains "Linden honey, 500 g" and "Reading lamp"                                 | Felt slippers         | 0 seconds                      | 9000.00 RUB                                   | 9000.00 RUB less the price of "Felt slippers"             | the wallet shows a notice of 1 unpaid invoice  | the wallet shows no notice of unpaid invoices |
      | the buyer has ordered "Reading lamp" with the wallet and cancelled the order    | Arabic   | the hours of an invoice | the cart contains "Linden honey, 500 g"                                                    | Reading lamp          | almost the hours of an invoice | 9000.00 RUB                                   | 9000.00 RUB less the price of "Reading lamp"              | the wallet shows a notice of 1 unpaid invoice  | the wallet shows no notice of unpaid invoices |
      | a shop has sent the buyer an invoice for 4200.00 KZT                            | English  | 0 seconds               | the cart contains "Linden honey, 500 g" and "Reading lamp"                                 | Felt slippers         | almost the hours of an invoice | 9000.00 RUB                                   | 9000.00 RUB less the price of "Felt slippers"             | the wallet shows a notice of 2 unpaid invoices | the wallet shows a notice of 1 unpaid invoice |
      | the buyer has ordered "Tea glass with holder" in cash                           | English  | 1 minutes               | the cart contains "Linden honey, 500 g"                                                    | Tea glass with holder | 5 minutes                      | 9000.00 RUB                                   | 9000.00 RUB less the price of "Tea glass with holder"     | the wallet shows a notice of 1 unpaid invoice  | the wallet shows no notice of unpaid invoices |
      | the buyer has ordered "Felt slippers" with the wallet                           | English  | the hours of an invoice | the cart contains "Linden honey, 500 g", "Reading lamp" and 3 pieces of "Tula gingerbread" | Felt slippers         | 0 seconds                      | 9000.00 RUB                                   | 9000.00 RUB less the price of "Felt slippers"             | the wallet shows a notice of 1 unpaid invoice  | the wallet shows no notice of unpaid invoices |

  Scenario Outline: An order is paid in the wallet on a phone
    # W2.3  the notice
    Given the buyer is signed in to the shop
    And the buyer has ordered "<product>" with the wallet
    And <time> have passed
    And the buyer's pages are in <language>
    And the buyer has a phone
    And the buyer is signed in to the wallet in that language
    When the buyer goes to the wallet
    Then the wallet shows a notice of 1 unpaid invoice
    When the buyer presses "View"
    # W2.4  the invoice
    Then the newest invoice is for the price of "<product>" and not paid
    And the newest invoice shows the shop, the amount, the due date and the state
    When the buyer presses "Pay (invoice)" beside the newest invoice
    # W2.5  the payment method
    Then the wallet asks for the payment method before anything else
    And the page shows the price of "<product>"
    When the buyer presses "Visa QIWI Wallet"
    # W2.6  the payment
    And the buyer presses "Pay"
    Then a message with a code has arrived on the phone
    When the buyer enters the code from the message
    And the buyer presses "Confirm"
    Then the receipt shows the price of "<product>" for the shop
    And the wallet holds 9000.00 RUB less the price of "<product>"
    And the wallet shows no notice of unpaid invoices
    And the order in the shop is paid

    Examples:
      | product       | time                           | language |
      | Felt slippers | 5 minutes                      | Russian  |
      | Reading lamp  | almost the hours of an invoice | Arabic   |

  @W2.3
  Rule: The notice is about invoices in any currency

    Background:
      Given the buyer is signed in to the shop and to the wallet
      And the wallet holds 9000.00 KZT too

    Scenario: An invoice in tenge is announced
      Given a shop has sent the buyer an invoice for 4200.00 KZT
      When the buyer goes to the wallet
      Then the wallet shows a notice of 1 unpaid invoice

    Scenario: After the payment of an invoice in tenge, only the other one is announced
      Given the buyer has ordered "Felt slippers" with the wallet
      And the buyer has paid a shop's invoice for 4200.00 KZT
      When the buyer goes to the wallet
      Then the wallet shows a notice of 1 unpaid invoice

  @W2.4
  Rule: An unpaid invoice can be paid, whatever became of an earlier attempt

    Background:
      Given the buyer is signed in to the shop and to the wallet

    Scenario Outline: After a failed attempt, the invoice can be paid
      Given <attempt>
      And <time> have passed
      When the buyer opens the list of invoices
      Then the invoice for the price of "Felt slippers" can be paid

      Examples:
        | attempt                                                                         | time                    |
        | the buyer has ended the payment of an order of "Felt slippers" with wrong codes | the minutes of the lock |
        | the buyer has been sent the code for an order of "Felt slippers"                | the minutes of the lock |

  @W2.5
  Rule: The payment method is asked for at each visit, whatever was begun before

    Background:
      Given the buyer is signed in to the shop and to the wallet

    Scenario Outline: After a failed attempt, the payment method is asked for again
      Given <attempt>
      When the buyer opens the invoice for the price of "Felt slippers"
      Then the wallet asks for the payment method before anything else

      Examples:
        | attempt                                                                         |
        | the buyer has ended the payment of an order of "Felt slippers" with wrong codes |
        | the buyer has been sent the code for an order of "Felt slippers"                |

    Scenario: After a code was sent, the shop's link asks for the payment method too
      Given the buyer has been sent the code for an order of "Felt slippers"
      When the buyer opens the wallet from the link of the order
      Then the wallet asks for the payment method before anything else

  @W2.6
  Rule: The right code pays, whatever became of an earlier attempt

    Background:
      Given the buyer is signed in to the shop and to the wallet

    Scenario: After too many wrong codes and a while, the order can be paid
      Given the buyer has ended the payment of an order of "Felt slippers" with wrong codes
      And the minutes of the lock have passed
      When the buyer pays the invoice for the price of "Felt slippers"
      Then the receipt shows the price of "Felt slippers" for the shop
      And the order in the shop is paid
