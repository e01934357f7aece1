// A table with typed columns: rows that the tool brings and rows that people add, filled in on phones, live and apart.

import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { execFile } from "node:child_process";
import { tmpdir } from "node:os";
import path from "node:path";
import { promisify } from "node:util";
import * as Automerge from "@automerge/automerge";
import type { Locator } from "@playwright/test";
import type { BoardPage } from "../board_page.ts";
import type { DevicePage } from "../device_page.ts";
import { expect, test } from "../hall.ts";
import type { PhonePage } from "../phone_page.ts";
import { BINARY, Relay } from "../relay.ts";
import { makeWorkshop } from "../workshop.ts";
import { isForTheWall, looksRight } from "./looks.ts";

// The step that shows the whole table.
const TABLE = "_rows";

const SUPPORT = "Jeg har tid til at gå en runde hver morgen";
const KEEP = "Hold den time fri i kalenderen";
const OFFLINE = "Vi mødes i ledergruppen hver uge";

// Every type of column in one table.
const EVERY_TYPE = `
id = "EveryType1"
minutes = 20
audience = "group"
title = { da = "Alle slags felter", en = "Every type" }
short_title = { da = "Alle felter", en = "Every type" }
summary = { da = "Et felt af hver slags.", en = "A field of each type." }

[[parts]]
kind = "grid"
id = "tasks"
row_title = { da = "Opgave", en = "Task" }
free_rows = true
examples = [{ id = "order-materials", da = "Bestille varer", en = "Order materials" }]
columns = [
  { id = "what", title = { da = "Hvad", en = "What" } },
  { id = "hours", type = "number", min = 1, max = 40, title = { da = "Timer", en = "Hours" } },
  { id = "weight", type = "level", min = 1, max = 5, title = { da = "Hvor tungt", en = "How heavy" } },
  { id = "state", type = "choice", title = { da = "Hvor langt", en = "How far" }, choices = [
    { id = "begun", da = "I gang", en = "Begun" },
    { id = "finished", da = "Færdig", en = "Finished" },
  ] },
  { id = "who", type = "person", title = { da = "Hvem", en = "Who" } },
  { id = "when", type = "date", title = { da = "Hvornår", en = "When" } },
]
`;

function row(device: DevicePage, words: string): Locator {
  return device.page.getByTestId("grid-row").filter({ hasText: words });
}

function projected(device: DevicePage, words: string): Locator {
  return device.page.getByTestId("projector-row").filter({ hasText: words });
}

// Adds a row by its first words, and leaves its other cells for later.
async function add(device: BoardPage, words: string): Promise<Locator> {
  await device.page.getByTestId("add-row").click();
  await device.page.getByTestId("row-draft").fill(words);
  await device.page.getByTestId("row-add").click();
  const sheet = device.page.getByTestId("row-sheet");
  await expect(sheet).toBeVisible();
  return sheet;
}

async function done(sheet: Locator): Promise<void> {
  await sheet.getByTestId("row-done").click();
  await expect(sheet).toBeHidden();
}

async function openRow(device: BoardPage, words: string): Promise<Locator> {
  await row(device, words).getByTestId("row-open").click();
  const sheet = device.page.getByTestId("row-sheet");
  await expect(sheet).toBeVisible();
  return sheet;
}

// Opens a cell, unless it is open.
async function cell(within: Locator, column: string): Promise<void> {
  const closed = within.getByTestId(`cell-${column}`);
  if (await closed.count()) await closed.click();
  await expect(closed).toHaveCount(0);
}

