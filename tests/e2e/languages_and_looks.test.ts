// The app in both languages, light and dark, as the person or the workshop wants it. What each screen looks like is held in
// every_screen.test.ts.

import type { DevicePage } from "./device_page.ts";
import { expect, test } from "./hall.ts";

// Marks the page that is open. What is given back holds that it is still the same one, never loaded anew.
async function marked({ page }: DevicePage): Promise<() => Promise<void>> {
  await page.evaluate(() => Object.assign(globalThis, { isSamePage: true }));
  return async () => expect(await page.evaluate(() => "isSamePage" in globalThis)).toBe(true);
}

test("the language changes without a reload, and stays", async ({ hall }) => {
  const phone = await hall.visitor();
  const { page } = phone;
  const html = page.locator("html");
  await expect(html).toHaveAttribute("lang", "da");
  const isSamePage = await marked(phone);
  await page.getByTestId("language-1").click();
  await expect(html).toHaveAttribute("lang", "en");
  await expect(page.getByTestId("new-workshop")).toHaveText("New workshop");
  await isSamePage();
  await phone.goto((await hall.workshop()).links.participant);
  await expect(page.getByTestId("join-go")).toHaveText("Go to the board");
  await phone.join("Amina");
  await phone.open("now");
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("Where are we now?");
  await phone.axe();
});

test("the look can be chosen, whatever the phone prefers", async ({ hall }) => {
  const phone = await hall.visitor({ options: { colorScheme: "dark" } });
  const paper = () => phone.page.evaluate(() => getComputedStyle(document.body).backgroundColor);
  const dark = await paper();
  await phone.page.getByTestId("theme-1").click();
  await expect.poll(paper).not.toBe(dark);
  await phone.reload();
  expect(await paper()).not.toBe(dark);
});

test("what stands around a workshop speaks as the workshop does", async ({ hall }) => {
  await hall.workshop({ lang: "en", title: "Support" });
  const phone = await hall.participant();
  const skip = phone.page.locator(".skip");
  await expect(phone.page.getByTestId("join-go")).toHaveText("Go to the board");
  await expect(skip).toHaveText("Skip to the content");
  await phone.page.evaluate(() => (location.hash = "#/"));
  await phone.page.getByTestId("home").waitFor();
  await expect(skip).toHaveText("Spring til indholdet");
});

test("whoever leads changes the board's language for everyone at once, but not for whoever chose one", async ({ hall }) => {
  const [facilitator, projector] = [await hall.facilitator(), await hall.projector()];
  const [amina, bo] = [await hall.participant(), await hall.participant()];
  await amina.join("Amina");
  await bo.join("Bo");
  await bo.page.getByTestId("language-0").click();
  for (const phone of [amina, bo]) await phone.open("now");
  const screens = [facilitator, projector, amina, bo];
  const areSamePages = await Promise.all(screens.map(marked));

  await facilitator.page.getByTestId("settings").click();
  const settings = facilitator.page.getByTestId("settings-sheet");
  const english = settings.getByTestId("board-language-1");
  await expect(english).toHaveAttribute("aria-pressed", "false");
  await english.click();
  await expect(english).toHaveAttribute("aria-pressed", "true");
  await expect(settings.getByRole("heading")).toHaveText("Settings");
  await expect(amina.page.getByRole("heading", { level: 1 })).toHaveText("Where are we now?");
  for (const screen of [facilitator, projector, amina]) await expect(screen.page.locator("html")).toHaveAttribute("lang", "en");
  await expect(projector.page.getByTestId("projector")).toContainText("Nobody has answered yet");
  await expect(bo.page.getByRole("heading", { level: 1 })).toHaveText("Hvor er vi nu?");
  await expect(bo.page.locator("html")).toHaveAttribute("lang", "da");

  await settings.getByTestId("board-language-0").click();
  await expect(amina.page.getByRole("heading", { level: 1 })).toHaveText("Hvor er vi nu?");
  for (const isSamePage of areSamePages) await isSamePage();
});
