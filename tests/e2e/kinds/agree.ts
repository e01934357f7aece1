// Makes an action of something, in its own words or in others.

import type { Locator } from "@playwright/test";
import { expect } from "../hall.ts";

// Presses the button within `entry`, and puts the action on the list.
export async function agree(entry: Locator, words?: string): Promise<void> {
  const page = entry.page();
  await entry.getByTestId("make-action").click();
  const sheet = page.getByTestId("action-sheet");
  if (words) await sheet.getByTestId("action-draft").fill(words);
  await sheet.getByTestId("action-add").click();
  await sheet.getByTestId("sheet-close").click();
  await expect(sheet).toHaveCount(0);
}
