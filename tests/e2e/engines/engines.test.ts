// The short journeys in engines beside Chromium, which carries the whole suite: a phone and the wall, each in a browser of
// its own, and both kinds of 'no network' that happen to phones.

import { expect, test } from "@playwright/test";
import { Line } from "../line.ts";
import { Relay } from "../relay.ts";
import { StockPeer } from "../stock_peer.ts";
import { makeWorkshop } from "../workshop.ts";
import { until, type Engine } from "./engine.ts";
import { Firefox } from "./firefox.ts";
import { WebKit } from "./webkit.ts";

const ENGINES: Record<string, () => Promise<Engine>> = { Firefox: Firefox.make, WebKit: WebKit.make };

// On the line, for these engines cannot go offline themselves: Firefox's switch leaves open sockets and the service worker
// alone, and WebKit's driver has none.
const LOSSES = [
  { loss: "cut", lose: (line: Line) => line.cut(), level: 4 },
  { loss: "silent", lose: (line: Line) => line.silence(), level: 5 },
];

// They wait more than they work.
test.describe.configure({ mode: "parallel" });

for (const [name, make] of Object.entries(ENGINES)) {
  test(`in ${name} the wall shows what a phone does, and later what it did on a line that was cut or silent`, async () => {
    const relay = await Relay.start();
    const line = await Line.to(() => relay.port);
    const { links, sync, documents } = await makeWorkshop(relay.origin);
    const witness = await StockPeer.dial(sync.participant, documents);
    const [phone, wall] = await Promise.all([make(), make()]);
    try {
      await Promise.all([phone.start(), wall.start()]);
      await Promise.all([phone.goto(links.participant.replace(relay.origin, line.origin)), wall.goto(links.projector)]);
      await press(phone, "join-go", () => type(phone, "join-name", "Amina"));
      await press(phone, "step-now");
      await place(phone, 3);
      await seesPeople(wall, 3, 1);
      const texts = [await write(phone, "Vi spørger til hinanden")];
      await seesNotes(wall, "projector-note", texts);
      await press(phone, "sync");
      await seesCounts(phone, { onDevice: 0, received: 3 });
      await closeSheet(phone);
      await until(phone, "the app is on the device whole", "document.documentElement.dataset.offline === 'ready'");

      let received = 3;
      for (const { loss, lose, level } of LOSSES) {
        lose(line);
        await place(phone, level);
        texts.push(await write(phone, `Skrevet på en linje, der er ${loss}`));
        await press(phone, "sync");
        await seesCounts(phone, { onDevice: 2, received });

        await phone.reload();
        await standsOn(phone, level);
        texts.push(await write(phone, `Skrevet efter genindlæsning, ${loss}`));
        await press(phone, "sync");
        await seesCounts(phone, { onDevice: 3, received });

        await phone.kill();
        await phone.start();
        await phone.goto(`${line.origin}/`);
        await press(phone, "workshop");
        await press(phone, "step-now");
        await standsOn(phone, level);
        texts.push(await write(phone, `Skrevet i en ny browser, ${loss}`));
        await seesNotes(phone, "note", texts);
        await press(phone, "sync");
        await seesCounts(phone, { onDevice: 4, received });
        await seesPeople(wall, level, 0);

        line.restore();
        received += 4;
        // Unless the line came back by itself and took the button away.
        await phone.run("document.querySelector('[data-test=try-now]')?.click()");
        await seesCounts(phone, { onDevice: 0, received });
        await closeSheet(phone);
        await seesPeople(wall, level, 1);
        for (const text of texts) await witness.seesNote(text);
      }
      expect(witness.notes().sort()).toEqual(texts.sort());
    } finally {
      await witness.close();
      await Promise.all([phone.remove(), wall.remove()]);
      await line.close();
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

async function place(phone: Engine, level: number): Promise<void> {
  await press(phone, `level-${level}`);
  await standsOn(phone, level);
}

async function standsOn(phone: Engine, level: number): Promise<void> {
  const selector = `[data-test=level-${level}][aria-checked=true]`;
  await until(phone, `one stands on ${level}`, "document.querySelector(arguments[0])", selector);
}

async function write(phone: Engine, text: string): Promise<string> {
  await press(phone, "add-example");
  await press(phone, "note-add", () => type(phone, "note-draft", text));
  await seesNotes(phone, "note", [text]);
  return text;
}

// Notes off the screen are not painted, and WebKit leaves what it does not paint out of `innerText`.
async function seesNotes(engine: Engine, hook: string, texts: string[]): Promise<void> {
  const notes = "Array.from(document.querySelectorAll(arguments[0]), (note) => note.textContent)";
  const condition = `((notes) => arguments[1].every((text) => notes.some((note) => note.includes(text))))(${notes})`;
  await until(engine, `there is ${texts.join(", ")}`, condition, `[data-test=${hook}]`, texts);
}

async function seesPeople(wall: Engine, level: number, people: number): Promise<void> {
  const selector = `[data-test=column-now-level-${level}][data-count='${people}']`;
  await until(wall, `${people} on level ${level}`, "document.querySelector(arguments[0])", selector);
}

// How many things lie on the device alone, and how many the board has; none is on its way. A line that falls silent is
// noticed within 10 s.
async function seesCounts(phone: Engine, { onDevice, received }: { onDevice: number; received: number }): Promise<void> {
  const counts = "['on-device', 'sent', 'received'].map((row) => document.querySelector(`[data-test=count-${row}]`)?.innerText)";
  const told = `${onDevice},0,${received}`;
  await until(phone, `the counts are ${told}`, `${counts}.join() === arguments[0]`, told);
}

async function closeSheet(phone: Engine): Promise<void> {
  await press(phone, "sheet-close");
  await until(phone, "the sheet is closed", "!document.querySelector('[data-test=sync-sheet]')");
}
