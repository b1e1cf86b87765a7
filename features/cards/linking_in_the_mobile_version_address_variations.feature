@C3 @mobile
Feature: Linking a card in the mobile version: variations of the address
  The buyer has had orders sent to three addresses, which differ in every value. The address that
  matters is neither the first nor the newest.

  Background:
    Given the buyer has an account with the shop
    And the buyer is signed in to the shop
    And the buyer has linked the card "Visa, approved"
    And the buyer has had orders sent to "Kremlin Street 3", "Arbat Lane 7" and "Volga Avenue 20"
    And the buyer has ticked "Felt slippers" and pressed "Pay"

  @C3.3
  Rule: The window lets the buyer choose among all addresses, at every purchase

    Scenario: The window offers every address of the buyer, and no other buyer's
      Given another buyer has had an order sent to "Pushkin Square 11"
      When the buyer leaves and comes back
      Then the window does not show the address "Pushkin Square 11"
      And the window offers the addresses "Kremlin Street 3", "Arbat Lane 7" and "Volga Avenue 20"

    Scenario: The next purchase has its window too, with the same addresses
      Given the buyer has had "Reading lamp" sent to the address "Arbat Lane 7"
      When the buyer opens the window with "Tea glass with holder"
      Then the window shows "Tea glass with holder" and the delivery address
      And the window offers the addresses "Kremlin Street 3", "Arbat Lane 7" and "Volga Avenue 20"

    Scenario: A new address joins the earlier ones
      Given the buyer has given the new address "Gagarin Street 5" and pressed "Pay"
      When the buyer opens the window with "Tea glass with holder"
      Then the window offers the addresses "Kremlin Street 3", "Arbat Lane 7" and "Volga Avenue 20"

  @C3.3
  Rule: The order goes to the address that the buyer chooses

    Scenario: The chosen address is used, not the newest or the oldest one
      When the buyer chooses the address "Arbat Lane 7" and presses "Pay"
      And the buyer buys with the card "Visa, approved"
      Then the order goes to "Arbat Lane 7"

    Scenario: An address chosen after going back replaces the first choice
      Given the buyer has chosen the address "Arbat Lane 7" and pressed "Pay"
      When the buyer goes back, chooses the address "Kremlin Street 3" and presses "Pay"
      And the buyer buys with the card "Visa, approved"
      Then the order goes to "Kremlin Street 3"

    Scenario: The window still has the chosen address when the buyer comes back to it
      Given the buyer has chosen the address "Arbat Lane 7" and pressed "Pay"
      When the buyer goes back
      Then the address "Arbat Lane 7" is chosen

    Scenario: The chosen address stays while a card is linked
      Given the buyer has chosen the address "Arbat Lane 7" and pressed "Pay"
      And the buyer has pressed "Add new card"
      When the buyer links the card "Mastercard, approved" on the phone
      And the buyer buys with the card "Mastercard, approved"
      Then the order goes to "Arbat Lane 7"

    Scenario: The next purchase can go to another address
      Given the buyer has had "Reading lamp" sent to the address "Arbat Lane 7"
      When the buyer opens the window with "Tea glass with holder"
      And the buyer chooses the address "Kremlin Street 3" and presses "Pay"
      And the buyer buys with the card "Visa, approved"
      Then the order goes to "Kremlin Street 3"

    Scenario Outline: A new address in any script is used although others are known
      When the buyer gives the new address "<street>" and presses "Pay"
      And the buyer buys with the card "Visa, approved"
      Then the order goes to "<street>"

      Examples:
        | street            |
        | улица Баумана, 12 |
        | شارع النيل ١٢     |
