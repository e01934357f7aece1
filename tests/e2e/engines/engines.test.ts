// The short journeys in engines beside Chromium, which carries the whole suite.

import { test, expect } from "@playwright/test";
import { Relay } from "../relay.ts";
import { until, words, type Engine } from "./engine.ts";
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
      expect(await words(engine)).toContain("Dialogtavle");
    } finally {
      await engine.remove();
      await relay.close();
    }
  });
}
