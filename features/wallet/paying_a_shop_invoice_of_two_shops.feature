@W2
Feature: Paying a third-party shop's invoice with the wallet: invoices of two shops
  Several shops send invoices to one wallet. Each invoice belongs to its shop, under the number and
  with the key of that shop. The buyer sees them in one list, each with the name of its shop.

  Background:
    Given a buyer with 5000.00 RUB in the wallet
    And the buyer is signed in to the wallet
    And another shop is a merchant of the wallet

  @W2.2
  Rule: Each shop issues its own invoices

    Scenario: Two shops use the same number for their invoices
      When both shops send the buyer an invoice for 250.00 RUB under the same number
      Then the wallet lists 2 invoices, each for 250.00 RUB

    Scenario: Until its end a replaced key of a shop issues invoices, and so does the new one
      Given the other shop has a new key, and its old key ends in 60 minutes
      When the other shop sends the buyer an invoice for 250.00 RUB with each of its keys
      Then the wallet lists 2 invoices, each for 250.00 RUB

    Scenario: After its end a replaced key of a shop issues no invoice
      Given the other shop has a new key, and its old key ends in 60 minutes
      And 61 minutes have passed
      When the other shop sends the buyer an invoice for 250.00 RUB with its old key
      Then the wallet refuses
      And the wallet lists no invoice

    Scenario: After the end of the replaced key the new one issues invoices
      Given the other shop has a new key, and its old key ends in 60 minutes
      And 61 minutes have passed
      When the other shop sends the buyer an invoice for 250.00 RUB with its new key
      Then the wallet lists one invoice, for 250.00 RUB

  @W2.4
  Rule: The list shows the invoices of all shops, and each shop changes its own

    Scenario: Invoices of two shops stand in one list, each with the name of its shop
      Given a shop has sent the buyer an invoice for 120.00 RUB
      And the other shop has sent the buyer an invoice for 250.00 RUB
      When the buyer opens the list of invoices
      Then the invoice for 250.00 RUB names the other shop
      And the invoice for 120.00 RUB does not name the other shop

    Scenario: A shop cannot cancel another shop's invoice
      Given the other shop has sent the buyer an invoice for 250.00 RUB
      When the shop asks the wallet to cancel the other shop's invoice
      Then the wallet refuses
      And the wallet lists one invoice, for 250.00 RUB
      And the invoice for 250.00 RUB can be paid

  @W2.6
  Rule: A shop gives back its own payments only

    Scenario: A shop cannot refund the payment of another shop's invoice
      Given the other shop has sent the buyer an invoice for 250.00 RUB
      And the buyer has paid the invoice for 250.00 RUB
      When the shop asks the wallet to refund 50.00 RUB of the other shop's invoice
      Then the wallet refuses
      And the wallet holds 4750.00 RUB

  @W2.6
  Rule: The wallet notifies a shop of its payments, signed with its valid keys

    Background:
      Given the other shop has a new key, and its old key ends in 60 minutes
      And the other shop has sent the buyer an invoice for 250.00 RUB

    Scenario: While two keys of a shop hold, both sign what it is told
      When the buyer pays the invoice for 250.00 RUB
      Then the other shop is told of the payment, signed with its new key
      And the notification has the standard signatures of both keys

    Scenario: What a shop is told of a payment in tenge is signed in tenge
      Given the wallet holds 9000.00 KZT too
      And the other shop has sent the buyer an invoice for 4200.00 KZT
      When the buyer pays the invoice for 4200.00 KZT
      Then the other shop is told of the payment, signed with its new key

    Scenario: After its end the replaced key of a shop signs nothing
      Given 61 minutes have passed
      When the buyer pays the invoice for 250.00 RUB
      Then the other shop is told of the payment, signed with its new key
      And the notification has the standard signature of the new key alone
