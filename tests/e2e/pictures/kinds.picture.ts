// The pictures of content/KINDS.md: each kind on a phone, beside the large screen. Most are what the kinds' journeys look at.

import { readFile } from "node:fs/promises";
import path from "node:path";
import { expect, type Page } from "@playwright/test";
import { target } from "../browser.ts";
import { test } from "../hall.ts";

// The journeys' pictures by kind; the README's, of the table of levels.
const JOURNEYS = path.join(target, "e2e/pictures");
const TAKEN: Record<string, string[]> = {
  maturity: ["phone-light", "projector-light"].map((name) => path.join(import.meta.dirname, name)),
  ...Object.fromEntries(
    ["cards", "two-sided", "matrix", "scale", "checklist", "questions", "curve", "position"].map((kind) => [
      kind,
      [`${kind}-phone-light`, `${kind}-wall-light`].map((name) => path.join(JOURNEYS, name)),
    ]),
  ),
  grid: ["grid-cards-light", "grid-wall-light"].map((name) => path.join(JOURNEYS, name)),
};
// Kinds that are only read, by a tool and a step of it.
const READ: Record<string, { tool: string; step: number }> = {
  agenda: { tool: "A3", step: 3 },
  reference: { tool: "E1", step: 0 },
};

for (const [kind, files] of Object.entries(TAKEN)) {
  test(kind, async ({ page }) => {
    await beside(page, kind, await Promise.all(files.map((file) => readFile(`${file}.png`))));
  });
}

for (const [kind, { tool, step }] of Object.entries(READ)) {
  test(kind, async ({ hall, page }) => {
    await hall.workshop({ title: "Støtte i hverdagen", tools: [tool] });
    const [phone, projector, stock] = [await hall.participant(), await hall.projector(), await hall.stock("facilitator")];
    await phone.join("Amina");
    const code = await phone.page.locator("a[data-test^=step-]").nth(step).getAttribute("data-test");
    await phone.open((code ?? "").replace("step-", ""));
    const content = phone.page.locator("#content");
    await expect(content).toHaveAttribute("data-step", /./);
    const [instance, part, name] = phone.page.url().split("/").slice(-3).map(decodeURIComponent);
    await phone.everythingIsReceived();
    stock.set("focus", `${instance}/${part}.${name}`);
    await expect(projector.page.locator("#content")).toHaveAttribute("data-step", `${part}.${name}`);
    await beside(page, kind, [await phone.page.screenshot(), await projector.page.screenshot()]);
  });
}

async function beside(page: Page, kind: string, pictures: Buffer[]): Promise<void> {
  await page.setViewportSize({ width: 1080, height: 420 });
  const image = (picture: Buffer) => `<img src="data:image/png;base64,${picture.toString("base64")}">`;
  await page.setContent(`
    <style>
      body { display: flex; gap: 20px; justify-content: center; margin: 0; padding: 10px; background: #fff }
      img { height: 398px; border: 1px solid #d9d3c7; border-radius: 10px }
    </style>
    ${pictures.map(image).join("")}`);
  await expect(page.locator("img")).toHaveCount(pictures.length);
  await page.waitForFunction(() => [...document.images].every((one) => one.complete));
  await page.screenshot({ path: path.join(import.meta.dirname, `kinds/${kind}.png`) });
}
