// What a page itself sees of time: when a letter was pressed, when it was painted, and when somebody else's words were.
//
// 'Painted' is the end of the frame that shows it: a message that is posted from `requestAnimationFrame` is handled
// after the main thread has drawn that frame. Event Timing would also count what the compositor and the screen take, but
// rounds to 8 ms and reports nothing below 16 ms, so no median could be told from it. The browser of the measurements
// draws as soon as there is something to draw (see the configuration): else up to 16.7 ms of each figure would be the
// wait for the next frame of a 60 Hz screen.

import type { BrowserContext, CDPSession, Page } from "@playwright/test";

export const CPU_SLOWER = 4;
// What the second phone watches for: a text that begins so.
export const PROBE = "Måling:";

type Stopwatch = {
  // Milliseconds from each press of a key to its paint.
  keystrokes: number[];
  // When each letter was pressed, and when each letter of the probe was painted: milliseconds since 1970.
  pressed: number[];
  painted: number[];
  // Milliseconds from the navigation until each sight that was asked for was painted.
  seen: Record<string, number>;
};

// An element, what it says if it is one of several, and whether it counts once the main thread has nothing left to do.
export type Sight = { selector: string; text?: string; atRest?: boolean };

declare global {
  // eslint-disable-next-line no-var
  var stopwatch: Stopwatch;
}

// Starts a stopwatch in every page that the context opens from now on; it looks out for each sight, by a name, and for
// the letters of the probe if it is told to. Looking costs time itself, so nothing else is looked for.
export async function startStopwatch(context: BrowserContext, looksFor: Record<string, Sight>, watchesProbe = false): Promise<void> {
  await context.addInitScript(
    ({ looksFor, watchesProbe, probe }) => {
      const watch: Stopwatch = (globalThis.stopwatch = { keystrokes: [], pressed: [], painted: [], seen: {} });
      const afterPaint = (then: () => void): void =>
        void requestAnimationFrame(() => {
          const { port1, port2 } = new MessageChannel();
          port1.onmessage = then;
          port2.postMessage(null);
        });
      addEventListener(
        "keydown",
        ({ timeStamp }) => {
          watch.pressed.push(performance.timeOrigin + timeStamp);
          afterPaint(() => watch.keystrokes.push(performance.now() - timeStamp));
        },
        { capture: true },
      );
      let letters = 0;
      const lookForSights = (): void => {
        for (const [name, { selector, text = "", atRest }] of Object.entries(looksFor)) {
          if (name in watch.seen) continue;
          if (![...document.querySelectorAll(selector)].some(({ textContent }) => textContent?.includes(text))) continue;
          watch.seen[name] = Number.NaN;
          const note = (): unknown => (watch.seen[name] = performance.now());
          afterPaint(atRest ? () => requestIdleCallback(note) : note);
        }
      };
      const lookForProbe = (): void => {
        for (const note of document.querySelectorAll("[data-test=note] p")) {
          if (!note.textContent?.startsWith(probe)) continue;
          const [from, upTo] = [letters, Math.max(letters, note.textContent.length - probe.length)];
          letters = upTo;
          if (upTo === from) continue;
          afterPaint(() => {
            for (let letter = from; letter < upTo; letter++) watch.painted[letter] = performance.timeOrigin + performance.now();
          });
        }
      };
      const observer = new MutationObserver(() => {
        lookForSights();
        if (watchesProbe) lookForProbe();
        else if (Object.keys(looksFor).every((name) => name in watch.seen)) observer.disconnect();
      });
      observer.observe(document, { childList: true, characterData: true, subtree: true, attributes: true });
    },
    { looksFor, watchesProbe, probe: PROBE },
  );
}

// Waits until a sight of that name was painted, and gives its time.
export async function seen(page: Page, name: string): Promise<number> {
  await page.waitForFunction((name) => globalThis.stopwatch.seen[name]! >= 0, name, { timeout: 120_000 });
  return page.evaluate((name) => globalThis.stopwatch.seen[name] ?? Number.NaN, name);
}

// A slower processor, until `restore`.
export async function slow(page: Page, rate = CPU_SLOWER): Promise<CDPSession> {
  const session = await page.context().newCDPSession(page);
  await session.send("Emulation.setCPUThrottlingRate", { rate });
  return session;
}

// Measures the processor time that a page's main thread takes: unlike the time that passes, it does not depend on what
// else the machine does. Gives what it took since the last time it was asked, in milliseconds.
export async function processorTime(page: Page): Promise<() => Promise<number>> {
  const session = await page.context().newCDPSession(page);
  await session.send("Performance.enable", { timeDomain: "threadTicks" });
  let before = 0;
  const sinceBefore = async (): Promise<number> => {
    const { metrics } = await session.send("Performance.getMetrics");
    const now = 1_000 * (metrics.find(({ name }) => name === "TaskDuration")?.value ?? Number.NaN);
    const taken = now - before;
    before = now;
    return taken;
  };
  await sinceBefore();
  return sinceBefore;
}
