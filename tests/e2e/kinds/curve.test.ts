// The load curve: drawn alone, shared by those who want to, laid over each other's, and withdrawn again.

import { expect, test } from "../hall.ts";
import type { PhonePage } from "../phone_page.ts";
import { isForTheWall, looksRight } from "./looks.ts";

// Draws across the months with one sweep of the pointer; heights from the bottom, 0 to 1.
async function draw(phone: PhonePage, heights: number[]): Promise<void> {
  const drawing = phone.page.locator("[data-test=curve-pad] svg");
  await drawing.scrollIntoViewIfNeeded();
  const box = await drawing.boundingBox();
  if (!box) throw new Error("no curve is drawn");
  const place = (height: number, month: number): [number, number] => [
    box.x + (box.width * (month + 0.5)) / heights.length,
    box.y + box.height * (1 - height),
  ];
  await phone.page.mouse.move(...place(heights[0] ?? 0, 0));
  await phone.page.mouse.down();
  for (const [month, height] of heights.entries()) await phone.page.mouse.move(...place(height, month));
  await phone.page.mouse.up();
  await expect(phone.page.locator(".curve__point")).toHaveCount(heights.length);
}

async function share(phone: PhonePage): Promise<void> {
  await phone.page.getByTestId("share-own").click();
  await expect(phone.page.getByTestId("share-preview").locator(".curve__line")).toHaveCount(1);
  await phone.page.getByTestId("share-now").click();
  await expect(phone.page.getByTestId("alone-status")).toHaveText("Det her er delt med gruppen.");
}

test("curves are drawn alone and laid over each other by those who share them", async ({ hall }) => {
  await hall.workshop({ tools: ["E2"] });
  const [facilitator, projector] = [await hall.facilitator(), await hall.projector()];
  const [amina, bo] = [await hall.participant(), await hall.participant()];
  await amina.join("Amina");
  await bo.join("Bo");
  await facilitator.open("draw");
  await facilitator.project();
  const scene = projector.page.getByTestId("curve-scene");
  await expect(scene).toHaveAttribute("data-count", "0");
  await isForTheWall(projector, "curve-wall-empty");
  for (const phone of [amina, bo]) await phone.open("draw");
  await looksRight(amina, "curve-phone-empty");

  await draw(amina, [0.15, 0.3, 0.35, 0.75, 0.9, 0.5]);
  await amina.page.getByTestId("turn-4").click();
  await looksRight(amina, "curve-turn");
  await amina.page.getByTestId("tag-tag-rush").click();
  await expect(amina.page.getByTestId("turn-4")).toContainText("Travl periode");
  // By keys: the last month a little lower, and undo takes it back.
  await amina.page.getByTestId("point-5").focus();
  const before = await amina.page.getByTestId("point-5").inputValue();
  await amina.page.keyboard.press("ArrowLeft");
  await expect(amina.page.getByTestId("point-5")).toHaveValue(String(Number(before) - 1));
  await amina.page.getByTestId("undo").click();
  await expect(amina.page.getByTestId("point-5")).toHaveValue(before);
  await looksRight(amina, "curve-phone");
  await expect(scene).toHaveAttribute("data-count", "0");

  await bo.opensOffline();
  await bo.offline(async () => {
    await draw(bo, [0.6, 0.5, 0.4, 0.3, 0.2, 0.4]);
    await share(bo);
    await bo.seesSyncWord(/ikke sendt/);
    await expect(scene).toHaveAttribute("data-count", "0");
  });
  await bo.everythingIsReceived();
  await expect(scene).toHaveAttribute("data-count", "1");
  await amina.page.getByTestId("share-own").click();
  await expect(amina.page.getByTestId("share-preview")).toContainText("Travl periode");
  await looksRight(amina, "curve-share");
  await amina.page.getByTestId("share-now").click();
  await expect(scene).toHaveAttribute("data-count", "2");
  await expect(scene).toContainText("Travl periode");
  await isForTheWall(projector, "curve-wall");
  await looksRight(facilitator, "curve-desk");
  await looksRight(amina, "curve-shared");

  // A change is one's own until it is shared again; what was shared is withdrawn whole.
  await draw(bo, [0.1, 0.1, 0.1, 0.1, 0.1, 0.1]);
  await expect(bo.page.getByTestId("alone-status")).toContainText("lavet om siden");
  await bo.page.getByTestId("withdraw").click();
  await bo.page.getByTestId("confirm-yes").click();
  await expect(scene).toHaveAttribute("data-count", "1");
  await expect(bo.page.locator(".curve__point")).toHaveCount(6);
  await amina.openOverview();
  await expect(amina.page.getByTestId("step-draw")).toContainText("6 af 6");
  await amina.page.getByTestId("result").click();
  await expect(amina.page.getByTestId("result-form")).toContainText("Travl periode");
  await looksRight(amina, "curve-result");
});
