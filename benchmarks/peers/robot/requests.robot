*** Settings ***
Documentation       Walk W1, again and again, with RequestsLibrary. The bench adds the rows at the end.

Library             RequestsLibrary
Library             buyers.py
Library             html_pages.HtmlPages
Resource            walk.resource

Test Setup          Open Fresh Session
Test Template       A Game Account Is Topped Up, Time ${number}


*** Variables ***
&{ENGLISH}      Accept-Language=en


*** Keywords ***
Open Fresh Session
    ${wallet} =    Wallet On Loopback
    Create Session    wallet    ${wallet}    headers=${ENGLISH}

A buyer with 1000.00 RUB in the wallet
    ${buyer} =    New Buyer
    VAR    ${BUYER}    ${buyer}    scope=TEST

The buyer is signed in to the wallet
    Open    /
    Fill In    Phone number    ${BUYER.phone}
    Fill In    Password    ${BUYER.password}
    The buyer presses "Sign in"

The buyer opens "${label}" in the menu
    ${path} =    Menu Link    ${label}
    Open    ${path}

The wallet shows what can be paid, by category
    Heading Should Be    What would you like to pay?
    Tile Link    Entertainment

The buyer chooses the category "${caption}"
    Open Tile    ${caption}

The buyer opens the tile with the logo and the caption "${caption}"
    Open Tile    ${caption}

The wallet offers "${group}"
    Group Should Have A Link    ${group}

The wallet shows the page "${title}"
    Heading Should Be    ${title}

The buyer fills in "${label}" with "${value}"
    Fill In    ${label}    ${value}

The buyer presses "${label}"
    ${sent} =    Submission    ${label}
    ${answer} =    POST On Session    wallet    ${sent.url}    data=${sent.data}
    Read Page    ${answer}

The page shows "${text}"
    Page Should Show    ${text}

The page shows ${amount} RUB
    ${money} =    Money    ${amount}
    Page Should Say    ${money}

Nothing has been paid
    Home Page Should Hold    1000.00

A message with a code has arrived on the phone
    Code For    ${BUYER}

The button "${label}" cannot be pressed
    Field Should Be Required    Code from the message

The buyer enters the code from the message
    ${code} =    Code For    ${BUYER}
    Fill In    Code from the message    ${code}

The receipt shows ${amount} RUB for "${payee}"
    ${money} =    Money    ${amount}
    ${receipt} =    Article
    Should Match Regexp    ${receipt}    ${money}
    Should Contain    ${receipt}    ${payee}

The wallet holds ${amount} RUB
    Home Page Should Hold    ${amount}

Open
    [Arguments]    ${path}
    ${answer} =    GET On Session    wallet    ${path}
    Read Page    ${answer}

Open Tile
    [Arguments]    ${caption}
    ${path} =    Tile Link    ${caption}
    Open    ${path}

Home Page Should Hold
    [Arguments]    ${amount}
    ${answer} =    GET On Session    wallet    /
    ${balance} =    Balance On    ${answer}
    ${money} =    Money    ${amount}
    Should Match Regexp    ${balance}    ${money}


*** Test Cases ***
