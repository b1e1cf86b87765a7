@C2
Feature: Linking a card through the vault under circumstances
  The same procedure for a buyer who has linked or deleted cards before, or whose cards have expired,
  and who may read the pages in another language. The rows combine these pairwise.

  Scenario Outline: A card is linked in the vault under circumstances, from start to finish
    # C2.1  the way to the vault
    Given the buyer's browser is set to <language>
    And the pages of the shop are in <language>
    And the buyer has an account with the shop
    And the buyer has an account with the vault
    And the buyer is signed in to the shop and to the vault
    And <history>
    When the buyer opens "My profile" in the shop's menu
    And the buyer presses "Account" below "My Alipay"
    Then the shop warns that the buyer is leaving its site
    When the buyer continues to the vault
    Then the buyer is at the vault
    # C2.2  the language and the icon
    And the vault offers its pages in Russian
    When the buyer switches the vault to Russian and back
    And the buyer presses the icon of a bank card
    Then the vault shows the card management page
    And the page lists <before> cards
    # C2.3  managing cards
    When the buyer presses "Add card"
    Then the vault shows its form for a card, without the data of another
    # C2.4  the card data
    When the buyer fills in all the data of the card "<card>"
    # C2.5  the cent
    And the buyer presses "Save"
    Then the vault says that it holds one cent for a day or less
    And the card "<card>" is being checked in the vault
    And one cent and no more is held on "<card>" now
    # C2.6  back in the shop
    When the buyer goes to the checkout with "Felt slippers"
    Then the card "<card>" is offered
    And the shop lists <after> cards

    Examples:
      | language | history                                                                                              | before | card                       | after |
      | English  | the buyer has linked the card "Mastercard, approved"                                                 | 1      | Mir, approved              | 2     |
      | Arabic   | the buyer has linked the card "Visa, approved" in the vault and deleted it                           | 0      | Visa, approved             | 1     |
      | Russian  | the buyer has linked "Visa, approved", "Visa, also approved" and "Mastercard, approved" in the vault | 3      | American Express, approved | 4     |
      | English  | the buyer has a card "Visa, approved" in the vault that has expired                                  | 1      | Visa, also approved        | 2     |
      | Russian  | the vault has refused the card "Visa, declined" of the buyer                                         | 0      | Mastercard, approved       | 1     |
      | Arabic   | the buyer has linked the card "Mir, approved" in the vault, and its link is final                    | 1      | Mastercard, approved       | 2     |
      | English  | another buyer has linked the card "Visa, approved" in the same browser and left the vault            | 0      | American Express, approved | 1     |

  @C2.4
  Rule: The postal codes of every country can be entered

    Scenario Outline: A card is linked with the postal code of another country
      Given the buyer has an account with the vault
      And the buyer is at the vault's form for a card
      When the buyer saves the card "Visa, approved" with the country "<country>" and the postal code "<code>"
      Then the card "Visa, approved" is being checked in the vault

      Examples:
        | country | code       |
        | GB      | SW1A 1AA   |
        | NL      | 1012 AB    |
        | US      | 20500-0003 |
        | IS      | 101        |

  @C2.4
  Rule: All the data is asked for again when a deleted card is added again

    Background:
      Given the buyer has an account with the vault
      And the buyer is signed in to the vault

    Scenario Outline: A deleted card is not linked again without one of its values
      Given the buyer has linked the card "Visa, approved" in the vault and deleted it
      And the buyer has opened the vault's form for a card
      When the buyer saves in the vault a card whose "<field>" is ""
      Then "<field>" is marked as wrong, with the reason beside it
      And the vault lists no card

      Examples:
        | field         |
        | Security code |
        | Expiry        |
        | Card holder   |
        | Address       |

  @C2.5
  Rule: The cent of every card comes back within a day, also if the card was linked before

    Background:
      Given the buyer has an account with the vault
      And the buyer is signed in to the vault

    Scenario Outline: After a day the link is final and every cent was given back
      Given <history>
      When the buyer saves the card "Visa, approved" in the vault, and 24 hours pass
      Then the link of the card "Visa, approved" is final in the vault
      And every cent that was held on "Visa, approved" was given back once

      Examples:
        | history                                                                    |
        | the buyer has linked the card "Visa, approved" in the vault and deleted it |
        | the buyer has a card "Mastercard, approved" in the vault that has expired  |
