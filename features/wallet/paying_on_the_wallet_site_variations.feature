@W1
Feature: Paying on the wallet's own site: variations of the way to the form
  There is more than one buyer, payee, tab and visit. What the buyer sees and enters belongs to this
  buyer, this payee and this visit, whatever was opened or sent before.

  Background:
    Given a buyer with 1000.00 RUB in the wallet

  @W1.1
  Rule: The personal account belongs to its buyer, and Pay always opens the categories

    Scenario: Each buyer sees their own wallet
      Given another buyer with 500.00 RUB in the wallet
      And another buyer is signed in to the wallet
      When the buyer signs in to the wallet
      Then the wallet shows a balance of 1000.00 RUB
      And that buyer's wallet holds 500.00 RUB

    Scenario: The password of another buyer is rejected
      Given another buyer with 500.00 RUB in the wallet
      When the buyer signs in with the password of that buyer
      Then the buyer is not signed in, and is told why

    Scenario Outline: A password that is only nearly right is rejected
      When the buyer signs in with the right password <typo>
      Then the buyer is not signed in, and is told why

      Examples:
        | typo                       |
        | in other letter case       |
        | without its last character |

    Scenario Outline: The phone number can be typed in other digits
      When the buyer signs in with the phone number written <how>
      Then the wallet shows a balance of 1000.00 RUB

      Examples:
        | how               |
        | in Arabic digits  |
        | in Persian digits |

    Scenario: After the session has ended, Pay asks the buyer to sign in
      Given the buyer is signed in to the wallet
      And the buyer's session with the wallet has ended
      When the buyer opens "Pay" in the menu
      Then the wallet asks the buyer to sign in

    Scenario: After the buyer has signed out, the categories ask for a sign-in
      Given the buyer is signed in to the wallet
      And the buyer has signed out of the wallet
      When the buyer opens the address of the payment categories
      Then the wallet asks the buyer to sign in

    Scenario: All categories are on one page
      Given the buyer is signed in to the wallet
      When the buyer opens "Pay" in the menu
      Then the wallet offers the tiles "Fines" and "Utilities"
      And the wallet offers the tiles "Mobile operators" and "Small purchases"

    Scenario Outline: Every category leads to a form that accepts a payment
      Given the buyer is signed in to the wallet
      When the buyer opens "Pay" in the menu
      Then the category "<category>" leads to the form of "<payee>"
      And the form takes "<value>" as "<field>" and 312.07 RUB

      Examples:
        | category         | payee         | field              | value                |
        | Entertainment    | Circle        | Profile number     | 000701234            |
        | Fines            | Traffic fines | Number of the fine | 18810177261121000042 |
        | Utilities        | City Water    | Contract number    | 00028371             |
        | Mobile operators | North Mobile  | Phone number       | 9161234567           |
        | Small purchases  | Reading Room  | Reader's card      | RR1234567            |

    Scenario Outline: Pay is in the menu of every page
      Given the buyer is signed in to the wallet
      When the buyer opens "<page>" in the menu
      Then the menu has "Pay"

      Examples:
        | page     |
        | Invoices |
        | History  |
        | Pay      |

    Scenario: On the next visit, Pay opens the categories
      Given the buyer is at the category "Fines"
      When the buyer goes to the wallet
      Then the menu has "Pay"
      And Pay in the menu shows what can be paid, by category

    Scenario Outline: In other languages, all categories are listed
      Given the buyer is signed in to the wallet on a device in <language>
      When the buyer opens "Pay" in the menu on that device
      Then that device shows the tiles "Entertainment" and "Fines"
      And that device shows the tiles "Utilities" and "Mobile operators"

      Examples:
        | language |
        | Arabic   |
        | Russian  |

    Scenario: While a payment waits for its code, Pay opens the categories
      Given the buyer has been sent the code for a payment of 150.00 RUB to the Steam account "night_owl_42"
      When the buyer opens "Pay" in the menu
      Then the wallet shows what can be paid, by category

    Scenario: With nothing left in the wallet, Pay opens the categories
      Given the buyer has paid 1000.00 RUB to the Steam account "night_owl_42"
      When the buyer opens "Pay" in the menu
      Then the wallet shows what can be paid, by category

  @W1.2
  Rule: A category lists all of its payees, and no others

    Scenario: Games and social networks are in separate lists
      Given the buyer is signed in to the wallet
      When the buyer opens the category "Entertainment"
      Then "Steam" and "Star Harbour" are among "Games"
      And "Circle" and "Chatterbox" are among "Social networks"
      And "Steam" is not among "Social networks"

    Scenario: After a payment, Entertainment still lists every payee
      Given the buyer has paid 150.00 RUB to the Steam account "night_owl_42"
      When the buyer opens the category "Entertainment"
      Then "Steam" and "Star Harbour" are among "Games"
      And "Circle" and "Chatterbox" are among "Social networks"

    Scenario Outline: In other languages, Entertainment lists games and social networks
      Given the buyer is signed in to the wallet on a device in <language>
      When the buyer opens "Pay" in the menu on that device
      Then that device shows "Games" and "Social networks" in the category "Entertainment"

      Examples:
        | language |
        | Arabic   |
        | Russian  |

    Scenario Outline: After another category, a category lists its own payees
      Given the buyer is at the category "<before>"
      When the buyer opens the category "<category>"
      Then the wallet offers the tiles "<one>" and "<other>"
      And the wallet does not offer the tile "<foreign>"
      And the tile "<other>" leads to a payment form

      Examples:
        | category         | one           | other          | foreign       | before           |
        | Entertainment    | Steam         | Chatterbox     | Traffic fines | Fines            |
        | Fines            | Traffic fines | Parking fines  | City Water    | Utilities        |
        | Utilities        | City Water    | District Gas   | North Mobile  | Mobile operators |
        | Mobile operators | North Mobile  | Volga Telecom  | Reading Room  | Small purchases  |
        | Small purchases  | Reading Room  | Evening Cinema | Steam         | Entertainment    |

  @W1.3
  Rule: A tile shows its payee and opens that payee's form

    Scenario: The tiles of a category differ in logo and caption
      Given the buyer is signed in to the wallet
      When the buyer opens the category "Entertainment"
      Then no two tiles have the same logo
      And the wallet offers the tiles "Steam" and "Circle"
      And the captions of all tiles can be read

    Scenario: The form of a tile pays its payee
      Given the buyer is at the form of "Steam" in the category "Entertainment"
      When the buyer sends the form with the account "night_owl_42" and the amount "150.00"
      Then the page names the payee "Steam"

    Scenario Outline: In other languages, every tile has a logo and a caption
      Given the buyer is signed in to the wallet on a device in <language>
      When the buyer opens "Pay" in the menu on that device
      Then that device shows a logo and a caption on every tile of the category "Entertainment"

      Examples:
        | language |
        | Arabic   |
        | Russian  |

    Scenario Outline: In other languages, a category shows as many logos
      Given the buyer is at the category "Entertainment"
      And the buyer is signed in to the wallet on a device in <language>
      When the buyer opens "Pay" in the menu on that device
      Then that device shows as many logos in the category "Entertainment" as the first one

      Examples:
        | language |
        | Arabic   |
        | Russian  |

    Scenario: A payment that is not confirmed leaves the tile of its payee
      Given the buyer is at the form of "Circle" in the category "Entertainment"
      And the buyer has entered a payment of 150.00 RUB to the Steam account "night_owl_42" in another tab
      When the buyer opens "Pay" in the menu
      Then the category "Entertainment" leads to the form of "Steam"

    Scenario Outline: After another payee's form, a tile opens the form of its own payee
      Given the buyer is at the form of "Circle" in the category "Entertainment"
      When the buyer opens "<payee>" in the category "<category>"
      Then the wallet shows the page "<payee>"
      And the page has the fields "<field>" and "Amount"

      Examples:
        | payee         | category         | field                           |
        | Steam         | Entertainment    | Account name in the game system |
        | Dragon Realm  | Entertainment    | Account name in the game system |
        | Parking fines | Fines            | Number of the fine              |
        | Volga Telecom | Mobile operators | Phone number                    |

  @W1.4
  Rule: An amount is taken as it was written, or not at all

    Scenario: A blank between thousands does not cut the amount
      Given a buyer whose phone begins with "+7916", with 20000.00 RUB in the wallet
      And the buyer is at the form of "Steam" in the category "Entertainment"
      When the buyer sends the form with the account "night_owl_42" and the amount "12 000.50"
      Then the page shows 12000.50 RUB, or the form is rejected

  @W1.4
  Rule: The form is accepted only with both values, whatever was sent before

    Background:
      Given the buyer is at the form of "Steam" in the category "Entertainment"

    Scenario Outline: A field with only blanks is rejected
      When the buyer sends the form with only blanks in "<label>"
      Then "<label>" is marked as wrong, with the reason beside it
      And nothing has been paid

      Examples:
        | label                           |
        | Account name in the game system |
        | Amount                          |

    Scenario: An empty form is rejected
      When the buyer sends the form with the account "" and the amount ""
      Then "Account name in the game system" is marked as wrong, with the reason beside it
      And nothing has been paid

    Scenario: A rejected form can be corrected
      Given the buyer has sent the form with the account "" and the amount "150.00"
      When the buyer sends the form with the account "day_owl_43" and the amount "175.25"
      Then the page shows 175.25 RUB for "day_owl_43"

    Scenario: The form takes both values whole
      When the buyer sends the form with the account "Night_Owl_of_Kazan_42" and the amount "987.65"
      Then the page shows 987.65 RUB for "Night_Owl_of_Kazan_42"

    Scenario: A second form takes its own values
      Given the buyer has entered a payment of 150.00 RUB to the Steam account "night_owl_42" in another tab
      When the buyer sends the form with the account "day_owl_43" and the amount "175.25"
      Then the page shows 175.25 RUB for "day_owl_43"

    Scenario: A form opened in another tab changes nothing in this one
      Given the buyer has opened the form of "Circle" in the category "Entertainment" in another tab
      When the buyer sends the form with the account "night_owl_42" and the amount "150.00"
      Then the page names the payee "Steam"
      And the page shows 150.00 RUB for "night_owl_42"
