// What every kind of table is held to, wherever it is drawn.

import { expect } from "@playwright/test";
import type { DevicePage } from "../device_page.ts";
import type { ProjectorPage } from "../projector_page.ts";

// Nothing is wider than the phone, nothing to object to, in light and in dark.
export async function looksRight(device: DevicePage, name: string): Promise<void> {
  for (const colorScheme of ["light", "dark"] as const) {
    await device.page.emulateMedia({ colorScheme });
    await device.axe();
    await device.screenshot(`${name}-${colorScheme}`);
  }
  await device.page.emulateMedia({ colorScheme: "light" });
  const over = await device.page.evaluate(() => {
    const width = document.documentElement.clientWidth;
    const wide = [...document.querySelectorAll("body *")].filter((element) => element.getBoundingClientRect().right > width + 1);
    return wide.map((element) => element.className.toString());
  });
  expect(over).toEqual([]);
}

// The large screen too, where nothing can be pressed and nothing scrolls.
export async function isForTheWall(projector: ProjectorPage, name: string): Promise<void> {
  await looksRight(projector, name);
  await projector.isForLookingAt();
}
