// A newer version of the app has written the documents: this one shows them, says so, and does not touch them.

import { expect, test } from "./hall.ts";

// Further than any version of this app.
const NEWER = 99;

test("documents of a newer schema are shown and passed on, and not written", async ({ hall }) => {
  const [phone, newer] = [await hall.participant(), await hall.stock("facilitator")];
  const desk = await hall.facilitator();
  await phone.join("Amina");
  await phone.open("now");
  await phone.place(3);
  await phone.write("Fra før");
  await phone.everythingIsReceived();
  await newer.seesNote("Fra før");
  await phone.opensOffline();
  // It reaches the phone in the middle of a sentence.
  const draft = await phone.openWriter();
  await draft.fill("En sætning, der var begyndt");
  newer.migrate(NEWER);
  await phone.seesSyncWord("Stoppet");
  await phone.page.getByTestId("note-add").click();
  await expect(phone.page.getByTestId("note-sheet").getByRole("alert")).toContainText("ikke skrive");
  await expect(draft).toHaveValue("En sætning, der var begyndt");
  await phone.axe();
  await phone.page.getByTestId("note-later").click();

  // The desk says it too.
  await expect(desk.page.getByTestId("newer")).toContainText("nyere udgave");
  await desk.axe();
  await desk.screenshot("newer-desk");

  const notice = phone.page.getByTestId("newer");
  await expect(notice).toContainText("nyere udgave");
  await expect(phone.level(5)).toBeDisabled();
  await expect(phone.page.getByTestId("note-edit")).toHaveCount(0);
  await expect(phone.page.locator("[data-test=add-example], [data-test=undo]")).toHaveCount(0);
  await phone.axe();

  // What a newer app writes is still shown.
  newer.addExample("Fra en nyere app");
  await phone.seesNote("Fra en nyere app");
  const heads = [newer.board.heads(), newer.control.heads()];

  // And so it stays when the app is opened again, with a network and without.
  await phone.offline(async () => {
    await phone.reload();
    await expect(notice).toContainText("nyere udgave");
    await phone.seesNote("Fra før");
    await phone.seesNote("Fra en nyere app");
    await phone.standsOn(3);
  });
  await phone.tryNow();
  const sheet = await phone.openSyncSheet();
  await expect(sheet).toContainText("Appen skal opdateres");
  await phone.closeSheet(sheet);

  // Whoever comes later gets all of it from the relay, and nothing that this phone would have added.
  const later = await hall.stock("participant");
  await later.seesNote("Fra en nyere app");
  expect([later.board.heads(), later.control.heads()]).toEqual(heads);
  for (const document of [later.board, later.control]) expect(document.doc()).toMatchObject({ schema: NEWER });
});

test("tools in the form of another version are said to be there, on phone, desk and screen", async ({ hall }) => {
  const other = await hall.stock("facilitator");
  await other.isHeard(other.control, () => other.rewriteTools(new Uint8Array([0xff, 1, 2])));
  const [phone, desk, projector] = [await hall.participant(), await hall.facilitator(), await hall.projector()];
  await phone.join("Amina");
  for (const device of [phone, desk]) {
    await expect(device.page.getByTestId("unread-tools")).toContainText("2 værktøjer er lavet med en anden udgave");
    await expect(device.page.getByText("er ved at gøre klar")).toHaveCount(0);
    await device.axe();
  }
  await phone.screenshot("unread-phone");
  await desk.screenshot("unread-desk");
  await expect(projector.page.getByText("lavet med en anden udgave af appen")).toBeVisible();
  await projector.isForLookingAt();
});
