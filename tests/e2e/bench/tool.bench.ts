// How long a person waits for the largest tool of the packs, from the tap that opens it: a step of it, and all of it to be read.

import { execFileSync } from "node:child_process";
import { expect, test } from "../hall.ts";
import type { PhonePage } from "../phone_page.ts";
import { BINARY } from "../relay.ts";
import { figure, report } from "./report.ts";
import { slow } from "./stopwatch.ts";

const ROUNDS = 15;

type Tool = { id: string; entries: number };

// Opens an address from the overview, and gives the milliseconds until what it leads to was painted.
async function opening(phone: PhonePage, href: string, sight: string): Promise<number> {
  await phone.openOverview();
  return phone.page.evaluate(
    ({ href, sight }) =>
      new Promise<number>((resolve) => {
        const before = performance.now();
        const observer = new MutationObserver(() => {
          if (!document.querySelector(sight)) return;
          observer.disconnect();
          requestAnimationFrame(() => {
            const { port1, port2 } = new MessageChannel();
            port1.onmessage = () => resolve(performance.now() - before);
            port2.postMessage(null);
          });
        });
        observer.observe(document, { childList: true, subtree: true, attributes: true });
        location.hash = href;
      }),
    { href, sight },
  );
}

test("the largest tool", async ({ hall }) => {
  const tools = JSON.parse(execFileSync(BINARY, ["content", "list", "--json"], { encoding: "utf8" })) as Tool[];
  const largest = tools.reduce((one, other) => (other.entries > one.entries ? other : one));
  await hall.workshop({ tools: [largest.id] });
  const phone = await hall.participant();
  await phone.join("Amina");
  const links = phone.page.locator("a[data-test^=step-]");
  await expect(links).not.toHaveCount(0);
  const step = (await links.first().getAttribute("href")) ?? "";
  const reading = (await phone.page.getByTestId("read-tool").getAttribute("href")) ?? "";
  // The modules of both are on the device by then.
  await phone.opensOffline();
  await opening(phone, step, "main[data-step]");
  await opening(phone, reading, "[data-test=read]");
  await phone.page.goBack();
  await slow(phone.page);
  const rounds: { step: number; reading: number }[] = [];
  for (let round = 0; round < ROUNDS; round++) {
    const opened = await opening(phone, step, "main[data-step]");
    await phone.openOverview();
    const read = await opening(phone, reading, "[data-test=read]");
    await phone.page.goBack();
    rounds.push({ step: opened, reading: read });
  }
  const name = `the largest tool (${largest.entries} entries), 4× slower CPU`;
  await report([
    figure(`tap to paint: a step of ${name}`, "ms", rounds.map(({ step }) => step), 100),
    figure(`tap to paint: all of ${name}, to be read`, "ms", rounds.map(({ reading }) => reading), 100),
  ]);
});
