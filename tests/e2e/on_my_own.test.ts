// A tool that somebody fills in alone, from the library, with no workshop: it stays on their phone, down to the last byte.

import { execFileSync } from "node:child_process";
import { Ear } from "./ear.ts";
import { fill } from "./filling.ts";
import { expect, test, type Hall } from "./hall.ts";
import { looksRight } from "./kinds/looks.ts";
import type { PhonePage } from "./phone_page.ts";
import { BINARY, Relay } from "./relay.ts";

const TURN = "Farmor blev alvorligt syg";
const NOTE = "Jeg sover dårligt om søndagen";
const DRAFT = "Det her bliver aldrig færdigt";

const ONLY_HERE = "Kun på denne telefon";

type Listed = { id: string; kind: string[]; title: { da: string }; use: string[] };
const listed = JSON.parse(execFileSync(BINARY, ["content", "list", "--json"], { encoding: "utf8" })) as Listed[];
const isFilledIn = ({ kind }: Listed): boolean => kind.some((one) => one !== "agenda" && one !== "reference");
const forOne = listed.filter((tool) => tool.use.includes("own") && isFilledIn(tool));

// A phone that never had a workshop, all of whose bytes are heard.
async function heardPhone(hall: Hall, relay: Relay, ownBrowser: boolean): Promise<{ phone: PhonePage; ear: Ear }> {
  const ear = await Ear.on(() => relay.port);
  hall.closesLater(ear);
  return { phone: await hall.visitor({ line: ear, ownBrowser }), ear };
}

// Finds a tool in the library, and reads it there.
async function reads(phone: PhonePage, tool: string): Promise<void> {
  await phone.page.goto(`${new URL(phone.link).origin}/#/tools`);
  await phone.page.getByTestId(`read-${tool}`).click();
  await expect(phone.page.getByTestId("tool-facts")).toBeVisible();
}

async function takes(phone: PhonePage): Promise<void> {
  await phone.page.getByTestId("take-alone").click();
  await expect(phone.page.getByTestId("local-only")).toBeVisible();
}

// The result as text, as it is copied.
async function copied(phone: PhonePage): Promise<string> {
  await phone.context.grantPermissions(["clipboard-read", "clipboard-write"]);
  await phone.openOverview();
  await phone.page.getByTestId("result").click();
  await expect(phone.page.getByTestId("print")).toBeVisible();
  await phone.page.getByTestId("copy-text").click();
  await expect(phone.page.getByTestId("copy-text")).toHaveText("Kopieret");
  return phone.page.evaluate(() => navigator.clipboard.readText());
}

async function drawsAndWrites(phone: PhonePage): Promise<void> {
  await phone.open("draw");
  await phone.page.getByTestId("point-4").focus();
  await phone.page.keyboard.press("End");
  await phone.page.getByTestId("turn-4").click();
  await phone.page.getByTestId("turn-words").fill(TURN);
  await phone.page.getByTestId("turn-keep").click();
  await expect(phone.page.getByTestId("turn-4")).toContainText(TURN);
  await phone.open("what-explains-it");
  await (await phone.openWriter()).fill(NOTE);
  await phone.page.getByTestId("note-add").click();
  await phone.seesNote(NOTE);
  await (await phone.openWriter()).fill(DRAFT);
  await phone.page.getByTestId("note-later").click();
}

async function seesWhatWasWritten(phone: PhonePage): Promise<void> {
  await phone.open("draw");
  await expect(phone.page.getByTestId("turn-4")).toContainText(TURN);
  await expect(phone.page.getByTestId("point-4")).toHaveValue("100");
  await phone.open("what-explains-it");
  await phone.seesNote(NOTE);
  await expect(await phone.openWriter()).toHaveValue(DRAFT);
  await phone.page.getByTestId("note-later").click();
}

test.describe.configure({ mode: "parallel" });