test("rows that the tool brings are filled in together, and become actions", async ({ hall }) => {
  await hall.workshop({ tools: ["E31"] });
  const [facilitator, projector] = [await hall.facilitator(), await hall.projector()];
  const [amina, bo] = [await hall.participant(), await hall.participant()];
  await amina.join("Amina");
  await bo.join("Bo");
  for (const phone of [amina, bo]) await phone.open("group");
  await facilitator.open("group");
  await facilitator.project();
  await looksRight(amina, "grid-row-empty");
  await isForTheWall(projector, "grid-wall-row-empty");

  // One field at a time, each leading on to the next.
  const words = "Vi venter på hinanden, når vognen skal pakkes om morgenen";
  await amina.page.getByTestId("cell-text").fill(words);
  await expect(projector.page.getByTestId("grid-row-scene")).toContainText(words);
  await amina.page.getByTestId("cell-next").click();
  await amina.page.getByTestId("cell-text").fill("Nogen går alene i gang");
  await cell(amina.page.locator("main"), "who");
  await amina.page.getByTestId("action-person").filter({ hasText: "Bo" }).click();
  await expect(projector.page.getByTestId("grid-row-scene")).toContainText("Bo");

  // Apart, both say who: both stand until somebody chooses.
  await bo.opensOffline();
  await bo.offline(async () => {
    await cell(bo.page.locator("main"), "who");
    await bo.page.getByTestId("action-person").filter({ hasText: "Bo (dig)" }).click();
    await bo.page.getByTestId("action-nobody").click();
    await bo.page.getByTestId("action-role").fill("AMO");
    await bo.page.getByTestId("action-role-set").click();
    await bo.seesSyncWord(/ikke sendt/);
    await amina.page.getByTestId("action-person").filter({ hasText: "Amina (dig)" }).click();
    await expect(projector.page.getByTestId("grid-row-scene")).toContainText("Amina");
  });
  await bo.everythingIsReceived();
  await expect(projector.page.getByTestId("grid-row-scene")).toContainText(/Amina \/ AMO|AMO \/ Amina/);
  await looksRight(bo, "grid-row-met");
  await bo.page.getByTestId("settle-who-AMO").click();
  await expect(amina.page.getByTestId("settle-who")).toHaveCount(0);
  await expect(projector.page.getByTestId("grid-row-scene")).not.toContainText("Amina");
  await isForTheWall(projector, "grid-wall-row");

  // What is filled in is where the action begins.
  await bo.page.getByTestId("make-action").click();
  await expect(bo.page.getByTestId("action-draft")).toHaveValue(words);
  await bo.page.getByTestId("action-add").click();
  await bo.page.getByTestId("action-next").click();
  await expect(bo.page.getByTestId("action")).toContainText("AMO");

  await facilitator.open(TABLE);
  await facilitator.project();
  await expect(projected(projector, "Gruppen")).toContainText(words);
  await isForTheWall(projector, "grid-wall-fixed");
  await looksRight(facilitator, "grid-desk-fixed");
  await amina.open(TABLE);
  await looksRight(amina, "grid-cards-fixed");
  await amina.reload();
  await expect(row(amina, "Gruppen")).toContainText(words);
  await amina.openOverview();
  await amina.page.getByTestId("result").click();
  await expect(amina.page.getByTestId("result-form")).toContainText(words);
  await looksRight(amina, "grid-result");
});

