// A large screen at which nobody sits: it says when its line is gone, keeps what it showed, catches up by itself, and stays awake.

import { expect, test } from "./hall.ts";
import type { Line } from "./line.ts";
import type { ProjectorPage } from "./projector_page.ts";

const BEFORE = "Skrevet, mens skærmen lyttede";
const MEANWHILE = "Skrevet, mens skærmen var væk";

// A silent line is noticed within 10 s, and the longest wait between two tries is 30 s.
const NOTICED_MS = 15_000;
const BACK_MS = 45_000;

const LOSSES: Record<string, (line: Line) => void> = {
  "is cut": (line) => line.cut(),
  "falls silent": (line) => line.silence(),
};

// Counts from now on how often the screen took its words about the line away.
async function watchesAway({ page }: ProjectorPage): Promise<() => Promise<number>> {
  const counted = await page.evaluateHandle(() => {
    const isSaid = (): boolean => !!document.querySelector("[data-test=projector-away]");
    const seen = { was: isSaid(), times: 0 };
    new MutationObserver(() => {
      if (seen.was && !isSaid()) seen.times += 1;
      seen.was = isSaid();
    }).observe(document.body, { childList: true, subtree: true });
    return seen;
  });
  return () => counted.evaluate(({ times }) => times);
}

async function showsWhatItHad(projector: ProjectorPage): Promise<void> {
  await projector.seesPeople("now", 2, 1);
  await projector.seesPeople("now", 4, 0);
  await projector.seesNote(BEFORE);
  await projector.seesNoNote(MEANWHILE);
}

for (const [kind, lose] of Object.entries(LOSSES)) {
  test(`a screen whose line ${kind} says so, keeps what it showed, and catches up by itself`, async ({ hall }) => {
    const line = await hall.line();
    const [projector, phone] = [await hall.projector({ line }), await hall.participant()];
    await phone.join("Amina");
    await phone.open("now");
    await phone.place(2);
    await phone.write(BEFORE);
    await projector.seesPeople("now", 2, 1);
    await projector.seesNote(BEFORE);
    await expect(projector.away).toHaveCount(0);
    await projector.opensOffline();

    const takenAway = await watchesAway(projector);
    const triesAgain = projector.page.waitForEvent("websocket");
    lose(line);
    await expect(projector.away).toHaveText("Uden forbindelse. Viser det senest modtagne.", { timeout: NOTICED_MS });
    // That it is tried again meanwhile is nobody's concern.
    await triesAgain;
    await phone.place(4);
    await phone.write(MEANWHILE);
    await phone.everythingIsReceived();
    await showsWhatItHad(projector);
    await projector.isForLookingAt();
    await projector.axe();
    expect(await takenAway(), "how often it stopped saying so").toBe(0);

    // Somebody loads it anew: it shows what it has.
    await projector.reload();
    await showsWhatItHad(projector);
    await expect(projector.away).toBeVisible({ timeout: NOTICED_MS });

    line.restore();
    await expect(projector.level("now", 4)).toHaveAttribute("data-count", "1", { timeout: BACK_MS });
    await projector.seesPeople("now", 2, 0);
    for (const text of [BEFORE, MEANWHILE]) await projector.seesNote(text);
    await expect(projector.away).toHaveCount(0);
  });
}

test("a screen asks the browser to keep it awake, asks again whenever it is seen, and lets go when it is left", async ({ hall }) => {
  const projector = await hall.projector({ opens: false });
  await projector.context.addInitScript(() => {
    const asked: string[] = [];
    const wakeLock = {
      request: async (type: string) => {
        asked.push(type);
        return { release: async () => void asked.push(`${type} released`) };
      },
    };
    Object.defineProperty(navigator, "wakeLock", { value: wakeLock });
    Object.assign(globalThis, { asked });
  });
  const asked = (): Promise<string[]> => projector.page.evaluate(() => (globalThis as unknown as { asked: string[] }).asked);
  const becomes = (state: DocumentVisibilityState): Promise<void> =>
    projector.page.evaluate((state) => {
      Object.defineProperty(document, "visibilityState", { value: state, configurable: true });
      Object.defineProperty(document, "hidden", { value: state === "hidden", configurable: true });
      document.dispatchEvent(new Event("visibilitychange"));
    }, state);
  await projector.goto();
  await expect(projector.page.getByTestId("projector")).toBeVisible();
  await expect.poll(asked).toEqual(["screen"]);
  await becomes("hidden");
  expect(await asked()).toEqual(["screen"]);
  await becomes("visible");
  await expect.poll(asked).toEqual(["screen", "screen"]);
  await projector.page.evaluate(() => (location.hash = "#/"));
  await expect(projector.page.getByTestId("home")).toBeVisible();
  await expect.poll(asked).toEqual(["screen", "screen", "screen released"]);
  await becomes("visible");
  expect(await asked()).toHaveLength(3);
});
