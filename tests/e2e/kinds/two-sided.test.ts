// The balance: two phones put weights on it, one of them without a network for a while, and it tips on the large screen.

import type { Locator } from "@playwright/test";
import { expect, test } from "../hall.ts";
import type { DevicePage } from "../device_page.ts";
import type { PhonePage } from "../phone_page.ts";
import { isForTheWall, looksRight } from "./looks.ts";

const OWN = "Der er altid én, der mangler om natten";
const PRESSURE = "Krydspres";
const AGREED = "Aftal med direktøren, hvad der kommer først";

function entry(device: DevicePage, name: string): Locator {
  return device.page.getByTestId(`entry-${name}`);
}

// Picks a typical entry of the side that is open, and gives it a weight.
async function weigh(phone: PhonePage, name: string, weight: number): Promise<void> {
  const pick = entry(phone, name).getByTestId("pick");
  if ((await pick.getAttribute("aria-pressed")) === "false") await pick.click();
  await expect(pick).toHaveAttribute("aria-pressed", "true");
  const step = entry(phone, name).getByTestId(`weight-${weight}`);
  if ((await step.getAttribute("aria-pressed")) === "false") await step.click();
  await expect(step).toHaveAttribute("aria-pressed", "true");
}

// What the two sides weigh, and which way the balance tips: down where it weighs, up where it lifts.
async function seesBalance(device: DevicePage, sums: string, tips: "down" | "up" | "level"): Promise<void> {
  const balance = device.page.getByTestId("balance");
  await expect(balance).toHaveAccessibleName(sums);
  const pattern = { down: /^[1-9]$/, up: /^-[1-9]$/, level: /^0$/ }[tips];
  await expect(balance).toHaveAttribute("data-tilt", pattern);
}

// How far the beam is turned on the screen, in degrees against the clock.
async function angle(device: DevicePage): Promise<number> {
  await device.isStill();
  return device.page.locator(".balance__turn").evaluate((beam) => {
    const { a, b } = new DOMMatrix(getComputedStyle(beam).transform);
    return Math.round((-Math.atan2(b, a) * 180) / Math.PI);
  });
}

test("the balance tips by what everyone puts on it", async ({ hall }) => {
  await hall.workshop({ tools: ["C5"] });
  const [facilitator, projector] = [await hall.facilitator(), await hall.projector()];
  const [amina, bo] = [await hall.participant(), await hall.participant()];
  await amina.join("Amina");
  await bo.join("Bo");
  await facilitator.open("_balance");
  await facilitator.project();
  await seesBalance(projector, "Belastninger 0 · Ressourcer 0", "level");
  await amina.open("burdens");
  await bo.open("resources");

  await weigh(amina, "cross-pressure", 5);
  await weigh(amina, "many-parties", 2);
  await seesBalance(projector, "Belastninger 7 · Ressourcer 0", "down");
  expect(await angle(projector)).toBe(9);

  await bo.opensOffline();
  await bo.offline(async () => {
    // By the keyboard alone.
    const first = bo.page.getByTestId("pick").first();
    await first.focus();
    await bo.page.keyboard.press("Enter");
    await expect(first).toHaveAttribute("aria-pressed", "true");
    await bo.page.keyboard.press("Tab");
    await bo.page.keyboard.press("Space");
    await expect(bo.page.getByTestId("weight-1").first()).toHaveAttribute("aria-pressed", "true");
    await bo.open("burdens");
    await weigh(bo, "cross-pressure", 4);
    await bo.seesSyncWord(/ikke sendt/);
    await seesBalance(projector, "Belastninger 7 · Ressourcer 0", "down");
  });
  await bo.everythingIsReceived();
  await seesBalance(projector, "Belastninger 11 · Ressourcer 1", "down");
  await expect(projector.page.getByTestId("projector-verdict")).toHaveText("Belastninger vejer mest");
  await expect(entry(amina, "cross-pressure")).toHaveAttribute("data-count", "9");
  await expect(entry(amina, "cross-pressure")).toContainText("Én anden har valgt det");

  // One's own, in the band where it is written.
  const band = amina.page.locator("[data-test^=band-]").last();
  await band.getByTestId("add-note").click();
  await amina.page.getByTestId("note-draft").fill(OWN);
  await amina.page.getByTestId("note-add").click();
  await amina.note(OWN).getByTestId("weight-4").click();
  await seesBalance(projector, "Belastninger 15 · Ressourcer 1", "down");
  await bo.note(OWN).getByTestId("weight-3").click();
  await seesBalance(projector, "Belastninger 18 · Ressourcer 1", "down");
  await looksRight(amina, "two-sided-phone");
  await isForTheWall(projector, "two-sided-wall");

  // Taken back by the same weight, and brought back by undo.
  await bo.note(OWN).getByTestId("weight-3").click();
  await seesBalance(projector, "Belastninger 15 · Ressourcer 1", "down");
  await bo.page.getByTestId("undo").click();
  await seesBalance(projector, "Belastninger 18 · Ressourcer 1", "down");

  await amina.open("_balance");
  await seesBalance(amina, "Belastninger 18 · Ressourcer 1", "down");
});

