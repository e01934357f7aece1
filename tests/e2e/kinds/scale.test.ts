// The barometer: everyone places a mark with a few words, one of them without a network, and a new round comes.

import { expect, test } from "../hall.ts";
import type { PhonePage } from "../phone_page.ts";
import { agree } from "./agree.ts";
import { isForTheWall, looksRight } from "./looks.ts";

const AGREED = "Vi ser på vagtplanen sammen på mandag";

async function mark(phone: PhonePage, number: number): Promise<void> {
  const button = phone.page.getByTestId(`mark-${number}`);
  await button.click();
  await expect(button).toHaveAttribute("aria-pressed", "true");
}

async function say(phone: PhonePage, words: string): Promise<void> {
  await phone.page.getByTestId("own-words").fill(words);
  await phone.page.getByTestId("own-words-add").click();
  await expect(phone.page.getByTestId("own-words-add")).toHaveCount(0);
}

test("marks and words stand on the barometer, and those of the round before beside them", async ({ hall }) => {
  await hall.workshop({ tools: ["E17"] });
  const [facilitator, projector] = [await hall.facilitator(), await hall.projector()];
  const [amina, bo] = [await hall.participant(), await hall.participant()];
  await amina.join("Amina");
  await bo.join("Bo");
  for (const phone of [amina, bo]) await phone.open("mark");
  await isForTheWall(projector, "scale-wall-empty");
  await looksRight(amina, "scale-phone-empty");

  await mark(amina, 7);
  await expect(projector.page.getByTestId("projector-spread")).toHaveText("alle på 7");
  await bo.opensOffline();
  await bo.offline(async () => {
    await mark(bo, 3);
    await mark(bo, 4);
    await say(bo, "Der er for meget på én gang");
    await bo.seesSyncWord(/ikke sendt/);
    await expect(projector.page.getByTestId("scale-scene")).toHaveAttribute("data-count", "1");
  });
  await bo.everythingIsReceived();
  await expect(projector.page.getByTestId("projector-spread")).toHaveText("midt 4 · fra 4 til 7");
  await projector.seesNote("Der er for meget på én gang");
  await expect(amina.page.getByTestId("scale-spread")).toHaveText("midt 4 · fra 4 til 7");

  // What is being written is nobody else's, also after the app was closed.
  await amina.page.getByTestId("own-words").fill("God stemning i");
  await amina.reload();
  await expect(amina.page.getByTestId("own-words")).toHaveValue("God stemning i");
  await projector.seesNoNote("God stemning");
  await say(amina, "God stemning i teamet");
  await projector.seesNote("God stemning i teamet");
  await agree(amina.page.locator("#content"), AGREED);
  await expect(bo.page.getByTestId("action")).toContainText([AGREED]);
  await looksRight(amina, "scale-phone");
  await isForTheWall(projector, "scale-wall");

  await facilitator.open("mark");
  await facilitator.page.getByTestId("begin-round").click();
  await facilitator.page.getByTestId("confirm-yes").click();
  await expect(projector.page.getByTestId("scale-scene")).toHaveAttribute("data-count", "0");
  await expect(amina.page.getByText("Sidst stod du på 7.")).toBeVisible();
  await mark(amina, 8);
  await mark(bo, 6);
  await expect(projector.page.getByTestId("projector-spread")).toHaveText("midt 6 · fra 6 til 8 · sidst 4");
  await isForTheWall(projector, "scale-wall-second");
  await looksRight(facilitator, "scale-desk");
  await amina.openOverview();
  await expect(amina.page.getByTestId("step-mark")).toContainText("Du står på 8");
  await amina.page.getByTestId("result").click();
  await expect(amina.page.getByTestId("result-form")).toContainText("fra 6 til 8");
  await looksRight(amina, "scale-result");

  // Rounds before that stay too, one inside the other.
  const earlier = projector.page.locator(".barometer__earlier");
  await expect(earlier).toHaveCount(2);
  await facilitator.page.getByTestId("begin-round").click();
  await facilitator.page.getByTestId("confirm-yes").click();
  await mark(bo, 9);
  await expect(projector.page.getByTestId("projector-spread")).toHaveText("alle på 9 · sidst 6");
  await expect(earlier).toHaveCount(4);
  await isForTheWall(projector, "scale-wall-third");
});

test("a mark is taken back by pressing it again, and by undo", async ({ hall }) => {
  await hall.workshop({ tools: ["E17"] });
  const [amina, projector] = [await hall.participant(), await hall.projector()];
  await amina.join("Amina");
  await amina.open("mark");
  await mark(amina, 5);
  await expect(projector.page.getByTestId("scale-scene")).toHaveAttribute("data-count", "1");
  await amina.page.getByTestId("mark-5").click();
  await expect(projector.page.getByTestId("scale-scene")).toHaveAttribute("data-count", "0");
  await amina.page.getByTestId("undo").click();
  await expect(projector.page.getByTestId("scale-scene")).toHaveAttribute("data-count", "1");
});
