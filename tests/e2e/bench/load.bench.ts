// How long a phone waits: on its first visit over slow 4G, and from what it keeps.

import type { Page } from "@playwright/test";
import { test } from "../hall.ts";
import { figure, report } from "./report.ts";

const ROUNDS = 7;
// Slow 4G as DESIGN section 9 names it: 1.6 Mbit/s each way, 150 ms.
const SLOW_4G = { offline: false, latency: 150, downloadThroughput: 200_000, uploadThroughput: 200_000 };
const CPU_SLOWER = 4;

// Milliseconds from the navigation until something could be read, and until the app draws.
async function times(page: Page): Promise<{ readable: number; started: number }> {
  return page.evaluate(() => ({
    readable: performance.getEntriesByName("first-contentful-paint")[0]?.startTime ?? Number.NaN,
    started: performance.getEntriesByName("dialogtavle:started")[0]?.startTime ?? Number.NaN,
  }));
}

test("first load over slow 4G with a slow phone", async ({ hall }) => {
  const rounds: { readable: number; started: number }[] = [];
  for (let round = 0; round < ROUNDS; round++) {
    const phone = await hall.visitor({ opens: false });
    const session = await phone.context.newCDPSession(phone.page);
    await session.send("Network.enable");
    await session.send("Network.emulateNetworkConditions", SLOW_4G);
    await session.send("Emulation.setCPUThrottlingRate", { rate: CPU_SLOWER });
    await phone.goto();
    rounds.push(await times(phone.page));
    await phone.context.close();
  }
  await report([
    figure("first load: readable", "ms", rounds.map(({ readable }) => readable), 1_500),
    figure("first load: interactive", "ms", rounds.map(({ started }) => started), 5_000),
  ]);
});

test("load from what the phone keeps", async ({ hall }) => {
  const phone = await hall.visitor();
  await phone.opensOffline();
  const session = await phone.context.newCDPSession(phone.page);
  await session.send("Emulation.setCPUThrottlingRate", { rate: CPU_SLOWER });
  const rounds: number[] = [];
  for (let round = 0; round < ROUNDS; round++) {
    await phone.reload();
    rounds.push((await times(phone.page)).started);
  }
  await report([figure("from the cache: interactive", "ms", rounds, 800)]);
});