test("what can be eased is marked, and taken home with the balance", async ({ hall }) => {
  await hall.workshop({ tools: ["C5"] });
  const [facilitator, projector, amina] = [await hall.facilitator(), await hall.projector(), await hall.participant()];
  await amina.join("Amina");
  await amina.open("turn-down");
  await expect(amina.page.getByTestId("follow-up")).toHaveCount(0);
  await amina.open("burdens");
  await weigh(amina, "many-parties", 2);
  await weigh(amina, "cross-pressure", 5);
  await amina.open("turn-down");
  const follow = amina.page.getByTestId("follow-up");
  // The heaviest first.
  await expect(follow).toHaveCount(2);
  await expect(follow.first()).toContainText(PRESSURE);
  await follow.first().getByTestId("mark").click();
  await expect(follow.first()).toHaveAttribute("data-count", "1");
  await facilitator.open("burdens");
  await looksRight(facilitator, "two-sided-desk");
  await facilitator.open("turn-down");
  await facilitator.project();
  await expect(projector.page.getByTestId("projector-marked")).toHaveText(`${PRESSURE}Én peger på det`);
  await follow.first().getByTestId("make-action").click();
  const sheet = amina.page.getByTestId("action-sheet");
  await sheet.getByTestId("action-draft").fill(AGREED);
  await sheet.getByTestId("action-add").click();
  await amina.closeSheet(sheet);
  await expect(projector.page.getByTestId("projector-marked")).toContainText(AGREED);
  await amina.reload();
  await expect(follow.first()).toContainText(AGREED);
  await looksRight(amina, "two-sided-mark");
  await isForTheWall(projector, "two-sided-wall-mark");

  await amina.openOverview();
  await expect(amina.page.getByTestId("step-burdens")).toContainText("2 ting vejet");
  await amina.page.getByTestId("result").click();
  await expect(amina.page.getByTestId("result-form")).toContainText(`${PRESSURE} (Én peger på det)${AGREED}`);
  await looksRight(amina, "two-sided-result");
});

test("who wants less motion sees the balance tip at once", async ({ hall }) => {
  await hall.workshop({ tools: ["C3"] });
  const [amina, projector] = [await hall.participant(), await hall.projector()];
  const tips = async (): Promise<string> =>
    projector.page.locator(".balance__turn").evaluate((beam) => getComputedStyle(beam).transitionDuration);
  await amina.join("Amina");
  const facilitator = await hall.facilitator();
  await facilitator.open("_balance");
  await facilitator.project();
  await seesBalance(projector, "Belastninger 0 · Ressourcer 0", "level");
  expect(await tips()).toBe("0.25s");
  await isForTheWall(projector, "two-sided-wall-empty");
  await projector.page.emulateMedia({ reducedMotion: "reduce" });
  expect(await tips()).toBe("0s");
  await amina.open("resources");
  await looksRight(amina, "two-sided-phone-empty");
  await weigh(amina, "meaning", 4);
  await seesBalance(projector, "Belastninger 0 · Ressourcer 4", "up");
  expect(await angle(projector)).toBe(-9);
});

test("a balance of one's own tips on the phone, and nothing of it is sent", async ({ hall }) => {
  await hall.workshop({ tools: ["E3"] });
  const [amina, stock] = [await hall.participant(), await hall.stock("participant")];
  await amina.join("Amina");
  await amina.open("demands");
  await weigh(amina, "deadlines", 5);
  await amina.page.getByTestId("band-inner-demands").getByTestId("add-note").click();
  await amina.page.getByTestId("note-draft").fill(OWN);
  await amina.page.getByTestId("note-add").click();
  await amina.note(OWN).getByTestId("weight-2").click();
  await amina.open("turn-down");
  const follow = amina.page.getByTestId("follow-up");
  await follow.first().getByTestId("mark").click();
  await expect(follow.first()).toHaveAttribute("data-count", "1");
  await amina.reload();
  await amina.open("_balance");
  await seesBalance(amina, "Krav 7 · Ressourcer 0", "down");
  await looksRight(amina, "two-sided-together");
  // What is sent later comes after whatever was sent before.
  await amina.openPeople();
  await amina.page.getByTestId("own-name").fill("Amina K");
  await amina.page.getByTestId("own-save").click();
  const board = () => stock.board.doc();
  await expect.poll(() => Object.values(board().people).map(({ name }) => String(name))).toEqual(["Amina K"]);
  expect([board().marks, board().notes, board().checks]).toEqual([{}, {}, {}]);
});
