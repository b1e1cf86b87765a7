@C3 @mobile
Feature: Linking a card in the mobile version: failures
  The same failures on a phone: the vault or the issuer does not answer, a card is declined, a
  product is no longer sold.

  Background:
    Given the buyer has an account with the shop
    And the buyer is signed in to the shop
    And the buyer is at the form for a new card with "Felt slippers"

  @C3.5
  Rule: A card is linked once, or not at all

    Scenario Outline: A declined card is not linked, whatever the reason
      When the buyer links the card "<card>" on the phone
      Then the shop says that the card was declined
      And no card is linked

      Examples:
        | card                     |
        | Visa, insufficient funds |
        | Visa, lost               |
        | Mastercard, issuer down  |

    Scenario: If the issuer does not answer, no cent is held
      Given the card's issuer does not answer
      When the buyer links the card "Visa, approved" on the phone
      Then the shop says that the card was declined
      And no cent was ever held

    Scenario Outline: The shop says that the vault has not answered
      Given the vault <fails> on the shop's next request
      When the buyer links the card "Visa, approved" on the phone
      Then the page says "The card vault has not answered"

      Examples:
        | fails                             |
        | is down                           |
        | does its work but sends no answer |

    Scenario Outline: Sending the form again links the card once
      Given the vault <fails> on the shop's next request
      And the buyer has linked the card "Visa, approved" on the phone
      When the buyer links the card "Visa, approved" on the phone
      Then the card "Visa, approved" is chosen
      And 1 card is linked

      Examples:
        | fails                             |
        | is down                           |
        | does its work but sends no answer |

    Scenario: If the session has ended, nothing is linked
      Given the buyer's session with the shop has ended
      When the buyer links the card "Visa, approved" on the phone
      And the buyer signs in again
      Then no card is linked
      And the buyer has no order

  @C3.6
  Rule: A purchase takes the money once, or not at all

    Background:
      Given the buyer has linked the card "Visa, approved" on the phone

    Scenario: If the issuer does not answer, nothing is ordered
      Given the card's issuer does not answer
      When the buyer buys with the chosen card
      Then the shop says that the card was declined
      And the buyer has no order

    Scenario: If the vault's answer is lost, the order is paid once
      Given the vault does its work but sends no answer on the shop's next request
      When the buyer buys with the chosen card
      Then the shop shows the order as paid
      And the shop has taken the money once

    Scenario: A sold-out product cannot be paid for
      Given "Felt slippers" is no longer sold
      When the buyer buys with the chosen card
      Then the page says "can no longer be bought here"
      And the buyer has no order

    Scenario: A buyer can buy after leaving and coming back
      When the buyer leaves and comes back
      And the buyer buys with the chosen card
      Then the shop shows the order as paid
      And the buyer has 1 order

  @C3.5
  Rule: A buyer who gets no answer to Done and tries again links the card once

    Scenario Outline: Linking again after a lost answer links the card once
      Given the shop <fails> on the buyer's next press
      And the buyer has linked the card "Visa, approved" on the phone without an answer
      When the buyer tries again <how>
      Then 1 card is linked

      Examples:
        | fails                             | how                   |
        | does its work but sends no answer | after going back      |
        | does its work but sends no answer | by reloading the page |
        | does its work but sends no answer | in another tab        |
        | is down                           | after going back      |
        | answers with an error             | by reloading the page |

  @C3.6
  Rule: A buyer who gets no answer to the payment and tries again pays once

    Background:
      Given the buyer has linked the card "Visa, approved" on the phone

    Scenario Outline: Buying again after a lost answer pays once
      Given the shop <fails> on the buyer's next press
      And the buyer has bought with the chosen card without an answer
      When the buyer tries again <how>
      Then only the card "Visa, approved" was charged, and once
      And the buyer has 1 order

      Examples:
        | fails                             | how                   |
        | does its work but sends no answer | after going back      |
        | does its work but sends no answer | by reloading the page |
        | does its work but sends no answer | in another tab        |
        | is down                           | after going back      |
        | answers with an error             | by reloading the page |
