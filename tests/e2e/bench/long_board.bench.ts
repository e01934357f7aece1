// What a long board costs a phone: writing on it, seeing what others write, opening it again, and joining it.

import type { Locator, Page } from "@playwright/test";
import { expect, test, type Hall } from "../hall.ts";
import type { PhonePage } from "../phone_page.ts";
import { LongBoard } from "./board.ts";
import { figure, report } from "./report.ts";
import { CPU_SLOWER, PROBE, processorTime, seen, slow, startStopwatch } from "./stopwatch.ts";

const SIZES = [1_000, 5_000, 20_000];
const KEYSTROKES = 200;
const ROUNDS = 5;
// Letters whose processor time is taken together.
const PART = 20;
// A quick writer's pace, so that what is still being done for one letter can be in the way of the next.
const BETWEEN_KEYS_MS = 80;
const LETTERS = "vi taler om det i morgen og ser hvad der kan ventes ";

const NOTE = { selector: "[data-test=note]" };

// Types so many letters at the end of a field, and gives each one's time until it was painted.
async function type(field: Locator, count: number): Promise<number[]> {
  const page = field.page();
  await field.focus();
  await field.evaluate((field: HTMLTextAreaElement) => field.setSelectionRange(field.value.length, field.value.length));
  await page.evaluate(() => Object.assign(stopwatch, { keystrokes: [], pressed: [] }));
  for (let key = 0; key < count; key++) {
    await page.keyboard.press(LETTERS[key % LETTERS.length] === " " ? "Space" : (LETTERS[key % LETTERS.length] ?? "a"));
    await page.waitForTimeout(BETWEEN_KEYS_MS);
  }
  await page.waitForFunction((count) => stopwatch.keystrokes.length === count, count);
  return page.evaluate(() => stopwatch.keystrokes);
}

// A page that holds a field and nothing else, in a window like the phone's: what the browser itself takes for a letter.
async function bareField(phone: PhonePage): Promise<Page> {
  // Not a context of the hall's: its pages ask the relay for everything.
  const context = await phone.context.browser()!.newContext({ viewport: phone.page.viewportSize() });
  await startStopwatch(context, {});
  const page = await context.newPage();
  await page.route("**/*", (route) => route.fulfill({ contentType: "text/html", body: "<!doctype html><textarea rows=5></textarea>" }));
  await page.goto("https://bare.test/");
  return page;
}

async function seat(hall: Hall, name: string, watchesProbe = false): Promise<PhonePage> {
  const phone = await hall.participant({ opens: false });
  await startStopwatch(phone.context, { note: NOTE }, watchesProbe);
  await phone.goto();
  await phone.join(name);
  return phone;
}

test("a board of 20,000 changes", async ({ hall }) => {
  const board = await LongBoard.of(hall);
  const [writer, reader] = [await seat(hall, "Amina"), await seat(hall, "Bo", true)];
  await writer.open("obstacles");
  await writer.write(PROBE);
  await reader.open("obstacles");

  for (const size of SIZES) {
    await test.step(`${size} changes`, async () => {
      const last = await board.reach(size);
      // Both have all of it when they show what came last.
      for (const phone of [writer, reader]) await expect(phone.note(last)).toHaveCount(1, { timeout: 120_000 });
      await remote(writer, reader, size);
    });
  }

  await test.step("opening it again", async () => {
    await reader.opensOffline();
    await reader.reload();
    const asItCame = [await seen(reader.page, "note")];
    await reader.page.waitForFunction(hasFewChunks, undefined, { timeout: 60_000 });
    await report([
      figure("reopening from the device, as the changes came, 20,000 changes", "ms", asItCame),
      figure("reopening from the device, 20,000 changes", "ms", await reopening(reader)),
    ]);
    const slowed = await slow(reader.page);
    await report([figure("reopening from the device, 20,000 changes, 4× slower CPU", "ms", await reopening(reader))]);
    await slowed.detach();
  });

  await test.step("joining it", async () => {
    await report([
      figure("first join by an empty device, app and all, 20,000 changes", "ms", await joining(hall, 1)),
      figure("first join by an empty device, app and all, 20,000 changes, 4× slower CPU", "ms", await joining(hall, CPU_SLOWER)),
    ]);
  });

  await test.step("keystrokes", async () => {
    const bare = await bareField(writer);
    await slow(bare);
    const inBare = await type(bare.locator("textarea"), KEYSTROKES);
    await bare.context().close();
    await writer.page.bringToFront();
    const slowed = await slow(writer.page);
    const note = await writer.openNote(PROBE);
    const inNote = await type(note, KEYSTROKES);
    await writer.doneWithNote();
    await writer.open("time-frame");
    await writer.timeWords.fill("Vi taler om det igen. ".repeat(30));
    const inText = await type(writer.timeWords, KEYSTROKES);
    await slowed.detach();
    await report([
      figure("keystroke to paint, a page with nothing but a field, 4× slower CPU", "ms", inBare),
      figure("keystroke to paint, a note, 20,000 changes, 4× slower CPU", "ms", inNote, 16),
      figure("keystroke to paint, a shared text, 20,000 changes, 4× slower CPU", "ms", inText, 16),
    ]);
  });
});

