import { test as base, createBdd } from "playwright-bdd";
import { SENTENCES } from "../sentences.mjs";
import { Walk } from "../walk.mjs";

export const test = base.extend({
  walk: async ({ page }, use) => { await use(new Walk(page)); },
});
const { Given, When, Then } = createBdd(test);

for (const [sentence, act] of SENTENCES) {
  const step = ({ walk }, ...values) => act(walk, ...values);
  // playwright-bdd counts the parameters, which the dots hide.
  Object.defineProperty(step, "length", { value: act.length });
  Given(sentence, step);
}
