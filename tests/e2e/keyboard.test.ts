// Whoever uses the keyboard or a screen reader is at the new screen when it comes, and never at the top of nothing.

import type { Locator, Page } from "@playwright/test";
import { expect, test } from "./hall.ts";

// The screen's heading has the focus, so that it is read aloud.
async function isAtHeading(page: Page, words: string | RegExp): Promise<void> {
  await expect(page.locator("h1:focus, h2:focus")).toHaveText(words);
}

// Of all levels this is the one that the tab key stops at.
async function isReachedByTab(level: Locator): Promise<void> {
  await level.page().keyboard.press("Tab");
  await expect(level).not.toBeFocused();
  await level.page().keyboard.press("Shift+Tab");
  await expect(level).toBeFocused();
  await expect(level.page().locator("[role=radio][tabindex='0']")).toHaveCount(1);
}

test("each screen begins at its heading, and the first one where the browser begins", async ({ hall }) => {
  const { links } = await hall.workshop();
  const phone = await hall.visitor();
  const { page } = phone;
  await page.getByTestId("home").waitFor();
  await page.keyboard.press("Tab");
  await expect(page.locator(".skip")).toBeFocused();

  await page.getByTestId("tools").press("Enter");
  await isAtHeading(page, "Vælg jeres samtale");
  await page.getByTestId("read-A1").press("Enter");
  await expect(page.getByTestId("read")).toBeVisible();
  await isAtHeading(page, "Organisatorisk og social støtte");
  await page.goBack();
  await isAtHeading(page, "Vælg jeres samtale");
  await page.goBack();
  await isAtHeading(page, /Tal om det, der betyder noget/);
  await page.getByTestId("link").fill(links.participant);
  await page.getByTestId("link").press("Enter");
  await isAtHeading(page, "Støtte i hverdagen");
  await page.getByTestId("join-name").fill("Amina");
  await page.getByTestId("join-name").press("Enter");
  await phone.hasJoined();
  await isAtHeading(page, "Støtte i hverdagen");
  await page.getByTestId("result").first().press("Enter");
  await expect(page.getByTestId("result-form")).toBeVisible();
  await isAtHeading(page, "Støtte i hverdagen");
  await page.evaluate(() => (location.hash = "#/nowhere"));
  await isAtHeading(page, "Siden findes ikke");
});

test("a level is chosen by the keys alone, and only what is chosen reaches the others", async ({ hall }) => {
  const [phone, other] = [await hall.participant(), await hall.participant()];
  const { page } = phone;
  for (const [one, name] of [[phone, "Amina"], [other, "Bo"]] as const) {
    await one.join(name);
    await one.open("now");
  }
  const ladder = page.getByRole("radiogroup", { name: /Hvor er vi/ });
  await expect(ladder.getByRole("radio")).toHaveCount(5);
  await isAtHeading(page, /Hvor er vi/);
  await page.keyboard.press("Tab");
  await expect(phone.level(5)).toBeFocused();

  // On the way nothing is chosen: everybody would see it.
  await page.keyboard.press("ArrowDown");
  await page.keyboard.press("ArrowRight");
  await expect(phone.level(3)).toBeFocused();
  await phone.standsNowhere();
  await page.keyboard.press("Space");
  await phone.standsOn(3);
  await other.seesPeople(3, 1);

  await page.keyboard.press("ArrowUp");
  await page.keyboard.press("ArrowLeft");
  await expect(phone.level(5)).toBeFocused();
  await phone.standsOn(3);
  // Past the highest comes the lowest.
  await page.keyboard.press("ArrowUp");
  await expect(phone.level(1)).toBeFocused();
  await page.keyboard.press("Enter");
  await phone.standsOn(1);
  await other.seesPeople(3, 0);
  await other.seesPeople(1, 1);

  // The tab key leads back to where one stands, and the same key takes it back.
  await isReachedByTab(phone.level(1));
  await page.keyboard.press("Space");
  await phone.standsNowhere();
  await expect(phone.level(1)).toBeFocused();
  await other.seesPeople(1, 0);
});

test("the focus stays beside what was taken away", async ({ hall }) => {
  const phone = await hall.participant();
  const { page } = phone;
  await phone.join("Amina");
  await phone.open("now");
  await phone.place(3);
  await page.getByTestId("withdraw").press("Enter");
  await phone.standsNowhere();
  await expect(phone.level(3)).toBeFocused();

  await phone.open("obstacles");
  await phone.write("Travlhed");
  await phone.write("Sygdom");
  for (const [text, next] of [["Travlhed", phone.note("Sygdom").getByTestId("note-edit")], ["Sygdom", page.locator("#content")]] as const) {
    await phone.note(text).getByTestId("note-edit").press("Enter");
    await page.getByTestId("note-remove").press("Enter");
    await phone.seesNoNote(text);
    await expect(next).toBeFocused();
  }
});

test("the desk goes on at the next question", async ({ hall }) => {
  const facilitator = await hall.facilitator();
  const { page } = facilitator;
  const next = page.getByTestId("lead-next");
  for (const heading of [/Hvor vil/, /vej/, /mærke/, /Tid/, /enige/]) {
    await next.press("Enter");
    await isAtHeading(page, heading);
  }
});