// In the page: whether compaction has made the many chunks few.
async function hasFewChunks(): Promise<boolean> {
  const opening = indexedDB.open("dialogtavle");
  await new Promise((resolve) => (opening.onsuccess = resolve));
  const counting = opening.result.transaction("chunks").objectStore("chunks").count();
  await new Promise((resolve) => (counting.onsuccess = resolve));
  opening.result.close();
  return counting.result < 20;
}

async function reopening(phone: PhonePage): Promise<number[]> {
  const rounds: number[] = [];
  for (let round = 0; round < ROUNDS; round++) {
    await phone.reload();
    rounds.push(await seen(phone.page, "note"));
  }
  return rounds;
}

// The desk of a facilitator, which asks for no name: it is there when it shows what came last.
async function joining(hall: Hall, rate: number): Promise<number[]> {
  const rounds: number[] = [];
  for (let round = 0; round < ROUNDS; round++) {
    const desk = await hall.facilitator({ opens: false });
    await startStopwatch(desk.context, { whole: { ...NOTE, text: LongBoard.last(SIZES.at(-1) ?? 0) } });
    await slow(desk.page, rate);
    await desk.goto();
    rounds.push(await seen(desk.page, "whole"));
    await desk.context.close();
  }
  return rounds;
}

// Letters of one phone on another: how long each is on its way, and what it costs both.
async function remote(writer: PhonePage, reader: PhonePage, size: number): Promise<void> {
  const note = await writer.openNote(PROBE);
  const [writing, reading] = [await processorTime(writer.page), await processorTime(reader.page)];
  const before = await reader.page.evaluate(() => stopwatch.painted.length);
  const costs: { here: number[]; there: number[] } = { here: [], there: [] };
  const pressed: number[] = [];
  for (let part = 0; part < KEYSTROKES / PART; part++) {
    await Promise.all([writing(), reading()]);
    await type(note, PART);
    pressed.push(...(await writer.page.evaluate(() => stopwatch.pressed)));
    await reader.page.waitForFunction((count) => stopwatch.painted.length >= count, before + pressed.length);
    costs.here.push((await writing()) / PART);
    costs.there.push((await reading()) / PART);
  }
  const painted = await reader.page.evaluate((before) => stopwatch.painted.slice(before), before);
  await writer.doneWithNote();
  const board = `${size.toLocaleString("en")} changes`;
  await report([
    figure(`remote edit to paint on a second phone, ${board}`, "ms", painted.map((at, letter) => at - (pressed[letter] ?? Number.NaN)), 50),
    figure(`processor time for each letter, on the phone that writes it, ${board}`, "ms", costs.here),
    figure(`processor time for each letter, on a phone that reads it, ${board}`, "ms", costs.there),
  ]);
}
