// Who does what: one list for the whole workshop, made and changed on phones, projected, and taken home.

import type { Locator } from "@playwright/test";
import type { BoardPage } from "./board_page.ts";
import type { DevicePage } from "./device_page.ts";
import { expect, test, type Hall } from "./hall.ts";
import { isForTheWall, looksRight } from "./kinds/looks.ts";
import type { PhonePage } from "./phone_page.ts";

const ANSWER = "Vi er for få om morgenen";
const PHONE_CALL = "Ring til planlæggeren om morgenvagten";
const MEETING = "Tag det op på mødet i næste uge";
const OFFLINE = "Spørg de nye, hvordan de har det";

// Who answered to the first question of the first tool, with an answer that is to become an action.
async function begin(hall: Hall) {
  await hall.workshop({ tools: ["E4"] });
  const [facilitator, projector] = [await hall.facilitator(), await hall.projector()];
  const [amina, bo] = [await hall.participant(), await hall.participant()];
  await amina.join("Amina");
  await bo.join("Bo");
  const link = amina.page.locator("details [data-test^=step-]").first();
  await amina.open(((await link.getAttribute("data-test")) ?? "").replace("step-", ""));
  await amina.write(ANSWER);
  return { facilitator, projector, amina, bo };
}

// The step that a phone is at, as its address says it.
function openStep(phone: PhonePage): string {
  return new URL(phone.page.url()).hash.split("/").at(-1) ?? "";
}

function action(device: DevicePage, what: string): Locator {
  return device.page.getByTestId("action").filter({ hasText: what });
}

// Opens the page of all actions from where the device is.
async function openList(device: BoardPage): Promise<void> {
  if ("openOverview" in device) await (device as PhonePage).openOverview();
  await device.page.getByTestId("to-actions").click();
  await expect(device.page.getByRole("heading", { name: "Hvem gør hvad", level: 1 })).toBeVisible();
}

// Writes what is to be done, and puts it on the list.
async function write(device: BoardPage, what: string): Promise<Locator> {
  const sheet = device.page.getByTestId("action-sheet");
  await sheet.getByTestId("action-draft").fill(what);
  await sheet.getByTestId("action-add").click();
  return sheet;
}

async function add(device: BoardPage, what: string): Promise<void> {
  await device.page.getByTestId("action-new").click();
  const sheet = await write(device, what);
  await device.closeSheet(sheet);
}

async function open(device: BoardPage, what: string): Promise<Locator> {
  await action(device, what).getByTestId("action-open").click();
  const sheet = device.page.getByTestId("action-sheet");
  await expect(sheet).toBeVisible();
  return sheet;
}

// Sets the status of an action, by its place among them.
async function setStatus(device: BoardPage, what: string, place: number): Promise<void> {
  const sheet = await open(device, what);
  await sheet.getByTestId(`action-status-${place}`).click();
  await expect(sheet.getByTestId(`action-status-${place}`)).toHaveAttribute("aria-pressed", "true");
  await device.closeSheet(sheet);
}

async function take(device: BoardPage, what: string, who: string): Promise<void> {
  const sheet = await open(device, what);
  await sheet.getByTestId("action-who").click();
  await sheet.getByTestId("action-person").filter({ hasText: who }).click();
  await expect(sheet.getByTestId("action-who")).toContainText(who);
  await device.closeSheet(sheet);
}

test("an answer becomes an action, one question at a time", async ({ hall }) => {
  const { facilitator, amina } = await begin(hall);
  await amina.note(ANSWER).getByTestId("make-action").click();
  await looksRight(amina, "actions-new");
  // The answer's own words are where it begins.
  await expect(amina.page.getByTestId("action-draft")).toHaveValue(ANSWER);
  const sheet = await write(amina, PHONE_CALL);
  await looksRight(amina, "actions-who");
  await sheet.getByTestId("action-person").filter({ hasText: "Amina (dig)" }).click();
  await looksRight(amina, "actions-by");
  await sheet.getByTestId("action-day-1").click();
  await sheet.getByTestId("action-next").click();
  await expect(sheet).toBeHidden();
  await expect(action(amina, PHONE_CALL)).toContainText("Amina");
  await looksRight(amina, "actions-at-note");
  // On the desk too, beside the answer.
  await facilitator.open(openStep(amina));
  await expect(action(facilitator, PHONE_CALL)).toContainText("Amina");
});

