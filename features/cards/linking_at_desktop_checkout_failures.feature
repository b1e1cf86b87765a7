@C1
Feature: Linking a card at the shop's desktop checkout: failures
  A card may be declined, the issuer or the vault may not answer, a product or its price may
  change. No card is linked twice, no order is paid twice, and the buyer learns if a result is not
  known yet.

  Background:
    Given the buyer has an account with the shop
    And the buyer is signed in to the shop
    And the buyer is at the checkout with "Felt slippers"

  @C1.5
  Rule: A declined card is not charged, at any step

    Background:
      Given the buyer has given an address for the delivery

    Scenario Outline: Paying with a declined card places no order
      When the buyer pays with the card "<card>" without saving it
      Then the shop says that the card was declined
      And the buyer has no order

      Examples:
        | card                      |
        | Visa, declined            |
        | Visa, insufficient funds  |
        | Visa, expired             |
        | Visa, wrong security code |
        | Visa, lost                |
        | Mastercard, issuer down   |

    Scenario: The address is kept when a card is declined
      When the buyer pays with the card "Visa, declined" without saving it
      And the buyer leaves and comes back
      Then "City" still holds "Kazan"

    Scenario: Signing in again restores the address
      Given the buyer's session with the shop has ended
      When the buyer pays with the card "Visa, approved" without saving it
      And the buyer signs in again
      Then "City" still holds "Kazan"
      And the buyer has no order

    Scenario: If the issuer does not answer, the card is not linked
      Given the card's issuer does not answer
      When the buyer saves the card "Visa, approved"
      Then the shop says that the card was declined
      And no card is linked
      And no cent was ever held

    Scenario: Once the issuer answers, the card is linked
      Given the card's issuer does not answer
      And the buyer has saved the card "Visa, approved"
      When the buyer saves the card "Visa, approved"
      Then the card "Visa, approved" is linked

    Scenario: If the issuer does not answer, a linked card places no order
      Given the buyer has saved the card "Visa, approved"
      And the card's issuer does not answer
      When the buyer confirms the order
      Then the shop says that the card was declined
      And the buyer has no order

  @C1.5
  Rule: If the vault fails, nothing is linked twice and nothing is paid twice

    Background:
      Given the buyer has given an address for the delivery

    Scenario Outline: The shop says that the vault has not answered
      Given the vault <fails> on the shop's next request
      When the buyer saves the card "Visa, approved"
      Then the page says "The card vault has not answered"

      Examples:
        | fails                             |
        | is down                           |
        | answers with an error             |
        | sends half an answer              |
        | does its work but sends no answer |

    Scenario Outline: Sending the form again links the card once
      Given the vault <fails> on the shop's next request
      And the buyer has saved the card "Visa, approved"
      When the buyer saves the card "Visa, approved"
      Then the card "Visa, approved" is linked
      And 1 card is linked

      Examples:
        | fails                             |
        | is down                           |
        | answers with an error             |
        | sends half an answer              |
        | does its work but sends no answer |

    Scenario Outline: A payment without an answer is checked
      Given the vault <fails> on every request from the shop
      When the buyer pays with the card "Visa, approved" without saving it
      Then the page says "The payment is being checked"

      Examples:
        | fails                             |
        | is down                           |
        | does its work but sends no answer |

    Scenario: A payment whose answer was lost pays for the order once
      Given the vault does its work but sends no answer on the shop's next request
      When the buyer pays with the card "Visa, approved" without saving it
      Then the shop shows the order as paid
      And the shop has taken the money once

    Scenario: A payment that never reached the vault fails and places no order
      Given the vault is down on the shop's next request
      When the buyer pays with the card "Visa, approved" without saving it
      And 30 seconds have passed
      Then the shop says that the payment failed
      And the buyer has no order

    Scenario: With a slow issuer every payment taken has its order
      When the buyer pays with the card "Mastercard, slow" without saving it while 31 seconds pass
      Then every payment that was taken has its order

  @C1.5
  Rule: A card pays only the amount that was shown, and only once

    Background:
      Given the buyer has given an address for the delivery
      And the buyer has saved the card "Visa, approved"

    Scenario: A sold-out product cannot be paid for
      Given "Felt slippers" is no longer sold
      When the buyer confirms the order
      Then the page says "can no longer be bought here"
      And the buyer has no order

    Scenario: A new price is shown before anything is paid
      Given the price of "Felt slippers" has become 1290.00 RUB
      When the buyer confirms the order
      Then the page says "Nothing has been ordered yet."
      And the buyer has no order

    Scenario Outline: An amount that every issuer declines is not paid
      Given the price of "Felt slippers" has become <amount> RUB
      When the buyer confirms the order
      And the buyer confirms the order
      Then the shop says that the card was declined
      And the buyer has no order

      Examples:
        | amount |
        | 402.03 |
        | 404.05 |

    Scenario: A double press pays once
      When the buyer confirms the order by a double press
      Then the shop shows the order as paid
      And the shop has taken the money once
      And the buyer has 1 order

    Scenario: Going back after paying shows the order
      When the buyer confirms the order
      And the buyer goes back
      Then the shop shows the order as paid
      And the buyer has 1 order

  @C1.7
  Rule: After an interruption the buyer can continue the checkout

    Scenario: A buyer can link a card after leaving and coming back
      When the buyer leaves and comes back
      And the buyer saves the card "Visa, approved"
      Then the card "Visa, approved" is linked

    Scenario: If the session has ended, nothing is linked or ordered
      Given the buyer's session with the shop has ended
      When the buyer saves the card "Visa, approved"
      And the buyer signs in again
      Then no card is linked
      And the buyer has no order

  @C1.5
  Rule: A buyer who gets no answer and tries again links the card once and pays once

    Background:
      Given the buyer has given an address for the delivery

    Scenario Outline: Saving the card again after a lost answer links it once
      Given the shop <fails> on the buyer's next press
      And the buyer has saved the card "Visa, approved" without an answer
      When the buyer tries again <how>
      Then the card "Visa, approved" is linked
      And 1 card is linked

      Examples:
        | fails                             | how                   |
        | does its work but sends no answer | after going back      |
        | does its work but sends no answer | by reloading the page |
        | does its work but sends no answer | in another tab        |
        | is down                           | after going back      |
        | answers with an error             | by reloading the page |

    Scenario Outline: Paying again after a lost answer pays once
      Given the shop <fails> on the buyer's next press
      And the buyer has paid with the card "Visa, approved" without saving it and without an answer
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
