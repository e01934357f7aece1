// Stops the app as a panic in the wasm does.

import type { Page } from "@playwright/test";

export const PLACE = "client/src/lib.rs:1:1";

export async function panic(page: Page, place = PLACE): Promise<void> {
  await page.evaluate((place) => {
    dispatchEvent(new CustomEvent("dialogtavle:panic", { detail: [place, "on purpose"] }));
  }, place);
}
