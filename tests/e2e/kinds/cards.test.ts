// The deck: a card's questions are answered and its tasks taken, by one without a network too, and the wall shows who does what.

import type { Locator } from "@playwright/test";
import type { DevicePage } from "../device_page.ts";
import { expect, test } from "../hall.ts";
import type { PhonePage } from "../phone_page.ts";
import { isForTheWall, looksRight } from "./looks.ts";

const CARD = "support-prevent-strategic";
const [QUESTION, TASK] = ["know-the-needs", "know-who-needs-support"];
const ANSWER = "Vi spørger folk, når de har været her i en måned";
const OFFLINE = "Natholdet bliver aldrig spurgt";

function task(device: DevicePage, name = TASK): Locator {
  return device.page.getByTestId(`task-${name}`);
}

// Answers a question of the card that is open.
async function answer(phone: PhonePage, question: string, text: string): Promise<void> {
  await phone.page.getByTestId(`question-${question}`).getByTestId("add-note").click();
  await phone.page.getByTestId("note-draft").fill(text);
  await phone.page.getByTestId("note-add").click();
  await expect(phone.page.getByTestId("note-sheet")).toBeHidden();
  await phone.seesNote(text);
}

async function take(phone: PhonePage): Promise<void> {
  await task(phone).getByTestId("take").click();
  await expect(task(phone).getByTestId("take")).toHaveCount(0);
}

// How many questions are answered and tasks taken where a stage and a layer cross.
async function seesCell(device: DevicePage, cell: string, done: number): Promise<void> {
  await expect(device.page.getByTestId(`deck-cell-${cell}`)).toHaveAttribute("data-count", String(done));
}

test("questions of a card are answered, its tasks taken, and the wall shows who does what", async ({ hall }) => {
  await hall.workshop({ tools: ["B"] });
  const [facilitator, projector] = [await hall.facilitator(), await hall.projector()];
  const [amina, bo] = [await hall.participant(), await hall.participant()];
  await amina.join("Amina");
  await bo.join("Bo");
  await facilitator.open("_deck");
  await facilitator.project();
  await seesCell(projector, "strategic-prevent", 0);
  const open = projector.page.getByTestId("projector-open");
  const all = Number(await open.getAttribute("data-count"));
  await amina.open(CARD);
  await bo.open(CARD);

  await answer(amina, QUESTION, ANSWER);
  await seesCell(projector, "strategic-prevent", 1);
  await bo.opensOffline();
  await bo.offline(async () => {
    await answer(bo, QUESTION, OFFLINE);
    await take(bo);
    await bo.note(ANSWER).getByTestId("support").click();
    await bo.seesSyncWord(/ikke sendt/);
    await expect(task(amina)).toHaveAttribute("data-count", "0");
    await take(amina);
  });
  await bo.everythingIsReceived();
  // Both have taken it: nobody's word is lost, and they see each other.
  await expect(task(amina)).toHaveAttribute("data-count", "2");
  await amina.seesNote(OFFLINE);
  await seesCell(projector, "strategic-prevent", 2);
  await expect(open).toHaveAttribute("data-count", String(all - 1));
  await expect(projector.page.getByTestId("projector-takers").getByRole("listitem")).toHaveCount(2);
  await isForTheWall(projector, "cards-wall");

  await facilitator.open(CARD);
  await facilitator.project();
  await expect(projector.page.getByTestId(`projector-question-${QUESTION}`)).toHaveAttribute("data-count", "2");
  // What most stand behind comes first.
  await expect(projector.page.getByTestId("projector-note").first()).toHaveText(ANSWER);
  await expect(projector.page.getByTestId(`projector-task-${TASK}`)).toHaveAttribute("data-count", "2");
  await isForTheWall(projector, "cards-wall-card");
  await looksRight(amina, "cards-phone");
  await amina.openOverview();
  await amina.page.getByTestId("result").click();
  await expect(amina.page.getByTestId("result-form")).toContainText(OFFLINE);
  await looksRight(amina, "cards-result");
});

test("a task is given to a role with a day, and its status is set", async ({ hall }) => {
  await hall.workshop({ tools: ["B"] });
  const [facilitator, projector] = [await hall.facilitator(), await hall.projector()];
  const amina = await hall.participant();
  await amina.join("Amina");
  await amina.open(CARD);
  await task(amina).getByTestId("make-action").click();
  const sheet = amina.page.getByTestId("action-sheet");
  // The task in its own words.
  await expect(sheet.getByTestId("action-draft")).toHaveValue(/^Sørg for at have styr på/);
  await sheet.getByTestId("action-add").click();
  await sheet.getByTestId("action-role").fill("Arbejdsmiljørepræsentanten");
  await sheet.getByTestId("action-role-set").click();
  await sheet.getByTestId("action-day-1").click();
  await sheet.getByTestId("action-next").click();
  await expect(sheet).toBeHidden();
  await expect(task(amina)).toHaveAttribute("data-count", "1");
  await expect(task(amina)).toContainText("Arbejdsmiljørepræsentanten");
  await task(amina).getByTestId("action-open").click();
  await sheet.getByTestId("action-status-2").click();
  await amina.closeSheet(sheet);
  await expect(task(amina).getByTestId("action")).toHaveAttribute("data-status", "done");

  await facilitator.open(CARD);
  await facilitator.project();
  const agreed = projector.page.getByTestId(`projector-task-${TASK}`);
  await expect(agreed).toContainText("Arbejdsmiljørepræsentanten");
  await expect(agreed).toContainText("Gjort");
  await facilitator.open("_deck");
  await expect(facilitator.page.getByTestId("takers")).toContainText("Arbejdsmiljørepræsentanten");
  await looksRight(facilitator, "cards-desk");
});

test("one's own layer is all that one sees of the deck, also the next day, and nobody else's deck changes", async ({ hall }) => {
  await hall.workshop({ tools: ["B"] });
  const [amina, bo] = [await hall.participant(), await hall.participant()];
  const cards = (phone: PhonePage): Locator => phone.page.locator("[data-test^=deck-card-]");
  for (const phone of [amina, bo]) {
    await phone.join(phone === amina ? "Amina" : "Bo");
    await phone.open("_deck");
    await expect(cards(phone)).toHaveCount(18);
  }
  await amina.page.getByTestId("deck-filter").locator("summary").click();
  await amina.page.getByTestId("filter-layer-1").click();
  await expect(cards(amina)).toHaveCount(6);
  await looksRight(amina, "cards-deck");
  await amina.openAgain();
  await expect(cards(amina)).toHaveCount(6);
  await expect(cards(bo)).toHaveCount(18);
  // From card to card within it.
  await cards(amina).first().click();
  await amina.page.waitForURL(new RegExp(`/${CARD}$`));
  await amina.page.getByTestId("deck-next").click();
  await amina.page.waitForURL(/\/support-detect-strategic$/);
  await amina.seesDelivery({ onDevice: 0, sent: 0, received: 1 });
});
