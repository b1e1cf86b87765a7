import { After, AfterAll, Before, BeforeAll, Given, setDefaultTimeout } from "@cucumber/cucumber";
import { chromium } from "@playwright/test";
import { SENTENCES } from "../sentences.mjs";
import { BROWSER, CONTEXT, Walk } from "../walk.mjs";

setDefaultTimeout(60_000);
let browser;

BeforeAll(async () => { browser = await chromium.launch(BROWSER); });
AfterAll(async () => { await browser.close(); });
Before(async function () {
  this.context = await browser.newContext(CONTEXT);
  this.walk = new Walk(await this.context.newPage());
});
After(async function () { await this.context.close(); });

for (const [sentence, act] of SENTENCES) {
  const step = function (...values) { return act(this.walk, ...values); };
  // cucumber-js counts the parameters, which the dots hide.
  Object.defineProperty(step, "length", { value: act.length - 1 });
  Given(sentence, step);
}
