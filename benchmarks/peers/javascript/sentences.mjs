// The sentences of walk.feature and what each does, for cucumber-js and playwright-bdd.
export const SENTENCES = [
  [/^a buyer with 1000\.00 RUB in the wallet$/, (walk) => walk.openWallet()],
  [/^the buyer is signed in to the wallet$/, (walk) => walk.signIn()],
  [/^the buyer opens "([^"]*)" in the menu$/, (walk, label) => walk.openInMenu(label)],
  [/^the wallet shows what can be paid, by category$/, (walk) => walk.seesCategories()],
  [/^the buyer chooses the category "([^"]*)"$/, (walk, caption) => walk.openTile(caption)],
  [/^the wallet offers "([^"]*)"$/, (walk, group) => walk.isOffered(group)],
  [
    /^the buyer opens the tile with the logo and the caption "([^"]*)"$/,
    (walk, caption) => walk.openTile(caption),
  ],
  [/^the wallet shows the page "([^"]*)"$/, (walk, title) => walk.isOnPage(title)],
  [
    /^the buyer fills in "([^"]*)" with "([^"]*)"$/,
    (walk, label, value) => walk.fillIn(label, value),
  ],
  [/^the buyer presses "([^"]*)"$/, (walk, label) => walk.press(label)],
  [/^the page shows "([^"]*)"$/, (walk, text) => walk.sees(text)],
  [/^the page shows (\d+\.\d\d) RUB$/, (walk, amount) => walk.seesMoney(amount)],
  [/^nothing has been paid$/, (walk) => walk.hasInAnotherTab("1000.00")],
  [/^a message with a code has arrived on the phone$/, (walk) => walk.hasGotCode()],
  [/^the button "([^"]*)" cannot be pressed$/, (walk, label) => walk.cannotPress(label)],
  [/^the buyer enters the code from the message$/, (walk) => walk.enterCode()],
  [
    /^the receipt shows (\d+\.\d\d) RUB for "([^"]*)"$/,
    (walk, amount, payee) => walk.hasReceipt(amount, payee),
  ],
  [/^the wallet holds (\d+\.\d\d) RUB$/, (walk, amount) => walk.holds(amount)],
];
