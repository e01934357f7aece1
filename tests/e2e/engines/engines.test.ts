// The short journeys in engines beside Chromium, which carries the whole suite.

import { test } from "@playwright/test";
import { Relay } from "../relay.ts";
import { StockPeer } from "../stock_peer.ts";
import { makeWorkshop } from "../workshop.ts";
import { until, type Engine } from "./engine.ts";
import { Firefox } from "./firefox.ts";
import { WebKit } from "./webkit.ts";

const ENGINES: Record<string, () => Promise<Engine>> = { Firefox: Firefox.make, WebKit: WebKit.make };

for (const [name, make] of Object.entries(ENGINES)) {
  test(`${name} opens the app without a relay, also after it was killed`, async () => {
    const relay = await Relay.start();
    const engine = await make();
    try {
      await engine.start();
      await engine.goto(`${relay.origin}/`);
      await until(engine, "the app is on the device whole", "document.documentElement.dataset.offline === 'ready'");
      await relay.stop();
      await engine.reload();
      await until(engine, "the app draws", "document.documentElement.dataset.started");
      await engine.kill();
      await engine.start();
      await engine.goto(`${relay.origin}/`);
      await until(engine, "the app draws", "document.documentElement.dataset.started");
      await until(engine, "it has a heading", "document.querySelector('h1')?.innerText");
    } finally {
      await engine.remove();
      await relay.close();
    }
  });
}

for (const [name, make] of Object.entries(ENGINES)) {
  test(`in ${name} one joins, places oneself, writes, and goes on without a relay`, async () => {
    const relay = await Relay.start();
    const engine = await make();
    const { links, sync, documents } = await makeWorkshop(relay.origin);
    const witness = await StockPeer.dial(sync.participant, documents);
    try {
      await engine.start();
      await engine.goto(links.participant);
      await press(engine, "join-go", () => type(engine, "join-name", "Amina"));
      await press(engine, "step-now");
      await press(engine, "level-3");
      await write(engine, "Vi spørger til hinanden");
      await witness.seesPerson("Amina");
      await witness.seesNote("Vi spørger til hinanden");
      await seesSyncWord(engine, "Modtaget");
      await until(engine, "the app is on the device whole", "document.documentElement.dataset.offline === 'ready'");

      await relay.kill();
      await write(engine, "Skrevet uden tavle");
      await keeps(engine, 1);
      await engine.kill();
      await engine.start();
      await engine.goto(`${relay.origin}/`);
      await press(engine, "workshop");
      await press(engine, "step-now");
      await until(engine, "both notes are there", "document.querySelectorAll('[data-test=note]').length === 2");
      await seesSyncWord(engine, "1 ikke sendt");
      await relay.start();
      await witness.seesNote("Skrevet uden tavle");
      await seesSyncWord(engine, "Modtaget");
    } finally {
      await witness.close();
      await engine.remove();
      await relay.close();
    }
  });
}

async function press(engine: Engine, hook: string, before = async (): Promise<void> => {}): Promise<void> {
  const selector = `[data-test=${hook}]`;
  await until(engine, `there is ${hook}`, "document.querySelector(arguments[0])", selector);
  await before();
  await engine.click(selector);
}

async function type(engine: Engine, hook: string, text: string): Promise<void> {
  await engine.type(`[data-test=${hook}]`, text);
}

async function write(engine: Engine, text: string): Promise<void> {
  await press(engine, "add-example");
  await press(engine, "note-add", () => type(engine, "note-draft", text));
  // Notes off the screen are not painted, and WebKit leaves what it does not paint out of `innerText`.
  const notes = "Array.from(document.querySelectorAll('[data-test=note]'))";
  await until(engine, `the note ${text} is there`, `${notes}.some((note) => note.textContent.includes(arguments[0]))`, text);
}

// Things are stored on the device, and not only on their way there: the word in the corner counts both.
async function keeps(engine: Engine, count: number): Promise<void> {
  await press(engine, "sync");
  const row = "document.querySelector('[data-test=count-on-device]')";
  await until(engine, `${count} on the device`, `${row}?.innerText === String(arguments[0])`, count);
}

async function seesSyncWord(engine: Engine, word: string): Promise<void> {
  await until(engine, `the sync word is ${word}`, "document.querySelector('[data-test=sync]').innerText.trim() === arguments[0]", word);
}