test("rows that people add are moved, deleted and brought back, also by who did not know", async ({ hall }) => {
  await hall.workshop({ tools: ["E8"] });
  const [facilitator, projector] = [await hall.facilitator(), await hall.projector()];
  const [amina, bo] = [await hall.participant(), await hall.participant()];
  await amina.join("Amina");
  await bo.join("Bo");
  await amina.open(TABLE);
  await bo.open(TABLE);
  await facilitator.open(TABLE);
  await facilitator.project();
  await looksRight(amina, "grid-empty");
  await isForTheWall(projector, "grid-wall-empty");

  const sheet = await add(amina, SUPPORT);
  await looksRight(amina, "grid-row-sheet");
  await sheet.getByTestId("cell-text").fill(KEEP);
  await done(sheet);
  await expect(projected(projector, SUPPORT)).toContainText(KEEP);
  for (const words of ["Min leder bakker op", "Vi er to om vagtplanen"]) await done(await add(amina, words));
  const rows = bo.page.getByTestId("row-open");
  await expect(rows).toHaveText([SUPPORT, "Min leder bakker op", "Vi er to om vagtplanen"]);

  // By button and by key; everybody's order.
  const last = await openRow(bo, "vagtplanen");
  await last.getByTestId("row-up").click();
  await done(last);
  await expect(amina.page.getByTestId("row-open").nth(1)).toHaveText("Vi er to om vagtplanen");
  await facilitator.page.getByTestId("row-open").nth(1).press("Alt+ArrowUp");
  await expect(rows.first()).toHaveText("Vi er to om vagtplanen");

  await bo.opensOffline();
  await bo.offline(async () => {
    await done(await add(bo, OFFLINE));
    await expect(row(bo, OFFLINE)).toContainText("På denne telefon");
    // Amina deletes a row that Bo writes in.
    const edited = await openRow(bo, SUPPORT);
    await cell(edited, "keep-or-better");
    await edited.getByTestId("cell-text").fill(`${KEEP} hver dag`);
    await done(edited);
    const removed = await openRow(amina, SUPPORT);
    await removed.getByTestId("row-remove").click();
    await expect(row(amina, SUPPORT)).toHaveCount(0);
  });
  await bo.everythingIsReceived();
  await expect(row(amina, SUPPORT)).toContainText("Nogen tog den af tavlen");
  await expect(projected(projector, SUPPORT)).toContainText("hver dag");
  await expect(projected(projector, OFFLINE)).toBeVisible();

  // A row that nobody else is in goes, and comes back.
  await (await openRow(amina, OFFLINE)).getByTestId("row-remove").click();
  await expect(row(bo, OFFLINE)).toHaveCount(0);
  await amina.page.getByTestId("undo").click();
  await expect(row(bo, OFFLINE)).toBeVisible();
  await (await openRow(bo, OFFLINE)).getByTestId("row-remove").click();
  await amina.page.getByTestId("rows-removed").locator("summary").click();
  await amina.page.getByTestId("row-restore").click();
  await expect(projected(projector, OFFLINE)).toBeVisible();

  // An order of one's own, and what one looks for, are nobody else's.
  await amina.page.getByTestId("grid-order").click();
  await amina.page.getByTestId("grid-order-1").click();
  await expect(amina.page.getByTestId("row-open").first()).toHaveText(SUPPORT);
  await expect(rows.first()).toHaveText("Vi er to om vagtplanen");
  await amina.page.getByTestId("grid-find").fill("ledergruppen");
  await expect(amina.page.getByTestId("grid-row")).toHaveCount(1);
  await looksRight(bo, "grid-cards");
  await looksRight(facilitator, "grid-desk");
  await isForTheWall(projector, "grid-wall");
});

test("each type of field takes what it asks for, and says why it takes nothing else", async ({ hall }) => {
  const packs = await mkdtemp(path.join(tmpdir(), "dialogtavle-packs-"));
  await promisify(execFile)(BINARY, ["content", "new", "every-type", "--content", packs]);
  await writeFile(path.join(packs, "every-type", "tool.toml"), EVERY_TYPE);
  const relay = await Relay.start("--content", packs);
  hall.closesLater(relay);
  hall.closesLater({ close: () => rm(packs, { recursive: true }) });
  const { links } = await makeWorkshop(relay.origin, { tools: ["EveryType1"] });
  const phone = await hall.guest(links.participant, { line: relay });
  await phone.join("Amina");
  await phone.open(TABLE);
  await phone.page.getByTestId("add-row").click();
  await phone.page.getByTestId("row-example").click();
  await looksRight(phone, "grid-new-row");
  await phone.page.getByTestId("row-add").click();
  const sheet = phone.page.getByTestId("row-sheet");

  const number = sheet.getByTestId("cell-number");
  for (const [typed, says] of [["mange", "Skriv et helt tal."], ["41", "Skriv et tal fra 1 til 40."]] as const) {
    await number.fill(typed);
    await number.press("Enter");
    await expect(sheet.getByRole("alert")).toHaveText(says);
    await expect(number).toHaveAttribute("aria-invalid", "true");
  }
  await number.fill("8");
  await number.press("Enter");
  await expect(sheet.getByRole("alert")).toHaveCount(0);
  await sheet.getByTestId("cell-next").click();
  await sheet.getByTestId("cell-choice-3").click();
  await expect(sheet.getByTestId("cell-choice-3")).toHaveAttribute("aria-pressed", "true");
  await looksRight(phone, "grid-level");
  await sheet.getByTestId("cell-next").click();
  await sheet.getByTestId("cell-choice-0").click();
  await sheet.getByTestId("cell-next").click();
  await sheet.getByTestId("action-person").first().click();
  await sheet.getByTestId("cell-next").click();
  await sheet.getByTestId("cell-day").fill("2027-04-01");
  await done(sheet);
  for (const words of ["8", "4", "I gang", "Amina", "1. april"]) await expect(row(phone, "Bestille varer")).toContainText(words);

  // Taken away again, by the button and by undo.
  const again = await openRow(phone, "Bestille varer");
  await cell(again, "state");
  await again.getByTestId("cell-clear").click();
  await done(again);
  await expect(row(phone, "Bestille varer")).not.toContainText("I gang");
  await phone.page.getByTestId("undo").click();
  await expect(row(phone, "Bestille varer")).toContainText("I gang");
  await looksRight(phone, "grid-every-type");
});

