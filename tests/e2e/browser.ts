// The browser of the tests: the system's own, never one that is downloaded.

import path from "node:path";
import type { LaunchOptions } from "@playwright/test";

export const target = path.resolve(import.meta.dirname, "../../target");

export const launchOptions: LaunchOptions = {
  executablePath: process.env.DIALOGTAVLE_CHROMIUM ?? "/usr/bin/chromium",
  args: [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
  ],
};
