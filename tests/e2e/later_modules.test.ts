// What a phone fetches after the first screen: modules for other screens, when they cannot be had, and when they are here.

import { expect, test } from "./hall.ts";

const DESK = /split_desk/;
const KINDS = /split_kinds/;
const STYLE = /later\.\w+\.css/;

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

test("a screen without its style is not drawn, and comes as soon as it can be fetched", async ({ hall }) => {
  const facilitator = await hall.facilitator({ opens: false });
  await facilitator.context.route(STYLE, (route) => route.abort());
  await facilitator.goto();
  const { page } = facilitator;
  await page.getByTestId("fetch-again").click();
  await expect(page.getByTestId("not-fetched")).toBeVisible();
  await expect(page.getByTestId("lead")).toHaveCount(0);
  await facilitator.context.unroute(STYLE);
  await expect(page.getByTestId("lead")).toBeVisible();
  await expect(page.getByTestId("lead")).toHaveCSS("display", "grid");
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

test("questions whose module cannot be fetched are said to be missing, and come as soon as they can be had", async ({ hall }) => {
  await hall.workshop({ tools: ["A1", "E17"] });
  const phone = await hall.participant({ opens: false });
  await phone.context.route(KINDS, (route) => route.abort());
  await phone.goto();
  await phone.join("Amina");
  await phone.openOverview();
  const { page } = phone;
  await expect(page.getByTestId("kinds-not-fetched")).toContainText("Spørgsmålene er ikke hentet endnu");
  // What came with the app can be answered meanwhile.
  await expect(page.getByTestId("step-now")).toBeVisible();
  await expect(page.getByTestId("step-mark")).toHaveCount(0);
  await phone.axe();
  await phone.screenshot("kinds-not-fetched");
  await phone.context.unroute(KINDS);
  await page.getByTestId("fetch-again").click();
  await expect(page.getByTestId("step-mark")).toBeVisible();
  await expect(page.getByTestId("kinds-not-fetched")).toHaveCount(0);
  await phone.open("mark");
  await expect(page.getByTestId("mark-7")).toBeVisible();
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
