// The icons, drawn out of client/icons/logo.svg.

import { readFile } from "node:fs/promises";
import path from "node:path";
import { test } from "@playwright/test";

const icons = path.resolve(import.meta.dirname, "../../../client/icons");

// `padding`: part of the edge that a launcher may cut off; the square then fills the whole icon.
const ICONS = [
  { name: "icon-192", size: 192, padding: 0 },
  { name: "icon-512", size: 512, padding: 0 },
  { name: "icon-180", size: 180, padding: 0.04 },
  { name: "icon-maskable-512", size: 512, padding: 0.12 },
];

for (const { name, size, padding } of ICONS) {
  test(name, async ({ page }) => {
    const drawing = await readFile(path.join(icons, "logo.svg"), "utf8");
    const green = /<rect[^>]+fill="([^"]+)"/.exec(drawing)?.[1];
    const inner = Math.round(size * (1 - 2 * padding));
    await page.setViewportSize({ width: size, height: size });
    await page.setContent(`<body style="margin:0;display:grid;place-items:center;height:100vh;background:${padding ? green : "none"}">${drawing}`);
    await page.locator("svg").evaluate((svg, inner) => {
      svg.setAttribute("width", String(inner));
      svg.setAttribute("height", String(inner));
    }, inner);
    await page.screenshot({ path: path.join(icons, `${name}.png`), omitBackground: true });
  });
}
