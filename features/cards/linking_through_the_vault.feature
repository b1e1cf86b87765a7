@C2
Feature: Linking a card through the vault
  A buyer who has an account with the payment system links a card there and finds it in the shop.
  The vault checks the card: it holds one cent on it for at most a day.

  Background:
    Given the buyer has an account with the shop
    And the buyer has an account with the vault

  Scenario: A card is linked in the vault, starting from the shop
    # C2.1  the way to the vault
    Given the buyer is signed in to the shop and to the vault
    When the buyer opens "My profile" in the shop's menu
    And the buyer presses "Account" below "My Alipay"
    Then the shop warns that the buyer is leaving its site
    When the buyer continues to the vault
    # C2.2  the language and the icon
    And the buyer switches the vault to Russian and back
    And the buyer presses the icon of a bank card
    Then the vault shows the card management page
    # C2.3  managing cards
    When the buyer presses "Add card"
    # C2.4  the card data
    And the buyer fills in all the data of the card "Visa, approved"
    # C2.5  the cent
    And the buyer presses "Save"
    Then the vault says that it holds one cent for a day or less
    # C2.6  back in the shop
    When the buyer goes to the checkout with "Felt slippers"
    Then the card "Visa, approved" is offered

  Scenario: Signing in to the vault directly leads to the cards
    # C2.1  the way to the vault
    When the buyer signs in to the vault
    # C2.2  the language and the icon
    And the buyer presses the icon of a bank card
    Then the vault shows the card management page

  @C2.1
  Rule: The shop warns before it leaves for the vault

    Background:
      Given the buyer is signed in to the shop and to the vault
      And the buyer is at the profile in the shop

    Scenario: The shop shows a notice before it opens the vault
      When the buyer presses "Account" below "My Alipay"
      Then the shop warns that the buyer is leaving its site

    Scenario: Continuing opens the vault
      Given the buyer has pressed "Account" below "My Alipay"
      When the buyer continues to the vault
      Then the buyer is at the vault

    Scenario: A buyer who is signed in to the vault need not sign in after leaving the shop
      Given the buyer has pressed "Account" below "My Alipay"
      When the buyer continues to the vault
      And the buyer presses the icon of a bank card
      Then the vault shows the card management page

  @C2.2
  Rule: The vault offers the buyer's language, and the card icon opens the cards

    Background:
      Given the buyer is signed in to the vault

    Scenario: The page can be switched to Russian
      When the buyer switches the vault to Russian
      Then the page is in Russian

    Scenario: The page can be switched to Arabic
      When the buyer switches the vault to Arabic
      Then the page is in Arabic, from right to left

    Scenario: The card icon opens the card management page
      When the buyer presses the icon of a bank card
      Then the vault shows the card management page

  @C2.3
  Rule: Cards can be managed, and the shop chooses the main card

    Background:
      Given the buyer is signed in to the shop and to the vault
      And the buyer has linked "Visa, approved" and then "Mastercard, approved" in the vault

    Scenario: The main card is chosen at the shop's checkout
      When the buyer makes "Mastercard, approved" the main card
      Then "Mastercard, approved" is chosen at the shop's checkout

    Scenario: The vault asks before it deletes a card
      When the buyer starts to delete "Visa, approved"
      Then the vault asks whether to delete 1 card

    Scenario: Several cards can be deleted at once
      When the buyer deletes "Visa, approved" and "Mastercard, approved"
      Then the vault lists no card
      And the shop lists no card

    Scenario: If the main card is deleted, another card becomes the main one
      When the buyer deletes the main card
      Then the vault lists 1 card, which is the main one

    Scenario: The holder of a card can be edited
      When the buyer changes the holder of "Visa, approved" to "Olga Smirnova"
      Then the vault lists "Visa, approved" with the holder "Olga Smirnova"

  @C2.3
  Rule: An expired card gets a new expiry once its issuer confirms it

    Background:
      Given the buyer is signed in to the shop and to the vault
      And the buyer has linked "Visa, approved" in the vault, valid to the end of this month
      And this month has ended

    Scenario: The vault shows that a card has expired
      When the buyer looks at the cards in the vault
      Then the vault shows that "Visa, approved" has expired

    Scenario: If the main card has expired, the next card is chosen
      When the buyer saves the card "Mastercard, approved" in the vault
      Then "Mastercard, approved" is chosen at the shop's checkout

    Scenario: A card with a new expiry is chosen again
      When the buyer changes the expiry of "Visa, approved" to "12/30"
      Then "Visa, approved" is chosen at the shop's checkout

    Scenario: An expiry that the issuer does not confirm is rejected
      Given the card's issuer does not answer
      When the buyer changes the expiry of "Visa, approved" to "12/30"
      Then "Expiry" is marked as wrong, with the reason beside it
      And the vault shows that "Visa, approved" has expired

  @C2.4
  Rule: The vault checks all the data that it asks for

    Scenario Outline: An invalid value is rejected, and the other values are kept
      Given the buyer is at the vault's form for a card
      When the buyer saves in the vault a card whose "<field>" is "<value>"
      Then "<field>" is marked as wrong, with the reason beside it
      And the vault keeps the other values, but not the security code

      Examples:
        | field         | value               |
        | Card number   | 4111 1111 1111 1112 |
        | Card number   | 1234 5678 1234 5670 |
        | Expiry        | 01/20               |
        | Security code | 12                  |

    Scenario: A card number in another field is rejected
      Given the buyer is at the vault's form for a card
      When the buyer saves in the vault a card whose "Address" is "4111 1111 1111 1111"
      Then "Address" is marked as wrong, with the reason beside it

  @C2.5
  Rule: One cent is held for at most a day, then the link is final

    Background:
      Given the buyer is signed in to the vault

    Scenario: A message says that one cent is held for a day or less
      When the buyer saves the card "Visa, approved" in the vault
      Then the vault says that it holds one cent for a day or less

    Scenario: The message names the amount that is held
      When the buyer saves the card "Visa, approved" in the vault
      Then the vault says how much is held on "Visa, approved"

    Scenario: Until the cent is returned the card is being checked
      When the buyer saves the card "Visa, approved" in the vault
      Then the card "Visa, approved" is being checked in the vault

    Scenario: After a day the link is final
      Given the buyer has saved the card "Visa, approved" in the vault
      And 24 hours have passed
      When the buyer looks at the cards in the vault
      Then the link of the card "Visa, approved" is final in the vault

    Scenario: Exactly one cent is held
      When the buyer saves the card "Visa, approved" in the vault
      Then one cent is held on the card

    Scenario: After a day the cent is returned once
      Given the buyer has saved the card "Visa, approved" in the vault
      And 24 hours have passed
      When the buyer looks at the cards in the vault
      Then the cent was given back once

    Scenario: A declined card is not linked
      When the buyer saves the card "Visa, declined" in the vault
      Then the vault says that the card was declined
      And the vault lists no card

  @C2.6
  Rule: A card linked in the vault appears in the shop by itself

    Background:
      Given the buyer is signed in to the shop and to the vault
      And the buyer has linked the card "Visa, approved" in the vault

    Scenario: A card linked in the vault is offered at the checkout
      When the buyer opens the checkout with "Felt slippers"
      Then the card "Visa, approved" is offered

    Scenario: A card deleted in the vault disappears from the shop
      When the buyer deletes "Visa, approved" in the vault
      Then the shop lists no card

    Scenario: Another buyer's card is not offered
      Given another buyer has linked the card "Mastercard, approved" in the vault
      When the buyer opens the checkout with "Felt slippers"
      Then the card "Visa, approved" is offered
      And the card "Mastercard, approved" is not offered

    Scenario: The vault shows the cards only to the shop
      When somebody else asks the vault for the buyer's cards
      Then the vault says nothing about the cards
