@C2 @mobile
Feature: Linking a card through the vault on the phone under circumstances
  The same procedure on a phone, for a buyer who has cards or had them.

  Scenario Outline: A card is linked in the vault on the phone under circumstances, from start to finish
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
    When the buyer presses the icon of a bank card
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
    And one cent and no more is held on "<card>" now
    # C2.6  back in the shop
    When the buyer opens the list of cards with "Felt slippers"
    Then the list begins with <after> cards, and "Add new card" comes next
    And the card "<card>" is linked

    Examples:
      | language | history                                                                   | before | card                | after |
      | Arabic   | the buyer has linked the card "Mastercard, approved"                      | 1      | Visa, approved      | 2     |
      | Russian  | the buyer has linked the card "Mir, approved" in the vault and deleted it | 0      | Visa, also approved | 1     |
