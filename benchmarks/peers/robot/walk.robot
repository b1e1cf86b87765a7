*** Settings ***
Documentation       Walk W1, again and again. The rows at the end are written by benchmarks.contenders.

Library             Browser    enable_playwright_debug=disabled    retry_assertions_for=5s    run_on_failure=None
Library             buyers.py

Suite Setup         Open Browser Once
Test Setup          Open Fresh Context
Test Template       A Game Account Is Topped Up, Time ${number}


*** Variables ***
${WALLET}       %{WALK_WALLET}
&{WINDOW}       width=${1280}    height=${800}
${HEADING}      role=main >> role=heading[level=1]
${RECEIPT}      role=main >> role=article
${BALANCE}      role=main >> role=region[name="Balance"]


*** Keywords ***
A Game Account Is Topped Up, Time ${number}
    Given a buyer with 1000.00 RUB in the wallet
    Given the buyer is signed in to the wallet
    When the buyer opens "Pay" in the menu
    Then the wallet shows what can be paid, by category
    When the buyer chooses the category "Entertainment"
    Then the wallet offers "Games"
    And the wallet offers "Social networks"
    When the buyer opens the tile with the logo and the caption "Steam"
    Then the wallet shows the page "Steam"
    When the buyer fills in "Account name in the game system" with "night_owl_42"
    And the buyer fills in "Amount" with "150.00"
    And the buyer presses "Pay"
    Then the page shows "night_owl_42"
    And the page shows 150.00 RUB
    And nothing has been paid
    When the buyer presses "Confirm"
    Then a message with a code has arrived on the phone
    And the button "Confirm" cannot be pressed
    When the buyer enters the code from the message
    And the buyer presses "Confirm"
    Then the receipt shows 150.00 RUB for "Steam"
    And the wallet holds 850.00 RUB

Open Browser Once
    New Browser    chromium    executablePath=%{WALK_BROWSER}    args=%{WALK_BROWSER_ARGS}

Open Fresh Context
    New Context    viewport=${WINDOW}    locale=en
    New Page

A buyer with 1000.00 RUB in the wallet
    ${buyer} =    New Buyer
    VAR    ${BUYER}    ${buyer}    scope=TEST

The buyer is signed in to the wallet
    Go To    ${WALLET}
    The buyer fills in "Phone number" with "${BUYER.phone}"
    The buyer fills in "Password" with "${BUYER.password}"
    The buyer presses "Sign in"

The buyer opens "${label}" in the menu
    Click    role=navigation >> role=link[name="${label}"]

The wallet shows what can be paid, by category
    Get Text    ${HEADING}    ==    What would you like to pay?
    Wait For Elements State    role=main >> role=listitem >> role=link[name="Entertainment"]    visible

The buyer chooses the category "${caption}"
    Open Tile    ${caption}

The buyer opens the tile with the logo and the caption "${caption}"
    Open Tile    ${caption}

The wallet offers "${group}"
    Wait For Elements State    role=main >> role=list[name="${group}"] >> role=link >> nth=0    visible

The wallet shows the page "${title}"
    Get Text    ${HEADING}    ==    ${title}

The buyer fills in "${label}" with "${value}"
    ${field} =    Get Element By    Label    ${label}    exact=True
    Fill Text    ${field}    ${value}

The buyer presses "${label}"
    Click    css=main :is(button, a):text-is("${label}")

The page shows "${text}"
    Wait For Elements State    role=main >> text="${text}" >> nth=0    visible

The page shows ${amount} RUB
    ${money} =    Money    ${amount}
    Wait For Elements State    role=main >> text=/${money}/ >> nth=0    visible

Nothing has been paid
    New Page    ${WALLET}
    Balance Is    1000.00
    Close Page

A message with a code has come to the phone
    ${field} =    Get Element By    Label    Code from the message    exact=True
    Wait For Elements State    ${field}    visible
    Code For    ${BUYER}

The button "${label}" cannot be pressed
    Wait For Elements State    role=main >> role=button[name="${label}"]    disabled

The buyer enters the code from the message
    ${code} =    Code For    ${BUYER}
    The buyer fills in "Code from the message" with "${code}"

The receipt shows ${amount} RUB for "${payee}"
    ${money} =    Money    ${amount}
    Get Text    ${RECEIPT}    matches    ${money}
    Get Text    ${RECEIPT}    contains    ${payee}

The wallet holds ${amount} RUB
    Go To    ${WALLET}
    Balance Is    ${amount}

Balance Is
    [Arguments]    ${amount}
    ${money} =    Money    ${amount}
    Get Text    ${BALANCE}    matches    ${money}

Open Tile
    [Arguments]    ${caption}
    Click    role=main >> role=listitem >> role=link[name="${caption}"]


*** Test Cases ***
