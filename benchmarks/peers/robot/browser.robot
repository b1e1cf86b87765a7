*** Settings ***
Documentation       Walk W1, again and again, with the Browser library. The bench adds the rows at the end.

Library             Browser    enable_playwright_debug=disabled    retry_assertions_for=5s    run_on_failure=None
Library             buyers.py
Resource            walk.resource

Suite Setup         Open Browser Once
Test Setup          Open Fresh Context
Test Template       A Game Account Is Topped Up, Time ${number}


*** Variables ***
&{WINDOW}       width=${1280}    height=${800}
${HEADING}      role=main >> role=heading[level=1]
${RECEIPT}      role=main >> role=article
${BALANCE}      role=main >> role=region[name="Balance"]


*** Keywords ***
Open Browser Once
    New Browser    chromium    executablePath=%{WALK_BROWSER}    args=%{WALK_BROWSER_ARGS}

Open Fresh Context
    New Context    viewport=${WINDOW}    locale=en
    New Page

A buyer with 1000.00 RUB in the wallet
    ${buyer} =    New Buyer
    VAR    ${BUYER}    ${buyer}    scope=TEST

The buyer is signed in to the wallet
    ${address} =    Wallet Address
    Go To    ${address}
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
    ${address} =    Wallet Address
    New Page    ${address}
    Balance Is    1000.00
    Close Page

A message with a code has arrived on the phone
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
    ${address} =    Wallet Address
    Go To    ${address}
    Balance Is    ${amount}

Balance Is
    [Arguments]    ${amount}
    ${money} =    Money    ${amount}
    Get Text    ${BALANCE}    matches    ${money}

Open Tile
    [Arguments]    ${caption}
    Click    role=main >> role=listitem >> role=link[name="${caption}"]


*** Test Cases ***
