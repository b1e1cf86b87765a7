@C2
Feature: Linking a card through the vault: variations
  The buyer comes to the vault again, stays in the shop, signs in otherwise, reads Russian, or has
  other cards. Another buyer uses the vault at the same time.

  Background:
    Given the buyer has an account with the shop
    And the buyer has an account with the vault

  @C2.1
  Rule: The shop warns every time, and only Continue leaves it

    Background:
      Given the buyer is signed in to the shop and to the vault
      And the buyer has linked "Visa, approved" and then "Visa, also approved" in the vault
      And the buyer is at the profile in the shop

    Scenario: My Alipay stands on the right of the profile
      When the buyer opens "My profile" in the shop's menu
      Then "My Alipay" stands on the right of the page

    Scenario: The shop warns again on the second way to the vault
      Given the buyer has gone to the vault and come back to the profile
      When the buyer presses "Account" below "My Alipay"
      Then the shop warns that the buyer is leaving its site
      And the buyer is still in the shop

    Scenario: Continuing opens the vault the second time too
      Given the buyer has gone to the vault and come back to the profile
      And the buyer has pressed "Account" below "My Alipay"
      When the buyer continues to the vault
      Then the buyer is at the vault

    Scenario: The shop warns on its Arabic pages
      When the buyer presses "Account" below "My Alipay" on a device that is set to Arabic
      Then the shop warns in the language of that device

    Scenario: A buyer who stays is still in the shop
      Given the buyer has pressed "Account" below "My Alipay"
      When the buyer stays in the shop
      Then the buyer is still in the shop

    Scenario: The shop warns again after the buyer stayed
      Given the buyer has stayed in the shop at the notice
      And the buyer is at the profile in the shop
      When the buyer presses "Account" below "My Alipay"
      Then the shop warns that the buyer is leaving its site
      And the buyer is still in the shop

  @C2.1
  Rule: No link leads to the vault without the notice

    Scenario: A link beside an expired card does not skip the notice
      Given the buyer is signed in to the shop and to the vault
      And the buyer has linked "Visa, approved" in the vault, valid to the end of this month
      And this month has ended
      When the buyer opens "My profile" in the shop's menu
      Then no link of the profile leads to the vault without the notice

  @C2.1
  Rule: The vault asks buyers to sign in, and knows them however they write their number

    Scenario: A buyer who comes from the shop without a session signs in at the vault
      Given the buyer is signed in to the shop
      And the buyer is at the profile in the shop
      And the buyer has pressed "Account" below "My Alipay"
      When the buyer continues to the vault and signs in there
      Then the buyer is signed in to the vault

    Scenario Outline: The phone number may be written in different ways at the vault
      When the buyer signs in to the vault with the phone number written <in some way>
      Then the buyer is signed in to the vault

      Examples:
        | in some way      |
        | with spaces      |
        | in Arabic digits |

    Scenario: A password with another last character does not open the vault
      When the buyer signs in to the vault with a password that differs in its last character
      Then the vault does not let the buyer in, and says why

    Scenario: The vault shows no card to a visitor who is not signed in
      Given the buyer is signed in to the vault
      And the buyer has linked the card "Visa, approved" in the vault
      When a visitor who is not signed in opens the same page of the vault
      Then the vault asks the visitor to sign in, and shows no card

  @C2.2
  Rule: The vault stays in the chosen language, for this buyer alone

    Background:
      Given the buyer is signed in to the vault
      And the buyer has linked "Visa, approved", "Visa, also approved" and "Mastercard, approved" in the vault

    Scenario: The card management page is in the language that was chosen before
      Given the buyer is at the vault's home page
      And the buyer has switched the vault to Russian
      When the buyer presses the icon of a bank card on the Russian page
      Then the card management page is in Russian
      And the page says in Russian that 3 cards are being checked

    Scenario: The language that is chosen before signing in stays
      Given the buyer's session with the vault has ended
      And the buyer has switched the vault to Russian at its sign-in page
      When the buyer signs in again on the Russian page
      Then the page is in Russian

    Scenario: The language can be switched on the card management page
      When the buyer switches the vault to Russian
      Then the card management page is in Russian
      And the page lists 3 cards

    Scenario: The message about the cent is in the language that was chosen
      Given the buyer has switched the vault to Russian
      When the buyer saves the card "American Express, approved" on the Russian pages
      Then the vault says in Russian that it holds one cent for a day or less

    Scenario: Another buyer's page keeps its language
      Given another buyer is signed in to the vault
      When the buyer switches the vault to Russian
      Then that buyer's page has kept its language

    Scenario: The card icon opens the buyer's own cards, all of them
      Given another buyer has linked the card "American Express, approved" in the vault
      And the buyer is at the vault's home page
      When the buyer presses the icon of a bank card
      Then the page lists 3 cards
      And the vault lists only "Visa, approved", "Visa, also approved" and "Mastercard, approved"

  @C2.4
  Rule: The vault asks for all the data, and links nothing without it

    Background:
      Given the buyer is at the vault's form for a card

    Scenario Outline: Without a value of the card nothing is linked
      When the buyer saves in the vault a card whose "<field>" is ""
      Then "<field>" is marked as wrong, with the reason beside it
      And the vault lists no card
      And no cent was ever held

      Examples:
        | field         |
        | Card number   |
        | Card holder   |
        | Expiry        |
        | Security code |
        | Postal code   |
        | Address       |

    Scenario: Without a country nothing is linked
      When the buyer saves in the vault a card without a country
      Then "Country" is marked as wrong, with the reason beside it
      And the vault lists no card

    Scenario Outline: Spaces alone are no value
      When the buyer saves in the vault a card with spaces alone as "<field>"
      Then "<field>" is marked as wrong, with the reason beside it
      And the vault lists no card

      Examples:
        | field       |
        | Card holder |
        | Address     |

    Scenario Outline: A value that no card has links nothing
      When the buyer saves in the vault a card whose "<field>" is "<value>"
      Then "<field>" is marked as wrong, with the reason beside it
      And the vault lists no card
      And no cent was ever held

      Examples:
        | field         | value |
        | Expiry        | 13/30 |
        | Security code | 7x9   |

    Scenario: A card is linked once its data is corrected
      Given the vault has refused a card whose "Expiry" is "01/20"
      When the buyer fills in all the data of the card "Visa, approved"
      And the buyer presses "Save"
      Then the card "Visa, approved" is being checked in the vault

    Scenario: A card that expired last month is not linked
      When the buyer saves "Visa, approved" in the vault, valid to the end of last month
      Then "Expiry" is marked as wrong, with the reason beside it
      And the vault lists no card

    Scenario: A card that expires at the end of this month can be linked
      When the buyer saves "Visa, approved" in the vault, valid to the end of this month
      Then the card "Visa, approved" is being checked in the vault

    Scenario Outline: The card number may be written in different ways in the vault
      When the buyer saves a card in the vault with its number written <in some way>
      Then the card "Visa, approved" is being checked in the vault

      Examples:
        | in some way      |
        | with spaces      |
        | in Arabic digits |

  @C2.4
  Rule: Each form is about its own card

    Background:
      Given the buyer is signed in to the vault
      And the buyer has linked the card "Visa, approved" in the vault

    Scenario: The form for a second card is empty
      When the buyer opens the vault's form for a card
      Then the vault shows its form for a card, without the data of another

    Scenario: A second card of the same brand is linked with its own data
      When the buyer saves the card "Visa, also approved" in the vault
      Then the vault lists "Visa, also approved" with the holder "Anna Petrova"
      And the vault lists only "Visa, approved" and "Visa, also approved"

    Scenario Outline: Each card keeps the address that was entered for it
      Given the buyer has saved in the vault the card "Mastercard, approved" whose "<field>" is "<value>"
      When the buyer begins to edit "Mastercard, approved"
      Then "<field>" still holds "<value>"

      Examples:
        | field   | value          |
        | Address | Lenin Street 8 |
        | Country | KZ             |

    Scenario: Two forms that are open at once link a card each
      Given the buyer has filled in the card "Visa, also approved" in another tab of the vault
      When the buyer saves the card "Mastercard, approved" in the vault
      And the buyer presses "Save" in that tab
      Then the vault lists only "Visa, approved", "Visa, also approved" and "Mastercard, approved"

    Scenario: The same card is not linked a second time
      When the buyer saves the card "Visa, approved" in the vault
      Then the vault lists only "Visa, approved"
      And one cent is held on "Visa, approved"

    Scenario: A card is not linked to a person who signs in to the vault in the same browser
      Given the buyer has opened the vault's form for a card
      And another buyer has signed in to the vault in another tab of the same browser
      When the buyer fills in all the data of the card "Mastercard, approved"
      And the buyer presses "Save"
      Then that buyer's vault lists no card

    Scenario: Two buyers can link the same card
      Given another buyer has linked the card "Mastercard, approved" in the vault
      When the buyer saves the card "Mastercard, approved" in the vault
      Then the card "Mastercard, approved" is being checked in the vault
      And that buyer's vault lists only "Mastercard, approved"
