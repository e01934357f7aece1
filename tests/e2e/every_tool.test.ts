// Every tool of the packs: opened, filled in wherever it can be, found on the large screen and after a reload, in both languages.
//
// Nothing here knows a tool or a kind: whatever can be pressed, chosen, moved or written in is, by what it is to a screen reader.

import { execFileSync } from "node:child_process";
import type { DevicePage } from "./device_page.ts";
import { fill, standing } from "./filling.ts";
import { expect, PHONE, SCREEN, test } from "./hall.ts";
import type { PhonePage } from "./phone_page.ts";
import type { ProjectorPage } from "./projector_page.ts";
import { BINARY } from "./relay.ts";
import type { StockPeer } from "./stock_peer.ts";

type Tool = { id: string; kind: string[]; title: { da: string }; use: string[] };
// A step of the tool: its address, its name in its part's, and what is projected when it is.
type Step = { href: string; code: string; focus: string };
// What was written there, and all that it held then.
type Filled = { words: string[]; held: string[] };

const tools = JSON.parse(execFileSync(BINARY, ["content", "list", "--json"], { encoding: "utf8" })) as Tool[];
const WIDE = SCREEN.viewport;
// The most that one of a tool's steps may take more, in ms: it is looked at a dozen times.
const A_STEP = 3_000;

test.describe.configure({ mode: "parallel" });
// What is expected says where it fails; traces of so many screens would take as long as the journeys.
test.use({ trace: "off" });

for (const { id, kind, title, use } of tools) {
  const isRead = kind.every((one) => one === "agenda" || one === "reference");
  const isOwn = use.every((one) => one === "own");

  test(`${id}, ${title.da}`, async ({ hall }) => {
    await hall.workshop({ tools: [id] });
    const [phone, projector, facilitator] = [await hall.participant(), await hall.projector(), await hall.stock("facilitator")];
    const errors = [heard(phone), heard(projector)];
    await phone.join("Amina");
    await facilitator.seesPerson("Amina");
    const steps = await stepsOf(phone);
    test.setTimeout(60_000 + steps.length * A_STEP);
    const empty = await walls(projector, facilitator, steps);
    const before = facilitator.board.heads();

    const filled = new Map<Step, Filled>();
    for (const step of steps) {
      await opens(phone, step);
      const untouched = await standing(phone.page);
      const words = await fill(phone.page, `Ord ${filled.size}`, { shares: !isOwn });
      await phone.openOverview();
      await opens(phone, step);
      const held = await standing(phone.page);
      if (held.join() !== untouched.join()) filled.set(step, { words, held });
    }
    expect(filled.size > 0, "there is something to fill in").toBe(!isRead);
    await phone.openOverview();
    if (!isOwn) await expect(phone.page.getByTestId("continue"), "nothing is left open").toHaveCount(0);
    await phone.everythingIsReceived();
    await phone.reload();
    for (const [step, { held }] of filled) {
      await opens(phone, step);
      await expect.poll(() => standing(phone.page), `${step.code} after a reload`).toEqual(held);
    }

    if (isOwn) {
      expect(facilitator.board.heads(), "what is one's own stays on the device").toEqual(before);
    } else {
      const full = await walls(projector, facilitator, steps);
      for (const [step, { words }] of filled) {
        expect(full.get(step) === empty.get(step), `${step.code} is as empty on the large screen as before`).toBe(false);
        // Where there is no room for all of it, the screen says how many more there are.
        const shown = /__more|projector-more/.test(full.get(step) ?? "") ? [] : words;
        for (const word of shown) expect(full.get(step)?.includes(word), `${word} at ${step.code} on the large screen`).toBe(true);
      }
    }
    await fits(phone, steps);
    expect(errors.flat()).toEqual([]);
  });
}

// What a page says went wrong, from now on.
function heard({ page }: DevicePage): string[] {
  const errors: string[] = [];
  page.on("console", (message) => void (message.type() === "error" && errors.push(message.text())));
  return errors;
}

// The steps that the overview leads to, in order.
async function stepsOf(phone: PhonePage): Promise<Step[]> {
  const links = phone.page.locator("a[data-test^=step-]");
  await expect(links).not.toHaveCount(0);
  const hrefs = await links.evaluateAll((all) => all.map((link) => link.getAttribute("href") ?? ""));
  return hrefs.map((href) => {
    const [tool, part, step] = href.split("/").slice(-3).map(decodeURIComponent);
    return { href, code: `${part}.${step}`, focus: `${tool}/${part}.${step}` };
  });
}

// Opens a step by its address, in the page that is there.
async function opens(phone: PhonePage, step: Step): Promise<void> {
  await phone.page.evaluate((href) => void (location.hash = href), step.href);
  await expect(phone.page.locator("#content")).toHaveAttribute("data-step", step.code);
}

// What the large screen shows of each step.
async function walls(projector: ProjectorPage, facilitator: StockPeer, steps: Step[]): Promise<Map<Step, string>> {
  const walls = new Map<Step, string>();
  for (const step of steps) {
    facilitator.set("focus", step.focus);
    await expect(projector.page.locator("#content")).toHaveAttribute("data-step", step.code);
    await projector.isForLookingAt();
    walls.set(step, await projector.page.locator("#content").innerHTML());
  }
  return walls;
}

// Nothing is wider than what it is drawn on: a phone, and a large screen; in both languages.
async function fits(phone: PhonePage, steps: Step[]): Promise<void> {
  for (const language of ["language-0", "language-1"]) {
    await phone.openOverview();
    await phone.page.getByTestId(language).click();
    for (const step of steps) {
      await opens(phone, step);
      for (const viewport of [WIDE, PHONE.viewport]) {
        await phone.page.setViewportSize(viewport);
        const over = await phone.page.evaluate(() => {
          const { clientWidth } = document.documentElement;
          const isOver = ({ left, right }: DOMRect): boolean => left < -1 || right > clientWidth + 1;
          const over = [...document.querySelectorAll("body *")].filter((one) => isOver(one.getBoundingClientRect()));
          return over.map((one) => one.className.toString());
        });
        expect.soft(over, `${step.code} at ${viewport.width} px, ${language}`).toEqual([]);
      }
    }
  }
}