test("what is filled in alone is there after the browser was closed, is taken home and deleted, and nothing of it leaves", async ({ hall }) => {
  const { phone, ear } = await heardPhone(hall, hall.relay, true);
  const { page: first } = phone;
  await reads(phone, "E2");
  await takes(phone);
  await drawsAndWrites(phone);
  // Nothing to share with, nobody else to write for, and no word of sending.
  await expect(first.getByTestId("share-own")).toHaveCount(0);
  await phone.openOverview();
  await expect(first.getByTestId("people")).toHaveCount(0);
  await phone.seesSyncWord(ONLY_HERE);
  const sheet = await phone.openSyncSheet();
  await expect(sheet).toContainText("intet af det bliver sendt");
  await expect(sheet.locator(".counts, [data-test=try-now]")).toHaveCount(0);
  await phone.closeSheet(sheet);
  await phone.changesNetwork();

  await phone.reload();
  await seesWhatWasWritten(phone);
  await phone.closeBrowser();
  await phone.openBrowser();
  await expect(phone.page.getByTestId("workshop")).toContainText("Dit eget, forlader ikke enheden");
  await phone.page.getByTestId("workshop").click();
  await seesWhatWasWritten(phone);
  await phone.seesSyncWord(ONLY_HERE);
  const text = await copied(phone);
  for (const words of [TURN, NOTE]) expect(text).toContain(words);
  expect(text).not.toContain("delt");
  for (const words of [TURN, NOTE]) await expect(phone.page.getByTestId("result-form")).toContainText(words);

  // Whoever comes back to the tool goes on; a new one is asked for, and is empty.
  await reads(phone, "E2");
  await phone.page.getByTestId("go-on-alone").click();
  await seesWhatWasWritten(phone);
  await reads(phone, "E2");
  await takes(phone);
  await phone.open("what-explains-it");
  await phone.seesNoNote(NOTE);

  await phone.openOverview();
  await phone.page.getByTestId("delete-own").click();
  await phone.page.getByTestId("confirm-yes").click();
  await expect(phone.page.getByTestId("workshop")).toHaveCount(1);
  await phone.page.getByTestId("workshop-delete").click();
  await expect(phone.page.getByTestId("confirm")).toContainText("ligger kun her");
  await phone.page.getByTestId("confirm-yes").click();
  await expect(phone.page.getByTestId("workshop")).toHaveCount(0);
  await phone.reload();
  await expect.poll(() => left(phone)).toEqual([]);

  expect(ear.hears(TURN, NOTE, DRAFT)).toEqual([]);
  expect(ear.onlyFetches, "no line was ever dialled").toBe(true);
});

for (const [language, spoken] of [["da", ONLY_HERE], ["en", "On this phone only"]] as const) {
  test(`what is filled in alone looks right on each screen, ${language}`, async ({ hall }) => {
    // One of the two on the narrowest phone.
    const phone = await hall.visitor({ options: language === "en" ? { viewport: { width: 320, height: 568 } } : {} });
    await phone.page.getByTestId(`language-${language === "da" ? 0 : 1}`).click();
    const looks = (screen: string): Promise<void> => looksRight(phone, `own-${language}-${screen}`);
    await reads(phone, "E2");
    await looks("offer");
    await takes(phone);
    await phone.seesSyncWord(spoken);
    await looks("overview");
    await drawsAndWrites(phone);
    await looks("step");
    await phone.closeSheet(await phone.openSyncSheet().then(async (sheet) => (await looks("sync"), sheet)));
    await phone.openOverview();
    await phone.page.getByTestId("delete-own").click();
    await looks("delete");
    await phone.page.getByTestId("confirm-no").click();
    await phone.page.getByTestId("result").click();
    await expect(phone.page.getByTestId("result-form")).toContainText(NOTE);
    await looks("result");
    await reads(phone, "E2");
    await expect(phone.page.getByTestId("go-on-alone")).toBeVisible();
    await looks("offer-again");
    await phone.page.goto(`${new URL(phone.link).origin}/#/`);
    await phone.page.getByTestId("workshop").scrollIntoViewIfNeeded();
    await looks("home");
  });
}