// A row of one's own: what gives energy, and who helps.
async function beginOwnRow(phone: PhonePage): Promise<Locator> {
  await phone.join("Amina");
  await phone.open(TABLE);
  const sheet = await add(phone, "Når en kunde siger tak");
  await sheet.getByTestId("cell-choice-0").click();
  await cell(sheet, "helper");
  await sheet.getByTestId("action-role").fill("Min makker");
  await sheet.getByTestId("action-role-set").click();
  return sheet;
}

test("rows of one's own never leave the phone", async ({ hall }) => {
  await hall.workshop({ tools: ["E21"] });
  const [amina, stock] = [await hall.participant(), await hall.stock("participant")];
  const sheet = await beginOwnRow(amina);
  await cell(sheet, "why");
  await sheet.getByTestId("cell-text").fill("Så ved jeg, at det nyttede");
  await looksRight(amina, "grid-own-row");
  await done(sheet);
  const own = row(amina, "Når en kunde siger tak");
  for (const words of ["Energigiver", "Så ved jeg, at det nyttede", "Min makker"]) await expect(own).toContainText(words);
  await looksRight(amina, "grid-own");
  await amina.reload();
  await expect(own).toContainText("Min makker");
  await (await openRow(amina, "Når en kunde")).getByTestId("row-remove").click();
  await expect(own).toHaveCount(0);
  await amina.page.getByTestId("undo").click();
  await expect(own).toBeVisible();
  // What is sent later comes after whatever was sent before.
  await amina.openPeople();
  await amina.page.getByTestId("own-name").fill("Amina K");
  await amina.page.getByTestId("own-save").click();
  const names = () => Object.values(stock.board.doc().people).map(({ name }) => String(name));
  await expect.poll(names).toEqual(["Amina K"]);
  const messages = Automerge.getHistory(stock.board.doc()).map(({ change }) => change.message);
  expect(messages).toEqual(["genesis", "join", "name"]);
});

test("of a row of one's own an action takes the words that were seen, and sharing shows every cell first", async ({ hall }) => {
  await hall.workshop({ tools: ["E21"] });
  const [amina, stock] = [await hall.participant(), await hall.stock("participant")];
  const sheet = await beginOwnRow(amina);
  await sheet.getByTestId("make-action").click();
  const action = amina.page.getByTestId("action-sheet");
  await expect(action.getByTestId("action-draft")).toHaveValue("Når en kunde siger tak");
  await action.getByTestId("action-add").click();
  const rows = () => JSON.stringify(stock.board.doc().rows);
  await expect.poll(rows).toContain("Når en kunde siger tak");
  expect(rows()).not.toContain("Min makker");
  await amina.closeSheet(action);
  await done(sheet);

  await amina.page.getByTestId("share-own").click();
  const shared = amina.page.getByTestId("share-sheet").locator("li").filter({ hasText: "Når en kunde siger tak" });
  await expect(shared).toContainText("Energigiver");
  await expect(shared).toContainText("Min makker");
  await looksRight(amina, "grid-own-share");
});
