// The pictures that the README shows: a phone and the projector, in light and dark.

import path from "node:path";
import { test } from "../hall.ts";

for (const colorScheme of ["light", "dark"] as const) {
  test(`phone and projector, ${colorScheme}`, async ({ hall }) => {
    const phone = await hall.participant({ options: { colorScheme, deviceScaleFactor: 2 } });
    const projector = await hall.projector({ options: { colorScheme } });
    await phone.page.screenshot({ path: path.join(import.meta.dirname, `phone-${colorScheme}.png`) });
    await projector.page.screenshot({ path: path.join(import.meta.dirname, `projector-${colorScheme}.png`) });
  });
}
