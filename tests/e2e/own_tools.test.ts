// A tool that is one's own: everything in it stays on the phone until its owner shares it, down to the last byte.

import * as Automerge from "@automerge/automerge";
import { Ear } from "./ear.ts";
import { expect, test } from "./hall.ts";
import { looksRight } from "./kinds/looks.ts";
import type { PhonePage } from "./phone_page.ts";

const TURN = "Farmor blev alvorligt syg";
const NOTE = "Jeg sover dårligt om søndagen";
const KEPT = "Jeg har søgt et andet arbejde";
const DRAFT = "Det her bliver aldrig færdigt";
const AGREED = "Aftal, hvad der er godt nok";

async function slide(phone: PhonePage, month: number, key: string): Promise<void> {
  const slider = phone.page.getByTestId(`point-${month}`);
  await slider.focus();
  await phone.page.keyboard.press(key);
}

async function sayWhatHappened(phone: PhonePage, month: number, words: string): Promise<void> {
  await phone.page.getByTestId(`turn-${month}`).click();
  await phone.page.getByTestId("turn-words").fill(words);
  await phone.page.getByTestId("turn-keep").click();
  await expect(phone.page.getByTestId(`turn-${month}`)).toContainText(words);
}

async function write(phone: PhonePage, words: string): Promise<void> {
  const draft = await phone.openWriter();
  await draft.fill(words);
  await phone.page.getByTestId("note-add").click();
  await expect(phone.page.getByTestId("note").filter({ hasText: words })).toBeVisible();
}

test("nothing of a tool that is one's own leaves the phone before its owner shares it, and then that alone", async ({ hall }) => {
  await hall.workshop({ tools: ["E2"] });
  const ear = await Ear.on(() => hall.relay.port);
  hall.closesLater(ear);
  const [amina, stock] = [await hall.participant({ line: ear }), await hall.stock("participant")];
  await amina.join("Amina");
  await amina.everythingIsReceived();
  expect(ear.hears("Amina")).toEqual(["Amina"]);

  // What is done is there after a reload; the page's end is heard as well.
  await amina.open("draw");
  await slide(amina, 0, "Home");
  await slide(amina, 4, "End");
  await sayWhatHappened(amina, 4, TURN);
  await amina.reload();
  await expect(amina.page.getByTestId("turn-4")).toContainText(TURN);
  await expect(amina.page.getByTestId("point-4")).toHaveValue("100");
  await amina.open("what-explains-it");
  await write(amina, NOTE);
  await write(amina, KEPT);
  await (await amina.openWriter()).fill(DRAFT);
  await amina.page.getByTestId("note-later").click();
  await amina.reload();
  await expect(amina.page.getByTestId("note").filter({ hasText: NOTE })).toBeVisible();

  // What is sent later comes after whatever was sent before.
  await amina.openPeople();
  await amina.page.getByTestId("own-name").fill("Amina K");
  await amina.page.getByTestId("own-save").click();
  const people = () => Object.values(stock.board.doc().people).map(({ name }) => String(name));
  await expect.poll(people).toEqual(["Amina K"]);
  expect(ear.hears(TURN, NOTE, KEPT, DRAFT)).toEqual([]);
  const messages = () => Automerge.getHistory(stock.board.doc()).map(({ change }) => change.message);
  expect(messages()).toEqual(["genesis", "join", "name"]);

  // One entry is shared: it is heard, and nothing else is.
  await amina.page.keyboard.press("Escape");
  await amina.open("what-explains-it");
  await amina.page.getByTestId("share-own").click();
  await amina.page.getByTestId("share-sheet").locator("li").filter({ hasText: KEPT }).getByTestId("share-item").uncheck();
  await amina.page.getByTestId("share-now").click();
  await amina.everythingIsReceived();
  await expect.poll(() => Object.values(stock.board.doc().notes).map(({ text }) => String(text))).toEqual([NOTE]);
  expect(ear.hears(TURN, NOTE, KEPT, DRAFT)).toEqual([NOTE]);

  // The others see it where it belongs; its owner takes all of it home, and is told which part is theirs alone.
  const bo = await hall.participant();
  await bo.join("Bo");
  await bo.open("what-explains-it");
  await expect(bo.page.getByTestId("shared-here")).toContainText(NOTE);
  await expect(bo.page.getByTestId("shared-here").getByTestId("note-edit")).toHaveCount(0);
  await looksRight(bo, "own-shared-here");
  await bo.page.getByTestId("next").click();
  await expect(bo.page.getByTestId("shared-here")).toHaveCount(0);
  await amina.openOverview();
  await amina.page.getByTestId("result").click();
  const [own, group] = [amina.page.getByTestId("result-own"), amina.page.getByTestId("result-form")];
  for (const words of [TURN, NOTE, KEPT]) await expect(own).toContainText(words);
  await expect(group).toContainText(NOTE);
  await expect(group).not.toContainText(KEPT);
  await looksRight(amina, "own-result");
  expect(ear.hears(TURN, KEPT, DRAFT)).toEqual([]);
});

test("what somebody wants to do about their own becomes an action of everybody's, and nothing else of it is heard", async ({ hall }) => {
  await hall.workshop({ tools: ["E3"] });
  const ear = await Ear.on(() => hall.relay.port);
  hall.closesLater(ear);
  const [amina, bo] = [await hall.participant({ line: ear }), await hall.participant()];
  await amina.join("Amina");
  await bo.join("Bo");
  await amina.open("demands");
  await amina.page.getByTestId("entry-perfect").getByTestId("pick").click();
  await amina.page.locator("[data-test^=band-]").last().getByTestId("add-note").click();
  await amina.page.getByTestId("note-draft").fill(NOTE);
  await amina.page.getByTestId("note-add").click();
  await amina.open("turn-down");
  const perfect = amina.page.getByTestId("follow-up").filter({ hasText: "Alt skal være perfekt" });
  await perfect.getByTestId("mark").click();

  // Whoever makes an action is told who will see it. A draft of it is nobody else's either.
  await perfect.getByTestId("make-action").click();
  const sheet = amina.page.getByTestId("action-sheet");
  await expect(sheet.getByTestId("action-of-own")).toContainText("alle på tavlen");
  await sheet.getByTestId("action-draft").fill(DRAFT);
  await looksRight(amina, "own-action");
  await sheet.getByTestId("action-draft").fill(AGREED);
  await sheet.getByTestId("action-add").click();
  await amina.closeSheet(sheet);
  await expect(perfect).toContainText(AGREED);
  await amina.reload();
  await expect(perfect).toContainText(AGREED);
  await amina.everythingIsReceived();

  await bo.openOverview();
  await bo.page.getByTestId("to-actions").click();
  await expect(bo.page.getByTestId("action")).toContainText([AGREED]);
  expect(ear.hears(AGREED, NOTE, DRAFT)).toEqual([AGREED]);
});
