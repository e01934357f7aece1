// A workshop that whoever leads it deletes for everyone.

import { expect, test } from "./hall.ts";

const NOTE = "Vi siger til i god tid";

test("a workshop that its facilitator deletes ends for everyone, and nobody is let in again", async ({ hall }) => {
  const [facilitator, projector, phone] = [await hall.facilitator(), await hall.projector(), await hall.participant()];
  await phone.join("Amina");
  await phone.open("now");
  await phone.place(3);
  await phone.write(NOTE);
  await phone.everythingIsReceived();
  await projector.seesNote(NOTE);

  // It is asked first, and does not happen where nobody would hear of it.
  await facilitator.page.getByTestId("settings").click();
  const sheet = facilitator.page.getByTestId("settings-sheet");
  const deletes = sheet.getByTestId("delete-for-all");
  await facilitator.offline(() => expect(deletes).toBeDisabled({ timeout: 20_000 }));
  await expect(deletes).toBeEnabled({ timeout: 20_000 });
  await facilitator.axe();
  await facilitator.screenshot("delete-for-all-settings");
  await deletes.click();
  await facilitator.axe();
  await facilitator.screenshot("delete-for-all");
  await facilitator.page.getByTestId("confirm-no").click();
  await projector.seesNote(NOTE);
  await deletes.click();
  await facilitator.page.getByTestId("confirm-yes").click();

  for (const device of [facilitator, phone]) await device.seesSyncWord("Stoppet");
  await phone.openSyncSheet();
  await expect(phone.page.getByText("Workshoppen er slettet for alle")).toBeVisible();
  await phone.axe();
  await phone.screenshot("deleted-for-all");
  await phone.reload();
  await expect(phone.note(NOTE), "what lies on a device stays there").toBeVisible();

  const late = await hall.participant();
  await expect(late.page.getByTestId("join-state")).toContainText("Workshoppen er slettet for alle");
  await late.axe();
  await late.screenshot("deleted-late");
});
