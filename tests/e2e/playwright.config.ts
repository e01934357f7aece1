import path from "node:path";
import { defineConfig } from "@playwright/test";
import { launchOptions, target } from "./browser.ts";

export default defineConfig({
  testDir: ".",
  testMatch: "**/*.test.ts",
  outputDir: path.join(target, "e2e/results"),
  // A relay and several browser contexts for each test; two tests at a time fill two cores.
  workers: 2,
  // An unsteady test is a fault to be found.
  retries: 0,
  forbidOnly: true,
  // A journey looks at a dozen screens, each twice with axe, while another one does the same beside it.
  timeout: 120_000,
  // What a screen reader meets is held whole: nothing may go, and nothing come, without being seen here.
  expect: { timeout: 10_000, toMatchAriaSnapshot: { pathTemplate: "{testDir}/aria/{arg}{ext}", children: "deep-equal" } },
  reporter: [["list"]],
  use: { browserName: "chromium", launchOptions, locale: "da-DK", timezoneId: "Europe/Copenhagen", trace: "retain-on-failure", testIdAttribute: "data-test" },
});
