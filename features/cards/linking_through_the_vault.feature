@C2
Feature: Linking a card through the vault
  A buyer who has an account with the payment system links a card there, and finds it in the shop.
  The vault checks the card by holding one cent of it for at most a day.

  Background:
    Given the buyer has an account with the shop
    And the buyer has an account with the vault

  Scenario: A card is linked in the vault, the whole way from the shop
    # C2.1  the way to the vault
    Given the buyer is signed in to the shop and to the vault
    When the buyer opens "My profile" in the shop's menu
    And the buyer presses "Account" below "My Alipay"
    Then the shop warns that its site is being left
    When the buyer goes on to the vault
    # C2.2  the language and the icon
    And the buyer switches the vault to Russian and back
    And the buyer presses the icon of a bank card
    Then the vault shows the management of cards
    # C2.3  managing cards
    When the buyer presses "Add card"
    # C2.4  the data
    And the buyer fills in all the data of the card "Visa, approved"
    # C2.5  the cent
    And the buyer presses "Save"
    Then the vault tells of one cent, held for a day or less
    # C2.6  back in the shop
    When the buyer goes to the checkout with "Felt slippers"
    Then the card "Visa, approved" is offered

  Scenario: Straight to the vault
    # C2.1  the way to the vault
    When the buyer signs in to the vault
    # C2.2  the language and the icon
    And the buyer presses the icon of a bank card
    Then the vault shows the management of cards

  @C2.1
  Rule: The shop warns before it leaves for the vault

    Background:
      Given the buyer is signed in to the shop and to the vault
      And the buyer is at the profile in the shop

    Scenario: The notice comes first
      When the buyer presses "Account" below "My Alipay"
      Then the shop warns that its site is being left

    Scenario: Who agrees comes to the vault
      Given the buyer has pressed "Account" below "My Alipay"
      When the buyer goes on to the vault
      Then the buyer is at the vault

  @C2.2
  Rule: The vault speaks the buyer's language, and the icon leads to the cards

    Background:
      Given the buyer is signed in to the vault

    Scenario: The page can be switched to Russian
      When the buyer switches the vault to Russian
      Then the page is in Russian

    Scenario: The page can be switched to Arabic
      When the buyer switches the vault to Arabic
      Then the page is in Arabic, from right to left

    Scenario: The icon leads to the management of cards
      When the buyer presses the icon of a bank card
      Then the vault shows the management of cards

  @C2.3
  Rule: Cards can be managed, and the main one is the shop's choice

    Background:
      Given the buyer is signed in to the shop and to the vault
      And the buyer has linked "Visa, approved" and then "Mastercard, approved" in the vault

    Scenario: The main card is chosen at the shop's checkout
      When the buyer makes "Mastercard, approved" the main card
      Then "Mastercard, approved" is chosen at the shop's checkout

    Scenario: A card is deleted only after a question
      When the buyer wants to delete "Visa, approved"
      Then the vault asks whether to delete 1 card

    Scenario: Several cards are deleted at once
      When the buyer deletes "Visa, approved" and "Mastercard, approved"
      Then the vault lists no card
      And the shop lists no card

    Scenario: Where the main card is deleted another one takes its place
      When the buyer deletes the main card
      Then the vault lists 1 card, which is the main one

    Scenario: A card is edited, but not its number
      When the buyer edits the holder of "Visa, approved" to "Olga Smirnova"
      Then the vault lists "Visa, approved" with the holder "Olga Smirnova"

  @C2.3
  Rule: A card that has expired is edited, and its issuer confirms the new expiry

    Background:
      Given the buyer is signed in to the shop and to the vault
      And the buyer has linked "Visa, approved" in the vault, good to the end of this month
      And this month has ended

    Scenario: The vault shows that a card has expired
      When the buyer looks at the cards in the vault
      Then the vault shows that "Visa, approved" has expired

    Scenario: The next card is chosen where the main card has expired
      When the buyer saves the card "Mastercard, approved" in the vault
      Then "Mastercard, approved" is chosen at the shop's checkout

    Scenario: A card with a new expiry is chosen again
      When the buyer edits the expiry of "Visa, approved" to "12/30"
      Then "Visa, approved" is chosen at the shop's checkout

    Scenario: An expiry that the issuer has not confirmed changes nothing
      Given the card's issuer does not answer
      When the buyer edits the expiry of "Visa, approved" to "12/30"
      Then "Expiry" is marked as wrong, with the reason beside it
      And the vault shows that "Visa, approved" has expired

  @C2.4
  Rule: All the data that the vault asks for is needed

    Scenario Outline: A value that cannot be is refused, and the rest is kept
      Given the buyer is at the vault's form for a card
      When the buyer saves in the vault a card whose "<field>" is "<value>"
      Then "<field>" is marked as wrong, with the reason beside it
      And the vault keeps what else was typed, but no security code

      Examples:
        | field         | value               |
        | Card number   | 4111 1111 1111 1112 |
        | Expiry        | 01/20               |
        | Security code | 12                  |

    Scenario: A card number in another field is rejected
      Given the buyer is at the vault's form for a card
      When the buyer saves in the vault a card whose "Address" is "4111 1111 1111 1111"
      Then "Address" is marked as wrong, with the reason beside it

  @C2.5
  Rule: One cent is held for at most a day, and then the link is final

    Background:
      Given the buyer is signed in to the vault

    Scenario: The message about the cent
      When the buyer saves the card "Visa, approved" in the vault
      Then the vault tells of one cent, held for a day or less

    Scenario: Until then the card is being checked
      When the buyer saves the card "Visa, approved" in the vault
      Then the card "Visa, approved" is being checked in the vault

    Scenario: After a day the cent is back and the link final
      Given the buyer has saved the card "Visa, approved" in the vault
      And 24 hours have passed
      When the buyer looks at the cards in the vault
      Then the card "Visa, approved" is linked for good in the vault

    Scenario: One cent is held, no more
      When the buyer saves the card "Visa, approved" in the vault
      Then one cent is held on the card

    Scenario: After a day the cent has come back once
      Given the buyer has saved the card "Visa, approved" in the vault
      And 24 hours have passed
      When the buyer looks at the cards in the vault
      Then the cent was given back once

    Scenario: A card that its issuer declines is not linked
      When the buyer saves the card "Visa, declined" in the vault
      Then the vault says that the card was refused
      And the vault lists no card

  @C2.6
  Rule: A card of the vault is in the shop by itself

    Background:
      Given the buyer is signed in to the shop and to the vault
      And the buyer has linked the card "Visa, approved" in the vault

    Scenario: It is offered at the checkout
      When the buyer comes to the checkout with "Felt slippers"
      Then the card "Visa, approved" is offered

    Scenario: Once removed in the vault it is gone from the shop
      When the buyer deletes "Visa, approved" in the vault
      Then the shop lists no card

    Scenario: Another buyer's card is not among them
      Given another buyer has linked the card "Mastercard, approved" in the vault
      When the buyer comes to the checkout with "Felt slippers"
      Then the card "Visa, approved" is offered
      And the card "Mastercard, approved" is not offered

    Scenario: Nobody but the shop is told of the cards
      When somebody else asks the vault for the buyer's cards
      Then the vault tells nothing of them
