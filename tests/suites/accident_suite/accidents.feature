Feature: Accidents
  It is run by test_accidents.py, not by itself.

  @W1.1
  Rule: A process dies

    Scenario Outline: It happens to <victim>
      Given the wallet is open
      When <victim> dies
      Then <what>

      Examples:
        | victim      | what                     |
        | the browser | there is a heading       |
        | the browser | there is another heading |
        | the driver  | there is a heading       |
        | the driver  | there is another heading |
        | a site      | there is a heading       |

    Scenario Outline: Nobody notices that <victim> dies
      Given the wallet is open
      When <victim> dies

      Examples:
        | victim      |
        | the browser |
        | the driver  |
        | a site      |
        | the supervisor |

    Scenario: The next one
      Given the wallet is open
      Then there is a heading

  @W1.2
  Rule: What pytest is told

    Scenario: The run ends
      When the run is to end

    Scenario: A known failure
      When it is expected to fail

  @W1.3
  Rule: What a step is given

    Scenario: Arguments
      Given the wallet is open
      When the buyer reads:
        | name     | value          |
        | password | in-the-table-1 |
      And the buyer says:
        """
        Two lines,
        the second one
        """
      Then there is another heading