test("without a network it is the same, on a relay that takes no workshops", async ({ hall }) => {
  const closed = await Relay.start("--create", "none");
  hall.closesLater(closed);
  const { phone, ear } = await heardPhone(hall, closed, true);
  await phone.opensOffline();
  await phone.context.setOffline(true);
  await phone.reload();
  await reads(phone, "E2");
  await takes(phone);
  await drawsAndWrites(phone);
  await phone.closeBrowser();
  await phone.openBrowser({ offline: true });
  await phone.page.getByTestId("workshop").click();
  await seesWhatWasWritten(phone);
  await phone.openOverview();
  await phone.page.getByTestId("result").click();
  for (const words of [TURN, NOTE]) await expect(phone.page.getByTestId("result-form")).toContainText(words);

  // The network is back, and somebody sits in front of it.
  await phone.context.setOffline(false);
  await phone.changesNetwork();
  await phone.reload();
  await phone.seesSyncWord(ONLY_HERE);
  expect(ear.hears(TURN, NOTE, DRAFT)).toEqual([]);
  expect(ear.onlyFetches, "no line was ever dialled").toBe(true);
});

test("a barometer of one's own shows where one stood last time", async ({ hall }) => {
  const { phone, ear } = await heardPhone(hall, hall.relay, false);
  const { page } = phone;
  await reads(phone, "E21");
  await takes(phone);
  await phone.open("mark");
  await expect(page.getByTestId("begin-round")).toHaveCount(0);
  await page.getByTestId("mark-4").click();
  await page.getByTestId("begin-round").click();
  await expect(page.getByTestId("confirm")).toContainText("Du sætter et nyt mærke.");
  await page.getByTestId("confirm-yes").click();
  await expect(page.getByText("Sidst stod du på 4.")).toBeVisible();
  await page.getByTestId("mark-7").click();
  await phone.reload();
  await expect(page.getByTestId("mark-7")).toHaveAttribute("aria-pressed", "true");
  await expect(page.getByText("Sidst stod du på 4.")).toBeVisible();
  await looksRight(phone, "own-barometer");
  expect(ear.onlyFetches, "no line was ever dialled").toBe(true);
});

for (const { id, title } of forOne) {
  test(`${id}, ${title.da}, alone`, async ({ hall }) => {
    const { phone, ear } = await heardPhone(hall, hall.relay, false);
    await reads(phone, id);
    await takes(phone);
    const links = phone.page.locator("a[data-test^=step-]");
    await expect(links).not.toHaveCount(0);
    const hrefs = await links.evaluateAll((all) => all.map((link) => link.getAttribute("href") ?? ""));
    const written: string[] = [];
    for (const [place, href] of hrefs.entries()) {
      await phone.page.evaluate((address) => void (location.hash = address), href);
      await expect(phone.page.locator("#content")).toHaveAttribute("data-step", new RegExp(`\\.${href.split("/").at(-1)}$`));
      written.push(...(await fill(phone.page, `Egne ord ${place}`, { shares: false })));
      await expect(phone.page.locator("[data-test=share], [data-test=share-own]")).toHaveCount(0);
      // Most kinds end where all of it is seen; their other steps are audited in their own journeys.
      if (place + 1 === hrefs.length) await phone.axe();
    }
    await phone.openOverview();
    await expect(phone.page.getByTestId("continue"), "nothing is left open").toHaveCount(0);
    await phone.seesSyncWord(ONLY_HERE);
    const text = await copied(phone);
    for (const words of written) expect(text).toContain(words);
    // Whoever is asked for is oneself.
    expect(text).not.toContain("uden navn");
    await looksRight(phone, `own-result-${id}`);
    expect(ear.hears(...written)).toEqual([]);
    expect(ear.onlyFetches, "no line was ever dialled").toBe(true);
  });
}

// What lies on the device beside how the app is.
async function left(phone: PhonePage): Promise<string[]> {
  return phone.page.evaluate(async () => {
    const opened = <T>(request: IDBRequest<T>): Promise<T> =>
      new Promise((done, failed) => {
        request.onsuccess = () => done(request.result);
        request.onerror = () => failed(request.error);
      });
    const found: string[] = [];
    for (const { name } of await indexedDB.databases()) {
      const database = await opened(indexedDB.open(name ?? ""));
      for (const store of [...database.objectStoreNames].filter((one) => one !== "settings")) {
        const keys = await opened(database.transaction(store).objectStore(store).getAllKeys());
        found.push(...keys.map((key) => `${store} ${String(key)}`));
      }
      database.close();
    }
    return found;
  });
}
