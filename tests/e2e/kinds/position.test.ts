// Where in a drawing we are: a stage of the spiral, a place in the triangle, or a course; with why, one of us offline.

import { expect, test } from "../hall.ts";
import type { PhonePage } from "../phone_page.ts";
import { isForTheWall, looksRight } from "./looks.ts";

async function chooseStage(phone: PhonePage, stage: number): Promise<void> {
  const button = phone.page.getByTestId(`stage-${stage}`);
  await button.click();
  await expect(button).toHaveAttribute("aria-pressed", "true");
}

async function sayWhy(phone: PhonePage, words: string): Promise<void> {
  await phone.page.getByTestId("own-words").fill(words);
  await phone.page.getByTestId("own-words-add").click();
  await expect(phone.page.getByTestId("own-words-add")).toHaveCount(0);
}

test("everyone stands at a stage of the spiral, with why", async ({ hall }) => {
  await hall.workshop({ tools: ["E24"] });
  const [facilitator, projector] = [await hall.facilitator(), await hall.projector()];
  const [amina, bo] = [await hall.participant(), await hall.participant()];
  await amina.join("Amina");
  await bo.join("Bo");
  for (const phone of [amina, bo]) await phone.open("place");
  await facilitator.open("place");
  await facilitator.project();
  await isForTheWall(projector, "position-wall-empty");
  await looksRight(amina, "position-phone-empty");

  await chooseStage(amina, 1);
  await expect(projector.page.getByTestId("projector-stage-1")).toHaveAttribute("data-count", "1");
  await bo.opensOffline();
  await bo.offline(async () => {
    await bo.page.getByTestId("stage-2").focus();
    await bo.page.keyboard.press("Enter");
    await expect(bo.page.getByTestId("stage-2")).toHaveAttribute("aria-pressed", "true");
    await sayWhy(bo, "Snakken går i ring til hvert møde");
    await bo.seesSyncWord(/ikke sendt/);
    await expect(projector.page.getByTestId("position-scene")).toHaveAttribute("data-count", "1");
  });
  await bo.everythingIsReceived();
  await expect(projector.page.getByTestId("projector-stage-2")).toHaveAttribute("data-count", "1");
  await expect(projector.page.getByTestId("projector-spread")).toHaveText("midt 2 · fra 2 til 3");
  await projector.seesNote("Snakken går i ring til hvert møde");
  await expect(amina.page.getByText("Snakken går i ring til hvert møde")).toBeVisible();
  await looksRight(amina, "position-phone");
  await isForTheWall(projector, "position-wall");
  await looksRight(facilitator, "position-desk");

  // Pressed again the marker is taken back, and undo puts it there again.
  await amina.page.getByTestId("stage-1").click();
  await expect(projector.page.getByTestId("projector-stage-1")).toHaveAttribute("data-count", "0");
  await amina.page.getByTestId("undo").click();
  await expect(projector.page.getByTestId("projector-stage-1")).toHaveAttribute("data-count", "1");
  await amina.openOverview();
  await expect(amina.page.getByTestId("step-place")).toContainText("Kollektiv problemorientering");
  await amina.page.getByTestId("result").click();
  await expect(amina.page.getByTestId("result-form")).toContainText("Snakken går i ring til hvert møde");
  await looksRight(amina, "position-result");
});

test("a marker stands anywhere in the triangle, by finger and by keys", async ({ hall }) => {
  await hall.workshop({ tools: ["E14"] });
  const [facilitator, projector] = [await hall.facilitator(), await hall.projector()];
  const [amina, bo] = [await hall.participant(), await hall.participant()];
  await amina.join("Amina");
  await bo.join("Bo");
  await facilitator.open("place");
  await facilitator.project();
  for (const phone of [amina, bo]) await phone.open("place");

  const drawing = await amina.page.locator("[data-test=pad] svg").boundingBox();
  if (!drawing) throw new Error("no triangle is drawn");
  // From the middle to a place near the second corner; the marker is placed when the finger lets go.
  await amina.page.mouse.move(drawing.x + drawing.width / 2, drawing.y + drawing.height / 2);
  await amina.page.mouse.down();
  await amina.page.mouse.move(drawing.x + drawing.width * 0.2, drawing.y + drawing.height * 0.85, { steps: 4 });
  await expect(projector.page.getByTestId("position-scene")).toHaveAttribute("data-count", "0");
  await amina.page.mouse.up();
  await expect(projector.page.getByTestId("position-scene")).toHaveAttribute("data-count", "1");
  await expect(projector.page.getByTestId("projector-spread")).toHaveText("flest: Vi går til fællesskabet");
  await expect(amina.page.getByTestId("pull-1")).not.toHaveValue("0");

  await bo.opensOffline();
  await bo.offline(async () => {
    await bo.page.getByTestId("pull-2").focus();
    await bo.page.keyboard.press("End");
    await expect(bo.page.getByTestId("pull-2")).toHaveValue("20");
    await bo.page.keyboard.press("ArrowLeft");
    await expect(bo.page.getByTestId("pull-2")).toHaveValue("19");
    await sayWhy(bo, "Når det er noget med vagtplanen");
  });
  await bo.everythingIsReceived();
  await expect(projector.page.getByTestId("position-scene")).toHaveAttribute("data-count", "2");
  await projector.seesNote("Når det er noget med vagtplanen");
  await looksRight(amina, "position-triangle-phone");
  await isForTheWall(projector, "position-triangle-wall");
  await amina.page.getByTestId("take-back").click();
  await expect(projector.page.getByTestId("position-scene")).toHaveAttribute("data-count", "1");
});

test("the courses show what is said beside what is thought", async ({ hall }) => {
  await hall.workshop({ tools: ["E5"] });
  const [facilitator, projector] = [await hall.facilitator(), await hall.projector()];
  const amina = await hall.participant();
  await amina.join("Amina");
  await facilitator.open("place");
  await facilitator.project();
  await amina.open("place");
  await chooseStage(amina, 2);
  await amina.page.locator(".stand__about > summary").first().click();
  await expect(amina.page.locator(".said").first()).toBeVisible();
  await expect(projector.page.getByTestId("projector-stage-2")).toHaveAttribute("data-count", "1");
  await looksRight(amina, "position-courses-phone");
  await isForTheWall(projector, "position-courses-wall");
});