test("the list goes on without a network, and what met is shown until somebody chooses", async ({ hall }) => {
  const { facilitator, projector, amina, bo } = await begin(hall);
  await amina.note(ANSWER).getByTestId("make-action").click();
  const sheet = await write(amina, PHONE_CALL);
  await sheet.getByTestId("action-person").filter({ hasText: "Amina (dig)" }).click();
  await sheet.getByTestId("action-next").click();
  await openList(facilitator);
  await facilitator.page.getByTestId("project").click();
  await expect(facilitator.page.getByTestId("projected")).toBeVisible();
  await add(facilitator, MEETING);
  const row = projector.page.getByTestId("projector-action");
  await expect(row).toHaveCount(2);
  // What nobody has taken comes first.
  await expect(row.first()).toContainText(MEETING);

  await openList(bo);
  await expect(bo.page.getByTestId("actions-untaken")).toContainText(MEETING);
  await expect(action(bo, PHONE_CALL)).toContainText("Fra ");
  await expect(action(bo, PHONE_CALL)).toContainText(ANSWER);
  await bo.opensOffline();
  await bo.offline(async () => {
    await take(bo, MEETING, "Bo");
    await add(bo, OFFLINE);
    await expect(action(bo, OFFLINE)).toContainText("På denne telefon");
    await setStatus(bo, PHONE_CALL, 2);
    // Meanwhile, at the table.
    await openList(amina);
    await setStatus(amina, PHONE_CALL, 1);
    await expect(row).toHaveCount(2);
  });
  await bo.everythingIsReceived();
  await expect(row).toHaveCount(3);
  // Two answers to how far it is met: both stand until somebody chooses.
  await expect(action(amina, PHONE_CALL)).toHaveAttribute("data-status", "met");
  await expect(row.filter({ hasText: PHONE_CALL })).toContainText(/I gang \/ Gjort|Gjort \/ I gang/);
  const met = await open(amina, PHONE_CALL);
  await looksRight(amina, "actions-met");
  await met.getByTestId("settle-status-Gjort").click();
  await expect(met.locator("[data-test^=settle-status]")).toHaveCount(0);
  await amina.closeSheet(met);
  await expect(action(bo, PHONE_CALL)).toHaveAttribute("data-status", "done");
  // Done comes last.
  await expect(row.last()).toContainText(PHONE_CALL);

  await bo.page.getByTestId("actions-filter-1").click();
  await expect(bo.page.getByTestId("action")).toHaveCount(1);
  await expect(action(bo, MEETING)).toBeVisible();
  await bo.page.getByTestId("actions-filter-0").click();

  await looksRight(amina, "actions-page");
  await looksRight(facilitator, "actions-desk");
  await isForTheWall(projector, "actions-wall-done");
  await amina.reload();
  await expect(amina.page.getByTestId("action")).toHaveCount(3);
});

test("an action is taken off the list and comes back, and what one did is taken back", async ({ hall }) => {
  const { amina, bo } = await begin(hall);
  await openList(amina);
  await openList(bo);
  await looksRight(amina, "actions-empty");
  await add(amina, MEETING);
  const sheet = await open(bo, MEETING);
  await sheet.getByTestId("action-who").click();
  // A role is somebody too, and nobody is none.
  await sheet.getByTestId("action-role-set").click();
  await expect(sheet.getByRole("alert")).toBeVisible();
  await sheet.getByTestId("action-role").fill("Arbejdsmiljørepræsentanten");
  await sheet.getByTestId("action-role-set").click();
  await bo.closeSheet(sheet);
  await expect(action(amina, MEETING)).toContainText("Arbejdsmiljørepræsentanten");

  await (await open(amina, MEETING)).getByTestId("action-remove").click();
  await expect(action(bo, MEETING)).toHaveCount(0);
  await bo.page.getByTestId("actions-removed").locator("summary").click();
  await looksRight(bo, "actions-removed");
  await bo.page.getByTestId("action-restore").click();
  await expect(action(amina, MEETING)).toBeVisible();

  // By the keyboard: status, and back again.
  await setStatus(amina, MEETING, 2);
  await amina.page.getByTestId("undo").click();
  await expect(action(bo, MEETING)).toHaveAttribute("data-status", "open");

  // What two write in one action is edited together.
  const editor = await open(amina, MEETING);
  await editor.getByTestId("action-what").click();
  await editor.getByTestId("action-what-text").fill(OFFLINE);
  await amina.closeSheet(editor);
  await expect(action(bo, OFFLINE)).toBeVisible();
});

test("the list is printed, and copied as text, and stands in a tool's result", async ({ hall }) => {
  const { amina } = await begin(hall);
  await amina.note(ANSWER).getByTestId("make-action").click();
  const sheet = await write(amina, PHONE_CALL);
  await sheet.getByTestId("action-person").filter({ hasText: "Amina" }).click();
  await sheet.getByTestId("action-next").click();
  await expect(sheet).toBeHidden();
  await openList(amina);
  await add(amina, MEETING);
  await amina.context.grantPermissions(["clipboard-read", "clipboard-write"]);
  const copied = async (): Promise<string> => {
    await amina.page.getByTestId("copy-text").click();
    await expect(amina.page.getByTestId("copy-text")).toHaveText("Kopieret");
    return amina.page.evaluate(() => navigator.clipboard.readText());
  };
  const text = await copied();
  expect(text).toContain(`- ${PHONE_CALL}\n  Amina, Ingen dag endnu. Ikke begyndt`);
  expect(text).toContain(`- ${MEETING}\n  Ingen har taget den endnu`);

  await amina.page.emulateMedia({ media: "print" });
  await amina.page.setViewportSize({ width: 688, height: 1017 });
  const table = amina.page.getByTestId("action-table");
  await expect(table.getByRole("row")).toHaveCount(3);
  await expect(amina.page.locator(":is(button, input, textarea):visible")).toHaveCount(0);
  await amina.screenshot("actions-printed");
  await amina.page.emulateMedia({ media: "screen" });
  await amina.page.setViewportSize({ width: 360, height: 740 });

  await amina.openOverview();
  await amina.page.getByTestId("result").first().click();
  // Only what came up in the tool.
  await expect(table).toContainText(PHONE_CALL);
  await expect(table).not.toContainText(MEETING);
  expect(await copied()).toContain(`- ${PHONE_CALL}\n  Amina`);
});
