// A new version of the app is offered, never forced.

import { expect, test } from "./hall.ts";
import type { NewVersion } from "./new_version.ts";
import { panic } from "./panic.ts";
import { PhonePage } from "./phone_page.ts";

const NEXT = "ffffffffffffffff";

async function build(phone: PhonePage): Promise<string> {
  return (await phone.page.locator("meta[name=dialogtavle-build]").getAttribute("content")) ?? "";
}

async function update(phone: PhonePage, state: "none" | "waiting" | "taken"): Promise<void> {
  await expect(phone.page.locator("html")).toHaveAttribute("data-update", state);
}

// A newer version has come to this phone, and waits.
async function newerWaits(version: NewVersion, phone: PhonePage): Promise<void> {
  version.publish(await build(phone), NEXT);
  await phone.reload();
  await update(phone, "waiting");
}

// A newer version comes while this tab is open, since the app is opened in another.
async function newerComes(version: NewVersion, phone: PhonePage): Promise<PhonePage> {
  version.publish(await build(phone), NEXT);
  const second = new PhonePage(phone.context, await phone.context.newPage(), new URL("/", phone.link).href);
  await second.goto();
  for (const tab of [phone, second]) await update(tab, "waiting");
  return second;
}

async function takesIt(phone: PhonePage): Promise<void> {
  await Promise.all([phone.page.waitForEvent("load"), phone.page.getByTestId("update-go").click()]);
  await phone.isStarted();
  expect(await build(phone)).toBe(NEXT);
  await update(phone, "none");
  await expect(phone.page.getByTestId("update")).toHaveCount(0);
}

test("a new version waits until the person chooses it", async ({ hall }) => {
  const version = await hall.newVersion();
  const phone = await hall.visitor({ line: version });
  await phone.opensOffline();
  await update(phone, "none");
  await expect(phone.page.getByTestId("update")).toHaveCount(0);

  const before = await build(phone);
  await newerWaits(version, phone);
  await phone.reload();
  expect(await build(phone)).toBe(before);
  await update(phone, "waiting");
  await phone.axe();

  await takesIt(phone);
  const caches = await phone.page.evaluate(async () => (await globalThis.caches.keys()).filter((name) => name.startsWith("dialogtavle-")));
  expect(caches).toEqual([`dialogtavle-${NEXT}`]);
});

test("a tab that is open when another takes the new version is told so, and goes on", async ({ hall }) => {
  const version = await hall.newVersion();
  const phone = await hall.visitor({ line: version });
  await phone.opensOffline();
  const before = await build(phone);
  const second = await newerComes(version, phone);
  await takesIt(second);
  await phone.page.bringToFront();
  await update(phone, "taken");
  expect(await build(phone)).toBe(before);
  await expect(phone.page.getByTestId("update")).toContainText("En anden fane har skiftet til en ny udgave.");
  await phone.axe();
  await takesIt(phone);
});

test("whoever is writing loses nothing by taking the new version, also without a network", async ({ hall }) => {
  const version = await hall.newVersion();
  const [phone, other] = [await hall.participant({ line: version }), await hall.participant()];
  await phone.join("Amina");
  await phone.opensOffline();
  await phone.open("now");
  await phone.place(3);
  const draft = await phone.openWriter();
  await draft.fill("Ikke ");
  await (await newerComes(version, phone)).page.close();
  await phone.page.bringToFront();
  await phone.offline(async () => {
    await draft.press("End");
    await draft.pressSequentially("færdig");
    await phone.page.getByTestId("note-later").click();
    await phone.place(4);
    await phone.open("time-frame");
    // The cursor still stands in the field.
    await phone.timeWords.pressSequentially("inden påske");
    await takesIt(phone);

    await expect(phone.timeWords).toHaveValue("inden påske");
    await phone.seesSyncWord("2 ikke sendt");
    await phone.open("now");
    await phone.standsOn(4);
    await phone.place(3);
    await expect(await phone.openWriter()).toHaveValue("Ikke færdig");
    await phone.page.getByTestId("note-add").click();
    await phone.seesNote("Ikke færdig");
  });
  await phone.tryNow();
  await phone.everythingIsReceived();
  await other.join("Bo");
  await other.open("time-frame");
  await expect(other.timeWords).toHaveValue("inden påske");
  await other.open("now");
  await other.place(3);
  await other.seesPeople(3, 2);
  await other.seesNote("Ikke færdig");
});

test("the offer of a new version lies over nothing that one presses", async ({ hall }) => {
  const version = await hall.newVersion();
  const phone = await hall.participant({ line: version });
  await phone.join("Amina");
  await phone.opensOffline();
  await phone.open("now");
  await phone.place(3);
  await newerWaits(version, phone);
  await expect(phone.page.getByTestId("update")).toBeVisible();
  await phone.screenshot("update-bar");
  const under = await phone.page.evaluate(() => {
    const box = (name: string): DOMRect | undefined => document.querySelector(name)?.getBoundingClientRect();
    const [bar, buttons] = [box(".update-bar"), box(".phone__buttons")];
    return bar && buttons && Math.min(bar.bottom, buttons.bottom) - Math.max(bar.top, buttons.top);
  });
  expect(under, "px of the phone's buttons that lie under it").toBeLessThanOrEqual(0);
});

test("whoever is writing puts the new version off, and goes on", async ({ hall }) => {
  const version = await hall.newVersion();
  const phone = await hall.participant({ line: version });
  const before = await build(phone);
  await phone.join("Amina");
  await phone.opensOffline();
  await newerWaits(version, phone);
  await phone.open("time-frame");
  await phone.timeWords.pressSequentially("inden ");
  await phone.page.getByTestId("update-later").click();
  await expect(phone.page.getByTestId("update")).toHaveCount(0);
  await phone.timeWords.press("End");
  await phone.timeWords.pressSequentially("påske");
  await expect(phone.timeWords).toHaveValue("inden påske");
  await phone.everythingIsReceived();
  expect(await build(phone)).toBe(before);
  // It is offered again when the app is next opened.
  await phone.reload();
  await expect(phone.page.getByTestId("update")).toBeVisible();
  await expect(phone.timeWords).toHaveValue("inden påske");
});

test("safe mode takes the new version, which may be the mend", async ({ hall }) => {
  hall.mayPanic = true;
  const version = await hall.newVersion();
  const phone = await hall.visitor({ line: version });
  await phone.opensOffline();
  await newerWaits(version, phone);
  await Promise.all([phone.page.waitForEvent("load"), panic(phone.page)]);
  await update(phone, "waiting");
  await panic(phone.page);
  await phone.page.getByTestId("safe-mode").getByRole("button", { name: "Prøv igen" }).click();
  await expect(phone.page.locator("meta[name=dialogtavle-build]")).toHaveAttribute("content", NEXT);
  await phone.isStarted();
});
