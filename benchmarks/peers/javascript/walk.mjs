// Walk W1 with nothing but Playwright on Node: for Playwright Test, cucumber-js and playwright-bdd.
import { randomBytes, randomInt } from "node:crypto";
import { expect } from "@playwright/test";

// Each worker has its own stack of sites. Playwright Test and playwright-bdd number their workers by
// the first name, cucumber-js by the second.
const WORKER = Number(process.env.TEST_PARALLEL_INDEX ?? process.env.CUCUMBER_WORKER_ID ?? 0);
const STACKS = JSON.parse(process.env.WALK_STACKS);
const STACK = STACKS[WORKER % STACKS.length];
const HEADERS = { Authorization: `Bearer ${STACK.token}`, "Content-Type": "application/json" };

export const BROWSER = {
  executablePath: process.env.WALK_BROWSER,
  args: JSON.parse(process.env.WALK_BROWSER_ARGS),
};
export const CONTEXT = { viewport: { width: 1280, height: 800 }, locale: "en" };

export class Walk {
  constructor(page) {
    this.page = page;
    this.main = page.getByRole("main");
    this.heading = this.main.getByRole("heading", { level: 1 });
    this.code = this.main.getByLabel("Code from the message", { exact: true });
  }

  async openWallet() {
    this.phone = `+7916${String(randomInt(10 ** 7)).padStart(7, "0")}`;
    this.password = randomBytes(9).toString("base64url");
    const person = { phone: this.phone, password: this.password, name: "Ann Bell" };
    const answer = await fetch(`${STACK.wallet_on_loopback}/_control/buyers`, {
      method: "POST",
      headers: HEADERS,
      body: JSON.stringify({ ...person, balances: { RUB: 100000 } }),
    });
    if (!answer.ok) throw new Error(`no wallet was opened: ${answer.status}`);
  }

  async signIn() {
    await this.page.goto(STACK.wallet);
    await this.fillIn("Phone number", this.phone);
    await this.fillIn("Password", this.password);
    await this.press("Sign in");
  }

  async openInMenu(label) {
    await this.page.getByRole("navigation").getByRole("link", { name: label, exact: true }).click();
  }

  async seesCategories() {
    await expect(this.heading).toHaveText("What would you like to pay?");
    await expect(this.tile("Entertainment")).toBeVisible();
  }

  async openTile(caption) {
    await this.tile(caption).click();
  }

  async isOffered(group) {
    const payees = this.main.getByRole("list", { name: group, exact: true }).getByRole("link");
    await expect(payees.first()).toBeVisible();
  }

  async isOnPage(title) {
    await expect(this.heading).toHaveText(title);
  }

  async fillIn(label, value) {
    await this.main.getByLabel(label, { exact: true }).fill(value);
  }

  async press(label) {
    await this.button(label).or(this.main.getByRole("link", { name: label, exact: true })).click();
  }

  async sees(text) {
    await expect(this.main.getByText(text, { exact: true }).first()).toBeVisible();
  }

  async seesMoney(amount) {
    await expect(this.main.getByText(money(amount)).first()).toBeVisible();
  }

  async hasInAnotherTab(amount) {
    const tab = await this.page.context().newPage();
    await tab.goto(STACK.wallet);
    const balance = tab.getByRole("main").getByRole("region", { name: "Balance" });
    await expect(balance).toContainText(money(amount));
    await tab.close();
  }

  async hasGotCode() {
    await this.code.waitFor();
    await this.codeFromMessage();
  }

  async cannotPress(label) {
    await expect(this.button(label)).toBeDisabled();
  }

  async enterCode() {
    await this.code.fill(await this.codeFromMessage());
  }

  async hasReceipt(amount, payee) {
    const receipt = this.main.getByRole("article");
    await expect(receipt).toContainText(money(amount));
    await expect(receipt).toContainText(payee);
  }

  async holds(amount) {
    await this.page.goto(STACK.wallet);
    await expect(this.main.getByRole("region", { name: "Balance" })).toContainText(money(amount));
  }

  async codeFromMessage() {
    const query = new URLSearchParams({ phone: this.phone });
    const url = `${STACK.phone_on_loopback}/_control/messages?${query}`;
    const messages = await (await fetch(url, { headers: HEADERS })).json();
    return messages.at(-1).text.match(/(?<!\d)\d{6}(?!\d)/)[0];
  }

  button(label) {
    return this.main.getByRole("button", { name: label, exact: true });
  }

  tile(caption) {
    return this.main.getByRole("listitem").getByRole("link", { name: caption, exact: true });
  }
}

function money(amount) {
  const [whole, part] = amount.split(".");
  return new RegExp(`(?<!\\d)${Number(whole).toLocaleString("en").replace(",", ",?")}\\.${part}(?!\\d)`);
}
