@C2
Feature: Checking a card with a cent: failures
  The vault asks the issuer for the cent back. The issuer may refuse, may not answer, or may have
  taken the cent already. The vault asks again, and the cent comes back once.

  Background:
    Given the buyer has an account with the shop
    And the buyer has an account with the vault
    And the buyer is signed in to the shop and to the vault
    And the buyer has linked the card "Visa, approved" in the vault

  @C2.5
  Rule: The link is final only once the issuer has given the cent back

    Scenario Outline: The link is not final before the issuer confirms the return of the cent
      Given the card's issuer <fails> when the vault asks for the cent back
      And 24 hours have passed
      When the buyer looks at the cards in the vault
      Then the vault shows the link of "Visa, approved" as final only if its cent is back
      And no cent counts as given back that its issuer still has

      Examples:
        | fails                             |
        | refuses                           |
        | does not answer                   |
        | gives it back but sends no answer |

    Scenario Outline: A cent that is asked for again comes back once
      Given the vault has asked for the cent back, and the card's issuer <fails>
      And 24 hours have passed
      When the buyer looks at the cards in the vault
      Then the cent of "Visa, approved" was given back once
      And the vault shows the link of "Visa, approved" as final only if its cent is back

      Examples:
        | fails                             |
        | refuses                           |
        | does not answer                   |
        | gives it back but sends no answer |

    Scenario Outline: The cent of a deleted card comes back once although the issuer fails
      Given the card's issuer <fails> when the vault asks for the cent back
      And the buyer has deleted the card "Visa, approved" in the vault
      And 24 hours have passed
      When the buyer looks at the cards in the vault
      Then the cent of "Visa, approved" was given back once

      Examples:
        | fails                             |
        | refuses                           |
        | does not answer                   |
        | gives it back but sends no answer |

  @C2.5
  Rule: A cent that the issuer has taken is refunded before the link is final

    Background:
      Given the issuer of the card "Visa, approved" has taken the cent

    Scenario: A cent that was taken is refunded once
      Given 24 hours have passed
      When the buyer looks at the cards in the vault
      Then the cent of "Visa, approved" was taken and refunded, once each
      And the vault shows the link of "Visa, approved" as final only if its cent is back
      And no cent counts as given back that its issuer still has

    Scenario: Deleting a card whose cent was taken refunds it once
      When the buyer deletes "Visa, approved" in the vault
      Then the vault lists no card
      And the cent of "Visa, approved" was taken and refunded, once each
      And no cent counts as given back that its issuer still has

    Scenario Outline: A refund that is asked for again is made once
      Given the vault has asked for the cent back, and the card's issuer <fails>
      And 24 hours have passed
      When the buyer looks at the cards in the vault
      Then the cent of "Visa, approved" was taken and refunded, once each
      And the vault shows the link of "Visa, approved" as final only if its cent is back

      Examples:
        | fails                             |
        | refuses                           |
        | does not answer                   |
        | gives it back but sends no answer |
