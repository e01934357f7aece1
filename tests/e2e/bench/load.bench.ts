// How long an invited person waits: on the first visit over slow 4G, and from what the phone keeps.

import { expect, test } from "../hall.ts";
import { figure, report } from "./report.ts";
import { CPU_SLOWER, seen, slow, startStopwatch } from "./stopwatch.ts";

const ROUNDS = 7;
// Slow 4G as DESIGN section 9 names it: 1.6 Mbit/s each way, 150 ms.
const SLOW_4G = { offline: false, latency: 150, downloadThroughput: 200_000, uploadThroughput: 200_000 };

const SIGHTS = {
  // The page's own: what is typed into it, and a press, the app takes over.
  form: { selector: "[data-way=join] [data-boot=join] [data-test=join-go]" },
  interactive: { selector: "[data-app] [data-test=join-name]:not([disabled])", atRest: true },
  home: { selector: "[data-test=home]" },
};

test("first load over slow 4G with a slow phone", async ({ hall }) => {
  const rounds: { readable: number; form: number; interactive: number }[] = [];
  for (let round = 0; round < ROUNDS; round++) {
    const phone = await hall.participant({ opens: false });
    await startStopwatch(phone.context, SIGHTS);
    const session = await slow(phone.page, CPU_SLOWER);
    await session.send("Network.enable");
    await session.send("Network.emulateNetworkConditions", SLOW_4G);
    await phone.goto();
    const [form, interactive] = [await seen(phone.page, "form"), await seen(phone.page, "interactive")];
    const readable = await phone.page.evaluate(() => performance.getEntriesByName("first-contentful-paint")[0]?.startTime ?? Number.NaN);
    rounds.push({ readable, form, interactive });
    await phone.context.close();
  }
  await report([
    figure("first load: title and what this is", "ms", rounds.map(({ readable }) => readable), 1_500),
    figure("first load: the join form", "ms", rounds.map(({ form }) => form), 1_500),
    figure("first load: interactive", "ms", rounds.map(({ interactive }) => interactive), 5_000),
  ]);
});

test("load from what the phone keeps", async ({ hall }) => {
  const phone = await hall.visitor({ opens: false });
  await startStopwatch(phone.context, SIGHTS);
  await phone.goto();
  await phone.opensOffline();
  await slow(phone.page, CPU_SLOWER);
  const rounds: number[] = [];
  for (let round = 0; round < ROUNDS; round++) {
    await phone.reload();
    expect(await phone.page.evaluate(() => Boolean(navigator.serviceWorker.controller))).toBe(true);
    rounds.push(await seen(phone.page, "home"));
  }
  await report([figure("from the cache: interactive", "ms", rounds, 800)]);
});
