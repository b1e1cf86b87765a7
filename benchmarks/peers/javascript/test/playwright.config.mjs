import { defineConfig } from "@playwright/test";
import { BROWSER, CONTEXT } from "../walk.mjs";

export default defineConfig({
  fullyParallel: true,
  timeout: 60_000,
  reporter: "line",
  use: { ...CONTEXT, launchOptions: BROWSER },
});
