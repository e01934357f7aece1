// What the group takes home: the printed form, and the same as text to copy.

import type { Locator } from "@playwright/test";
import { expect, test, type Hall } from "./hall.ts";
import type { PhonePage } from "./phone_page.ts";

// An A4 sheet within its margins, at 96 dots an inch.
const PAPER = { width: 688, height: 1017 };

const EXAMPLE = "Vi ringer efter en hård vagt";
const WISH = "Alle kan sige fra";
const OBSTACLE = "Vi er sjældent samlet";
const SIGN = "Færre går hjem alene";
const REASON = "Vi hjælper, når nogen spørger";
const WORDS = "efter sommerferien";

// A table that is filled in whole; gives the phone at its result.
async function result(hall: Hall): Promise<PhonePage> {
  const [facilitator, amina] = [await hall.facilitator(), await hall.participant()];
  const bo = await hall.participant({ options: { colorScheme: "dark" } });
  for (const [phone, name, now, ambition] of [[amina, "Amina", 2, 4], [bo, "Bo", 2, 5]] as const) {
    await phone.join(name);
    await phone.open("now");
    await phone.place(now);
    await phone.open("ambition");
    await phone.place(ambition);
  }
  await amina.write(WISH);
  await amina.open("now");
  await amina.write(EXAMPLE);
  await amina.open("obstacles");
  await amina.write(OBSTACLE);
  await amina.open("signs");
  await amina.write(SIGN);
  await amina.open("time-frame");
  await amina.page.getByTestId("months-3").click();
  await amina.timeWords.fill(WORDS);
  await facilitator.agree("now", 2);
  await facilitator.page.getByTestId("reason-now").fill(REASON);
  await facilitator.agree("ambition", 4);
  await facilitator.everythingIsReceived();
  await amina.everythingIsReceived();
  // Bo's phone, so that nothing on paper was only his to see.
  await bo.openOverview();
  await bo.page.getByTestId("result").first().click();
  const form = bo.page.getByTestId("result-form");
  for (const words of [EXAMPLE, WISH, OBSTACLE, SIGN, REASON, WORDS]) await expect(form).toContainText(words);
  return bo;
}

async function box(part: Locator) {
  const box = await part.boundingBox();
  if (!box) throw new Error(`${part} is not on the page`);
  return { left: box.x, right: box.x + box.width, top: box.y, bottom: box.y + box.height };
}

test("the result is printed as the paper form, and nothing round it", async ({ hall }) => {
  const phone = await result(hall);
  const { page } = phone;
  await phone.axe();
  await page.emulateMedia({ media: "print" });
  await page.setViewportSize(PAPER);
  // What one presses is not on paper.
  await expect(page.locator(":is(button, input, textarea):visible")).toHaveCount(0);
  await expect(page.getByRole("heading", { name: "Støtte i hverdagen" })).toBeVisible();

  const form = page.getByTestId("result-form");
  await expect(form.getByTestId("result-now")).toHaveText(/^Trin 2 · /);
  await expect(form.getByTestId("result-ambition")).toHaveText(/^Trin 4 · /);
  // Now on the left, the levels in the middle, ambition on the right, the highest level on top.
  const rungs = form.locator("tbody tr");
  await expect(rungs).toHaveCount(5);
  let above = -1;
  for (const [place, level] of [5, 4, 3, 2, 1].entries()) {
    const cells = rungs.nth(place).locator("> *");
    const [now, rung, ambition] = [await box(cells.nth(0)), await box(cells.nth(1)), await box(cells.nth(2))];
    await expect(cells.nth(1).locator(".result__number")).toHaveText(String(level));
    await expect(cells.nth(1).locator(".result__characteristics > li").first()).toBeVisible();
    expect(now.right).toBeLessThanOrEqual(rung.left + 1);
    expect(rung.right).toBeLessThanOrEqual(ambition.left + 1);
    expect(rung.top).toBeGreaterThan(above);
    above = rung.top;
  }
  const [five, four, , two] = await rungs.all();
  await expect(two!.locator("td").first()).toContainText(EXAMPLE);
  await expect(two!.locator("td").first()).toContainText("2 personer");
  await expect(two!.locator("td").first()).toContainText("Aftalt");
  await expect(four!.locator("td").last()).toContainText(WISH);
  await expect(four!.locator("td").last()).toContainText("Aftalt");
  await expect(five!.locator("td").last()).toContainText("Én person");
  await expect(form).toContainText("inden for 3 måneder");
  // Ink on white, also where the phone is dark.
  expect(await page.evaluate(() => getComputedStyle(document.documentElement).colorScheme)).not.toContain("dark");
  // Nothing hangs over the edge of the paper.
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(PAPER.width);
  await phone.screenshot("printed");
});

test("the result is copied as text that holds all of it", async ({ hall }) => {
  const phone = await result(hall);
  await phone.context.grantPermissions(["clipboard-read", "clipboard-write"]);
  await phone.page.getByTestId("copy-text").click();
  await expect(phone.page.getByTestId("copy-text")).toHaveText("Kopieret");
  const text = await phone.page.evaluate(() => navigator.clipboard.readText());
  const lines = text.split("\n");
  const after = (line: string | RegExp, what: string): string => {
    const at = lines.findIndex((one) => (typeof line === "string" ? one === line : line.test(one)));
    expect(at, `${line} in\n${text}`).toBeGreaterThanOrEqual(0);
    return lines.slice(at + 1, at + 1 + what.split("\n").length).join("\n");
  };
  expect(lines[0]).toBe("Støtte i hverdagen");
  expect(after("Hvor er vi nu?", "")).toMatch(/^Trin 2 · /);
  expect(lines).toContain(`Fordi: ${REASON}`);
  expect(after(/^ {2}Trin 2 · .*: 2 personer$/, "")).toBe(`  - ${EXAMPLE}`);
  expect(after("Hvor vil vi gerne hen?", "")).toMatch(/^Trin 4 · /);
  expect(lines).toContainEqual(expect.stringMatching(/^ {2}Trin 5 · .*: Én person$/));
  expect(after(/^ {2}Trin 4 · .*: Én person$/, "")).toBe(`  - ${WISH}`);
  for (const words of [OBSTACLE, SIGN]) expect(lines).toContain(`- ${words}`);
  expect(after("inden for 3 måneder", "")).toBe(WORDS);
});
