// A checklist that is answered alone first: nothing leaves the phone before it is shared, and then everyone counts.

import * as Automerge from "@automerge/automerge";
import { expect, test } from "../hall.ts";
import type { PhonePage } from "../phone_page.ts";
import type { ProjectorPage } from "../projector_page.ts";
import { agree } from "./agree.ts";
import { isForTheWall, looksRight } from "./looks.ts";

const [YES, PARTLY, NO] = [0, 1, 2];
const AGREED = "Vi spørger hinanden hver mandag";

// Answers the n-th statement of the list that is open.
async function answer(phone: PhonePage, statement: number, choice: number): Promise<string> {
  const button = phone.page.locator(`[data-test^=check-][data-test$="-${choice}"]`).nth(statement);
  await button.click();
  await expect(button).toHaveAttribute("aria-pressed", "true");
  return ((await button.getAttribute("data-test")) ?? "").replace(/^check-|-\d$/g, "");
}

async function seesAnswers(device: PhonePage | ProjectorPage, statement: string, people: number): Promise<void> {
  await expect(device.page.getByTestId(`checks-${statement}`)).toHaveAttribute("data-count", String(people));
}

async function openList(phone: PhonePage): Promise<void> {
  await phone.openOverview();
  const list = phone.page.getByTestId("part").filter({ has: phone.page.getByTestId("step-_together") });
  const link = list.locator("[data-test^=step-]").first();
  await phone.open(((await link.getAttribute("data-test")) ?? "").replace("step-", ""));
}

async function share(phone: PhonePage): Promise<void> {
  await phone.open("_together");
  await phone.page.getByTestId("share").click();
  await phone.page.getByTestId("share-now").click();
  await expect(phone.page.getByTestId("all-shared")).toBeVisible();
}

test("answers stay with their owner until they share them, and the most disputed comes first", async ({ hall }) => {
  await hall.workshop({ tools: ["E25"] });
  const [facilitator, projector] = [await hall.facilitator(), await hall.projector()];
  const [amina, bo] = [await hall.participant(), await hall.participant()];
  await amina.join("Amina");
  await amina.everythingIsReceived();
  await bo.join("Bo");
  await facilitator.open("_together");
  await facilitator.project();
  await openList(amina);
  const agreed = await answer(amina, 0, PARTLY);
  const disputed = await answer(amina, 1, YES);
  await answer(amina, 2, NO);
  await looksRight(amina, "checklist-phone");
  await isForTheWall(projector, "checklist-wall-empty");
  await amina.seesDelivery({ onDevice: 0, sent: 0, received: 1 });

  await amina.reload();
  await expect(amina.page.getByTestId(`check-${disputed}-${YES}`)).toHaveAttribute("aria-pressed", "true");
  await bo.opensOffline();
  await bo.offline(async () => {
    await openList(bo);
    await answer(bo, 0, PARTLY);
    await answer(bo, 1, NO);
    await share(bo);
    await bo.seesSyncWord(/ikke sendt/);
    await share(amina);
    await seesAnswers(projector, disputed, 1);
  });
  await bo.everythingIsReceived();
  await seesAnswers(projector, disputed, 2);
  await seesAnswers(projector, agreed, 2);
  await expect(projector.page.locator("[data-test^=checks-]").first()).toHaveAttribute("data-test", `checks-${disputed}`);
  await seesAnswers(amina, disputed, 2);
  await looksRight(amina, "checklist-together");
  await looksRight(facilitator, "checklist-desk");
  await isForTheWall(projector, "checklist-wall");

  // A change is one's own until it is shared again.
  await openList(amina);
  await answer(amina, 1, NO);
  await amina.open("_together");
  await expect(amina.page.getByTestId("unshared")).toContainText("Ét svar er ikke delt");
  await seesAnswers(projector, disputed, 2);
  await share(amina);
  // What is shared is taken back, and stays with its owner.
  await amina.page.getByTestId("withdraw").click();
  await amina.page.getByTestId("confirm-yes").click();
  await seesAnswers(projector, disputed, 1);
  await seesAnswers(projector, agreed, 1);
  await expect(amina.page.getByTestId("unshared")).toContainText("3 svar er ikke delt");
  await looksRight(amina, "checklist-withdrawn");
  await openList(amina);
  await expect(amina.page.getByTestId(`check-${disputed}-${NO}`)).toHaveAttribute("aria-pressed", "true");
  await amina.openOverview();
  await looksRight(amina, "checklist-overview");
  await amina.page.getByTestId("result").click();
  await expect(amina.page.getByTestId(`checks-${disputed}`)).toBeVisible();
  await looksRight(amina, "checklist-result");
});

test("its owner shares some answers and keeps others, and the group agrees what to do about one", async ({ hall }) => {
  await hall.workshop({ tools: ["E28"] });
  const [amina, bo] = [await hall.participant(), await hall.participant()];
  await amina.join("Amina");
  await bo.join("Bo");
  await openList(amina);
  const [given, kept] = [await answer(amina, 0, NO), await answer(amina, 1, YES)];
  await amina.open("_together");
  await amina.page.getByTestId("share").click();
  const sheet = amina.page.getByTestId("share-sheet");
  await expect(sheet.getByTestId("share-item")).toHaveCount(2);
  await looksRight(amina, "checklist-share");
  await sheet.getByTestId("share-item").nth(1).uncheck();
  await sheet.getByTestId("share-now").click();
  await expect(amina.page.getByTestId("unshared")).toContainText("Ét svar er ikke delt");
  await seesAnswers(amina, given, 1);
  await seesAnswers(amina, kept, 0);
  await amina.everythingIsReceived();

  await bo.open("_together");
  await seesAnswers(bo, given, 1);
  await seesAnswers(bo, kept, 0);
  const statement = bo.page.locator("li.statement").filter({ has: bo.page.getByTestId(`checks-${given}`) });
  await agree(statement, AGREED);
  await expect(statement.getByTestId("action")).toContainText(AGREED);
  await looksRight(bo, "checklist-action");
  await amina.openOverview();
  await amina.page.getByTestId("to-actions").click();
  await expect(amina.page.getByTestId("action")).toContainText([AGREED]);
});

test("what is answered alone never leaves the phone", async ({ hall }) => {
  await hall.workshop({ tools: ["E25"] });
  const [amina, stock] = [await hall.participant(), await hall.stock("participant")];
  await amina.join("Amina");
  await openList(amina);
  for (const statement of [0, 1, 2, 3]) await answer(amina, statement, YES);
  // What is sent later comes after whatever was sent before.
  await amina.openPeople();
  await amina.page.getByTestId("own-name").fill("Amina K");
  await amina.page.getByTestId("own-save").click();
  const names = () => Object.values(stock.board.doc().people).map(({ name }) => String(name));
  await expect.poll(names).toEqual(["Amina K"]);
  expect(stock.board.doc().checks).toEqual({});
  // The board was made, Amina joined, and has another name: nothing else was ever done there.
  const messages = Automerge.getHistory(stock.board.doc()).map(({ change }) => change.message);
  expect(messages).toEqual(["genesis", "join", "name"]);
});
