// What a phone fetches after the first screen: modules for other screens, when they cannot be had, and when they are here.

import { expect, test } from "./hall.ts";

const DESK = /split_desk/;

test("a screen whose module cannot be fetched says so in words, and comes as soon as it can be", async ({ hall }) => {
  const facilitator = await hall.facilitator({ opens: false });
  await facilitator.context.route(DESK, (route) => route.abort());
  await facilitator.goto();
  const { page } = facilitator;
  await expect(page.getByRole("heading", { name: "Siden er ikke hentet endnu" })).toBeVisible();
  await facilitator.axe();
  await facilitator.screenshot("not-fetched");
  // Pressed in vain, it still says so.
  await page.getByTestId("fetch-again").click();
  await expect(page.getByTestId("not-fetched")).toBeVisible();
  await facilitator.context.unroute(DESK);
  await expect(page.getByTestId("lead")).toBeVisible();
});

test("a relay that has become newer, and has no such module, leads to the newer app", async ({ hall }) => {
  const facilitator = await hall.facilitator({ opens: false });
  let isNewer = false;
  await facilitator.context.route(DESK, (route) => (isNewer ? route.continue() : route.fulfill({ status: 404 })));
  await facilitator.goto();
  await expect(facilitator.page.getByTestId("not-fetched")).toBeVisible();
  facilitator.page.on("framenavigated", () => (isNewer = true));
  await Promise.all([facilitator.page.waitForEvent("load"), facilitator.page.getByTestId("fetch-again").click()]);
  await expect(facilitator.page.getByTestId("lead")).toBeVisible();
});

test("after the first visit also the screens that were never opened come without a network", async ({ hall }) => {
  const phone = await hall.participant();
  await phone.join("Amina");
  await phone.opensOffline();
  await phone.offline(async () => {
    await phone.page.getByTestId("read-tool").first().click();
    await expect(phone.page.getByTestId("read")).toBeVisible();
    await phone.page.getByTestId("back").click();
    await phone.page.getByTestId("result").first().click();
    await expect(phone.page.getByTestId("result-form")).toBeVisible();
    await phone.page.goto(new URL("/#/new", phone.link).href);
    await expect(phone.page.getByTestId("tool-A1")).toBeVisible();
  });
});
