import { defineConfig } from "@playwright/test";
import { defineBddConfig } from "playwright-bdd";
import { BROWSER, CONTEXT } from "../walk.mjs";

const testDir = defineBddConfig({
  features: process.env.WALK_FEATURE,
  featuresRoot: process.env.WALK_FOLDER,
  steps: "steps.mjs",
  outputDir: "generated",
});

export default defineConfig({
  testDir,
  fullyParallel: true,
  timeout: 60_000,
  reporter: "line",
  use: { ...CONTEXT, launchOptions: BROWSER },
});
