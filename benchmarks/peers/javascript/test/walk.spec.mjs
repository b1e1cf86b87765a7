import { test } from "@playwright/test";
import { Walk } from "../walk.mjs";

for (let number = 0; number < Number(process.env.WALK_COUNT); number++) {
  test(`a game account is topped up, time ${number}`, async ({ page }) => {
    const walk = new Walk(page);
    await walk.openWallet();
    await walk.signIn();
    await walk.openInMenu("Pay");
    await walk.seesCategories();
    await walk.openTile("Entertainment");
    await walk.isOffered("Games");
    await walk.isOffered("Social networks");
    await walk.openTile("Steam");
    await walk.isOnPage("Steam");
    await walk.fillIn("Account name in the game system", "night_owl_42");
    await walk.fillIn("Amount", "150.00");
    await walk.press("Pay");
    await walk.sees("night_owl_42");
    await walk.seesMoney("150.00");
    await walk.hasInAnotherTab("1000.00");
    await walk.press("Confirm");
    await walk.hasGotCode();
    await walk.cannotPress("Confirm");
    await walk.enterCode();
    await walk.press("Confirm");
    await walk.hasReceipt("150.00", "Steam");
    await walk.holds("850.00");
  });
}
