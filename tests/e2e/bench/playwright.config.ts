import path from "node:path";
import { defineConfig } from "@playwright/test";
import { launchOptions, target } from "../browser.ts";

// Draws as soon as there is something to draw, instead of waiting for a screen of 60 Hz.
const AT_ONCE = ["--disable-gpu-vsync", "--disable-frame-rate-limit"];

export default defineConfig({
  testDir: ".",
  testMatch: "*.bench.ts",
  outputDir: path.join(target, "e2e/bench-results"),
  // Alone on the machine, or the figures are another's.
  workers: 1,
  timeout: 900_000,
  reporter: [["list"]],
  use: { browserName: "chromium", launchOptions: { ...launchOptions, args: [...(launchOptions.args ?? []), ...AT_ONCE] }, locale: "da-DK", timezoneId: "Europe/Copenhagen", testIdAttribute: "data-test" },
});
