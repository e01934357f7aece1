// The board does not take what somebody wrote: they see it, keep their words, and send them again.

import { expect, test } from "./hall.ts";

// As many heads as a board may have: shared/SPEC.md, S22.
const MOST_HEADS = 4_096;

test("a note that the board refused says so, can be copied, and is sent again", async ({ hall }) => {
  test.slow();
  const line = await hall.line();
  const [amina, crowd] = [await hall.participant({ line }), await hall.stock("participant")];
  await amina.join("Amina");
  await amina.open("obstacles");
  await amina.everythingIsReceived();
  await crowd.seesPerson("Amina");

  const fill = crowd.crowd(MOST_HEADS);
  line.cut();
  await amina.write("Vi mangler en makker om natten");
  await crowd.isHeard(crowd.board, fill);
  line.restore();
  await amina.tryNow();
  await amina.seesSyncWord("1 afvist");
  const note = amina.note("Vi mangler en makker om natten");
  await expect(note).toContainText("Tavlen tog den ikke imod");
  await amina.axe();
  await amina.screenshot("refused-note");

  // The words can be carried elsewhere.
  await amina.context.grantPermissions(["clipboard-read", "clipboard-write"]);
  await note.getByTestId("copy-note").click();
  await expect(note.getByTestId("copy-note")).toContainText("Kopieret");
  expect(await amina.page.evaluate(() => navigator.clipboard.readText())).toBe("Vi mangler en makker om natten");

  // What follows would be refused with it, until it is sent again after all that the board holds now.
  await amina.write("Og en vikar");
  await amina.seesSyncWord("2 afvist");
  await amina.reload();
  await amina.seesSyncWord("2 afvist");
  const sheet = await amina.openSyncSheet();
  await expect(sheet).toContainText("Tavlen tog ikke alt imod");
  await amina.axe();
  await amina.screenshot("refused-sheet");
  await sheet.getByTestId("say-again").click();
  await amina.closeSheet(sheet);
  await amina.everythingIsReceived();
  await expect(note).not.toContainText("Tavlen tog den ikke imod");
  for (const words of ["Vi mangler en makker om natten", "Og en vikar"]) await crowd.seesNote(words);
});
