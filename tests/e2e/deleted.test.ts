// A workshop that whoever leads it deletes for everyone, and one that is deleted on a single phone.

import type { Locator } from "@playwright/test";
import { expect, test } from "./hall.ts";
import type { PhonePage } from "./phone_page.ts";

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
  await expect(late.page.getByTestId("join-go")).toHaveCount(0);
  await late.axe();
  await late.screenshot("deleted-late");
});

// Presses the button that deletes the only workshop of this phone. Gives what is asked then.
async function asksToDelete(phone: PhonePage): Promise<Locator> {
  await phone.openOverview();
  await phone.page.getByTestId("back").click();
  await phone.page.getByTestId("workshop-delete").click();
  const asked = phone.page.getByTestId("confirm");
  await expect(asked).toContainText("Slet fra denne enhed?");
  return asked;
}

test("whoever deletes a workshop from their phone is warned of what is not sent, and keeps it or loses it", async ({ hall }) => {
  const line = await hall.line();
  const phone = await hall.participant({ line });
  const { page } = phone;
  const unsent = "Noget er ikke sendt endnu. Det går tabt.";
  await phone.join("Amina");
  await phone.open("obstacles");
  await phone.write(NOTE);
  await phone.everythingIsReceived();

  // Where all of it is received, nothing is lost by it.
  let asked = await asksToDelete(phone);
  await expect(asked).not.toContainText(unsent);
  await asked.getByTestId("confirm-no").click();
  await expect(asked).toBeHidden();

  await phone.openOwnWorkshop();
  await phone.open("obstacles");
  line.cut();
  await phone.write("Skrevet uden net");
  await phone.seesDelivery({ onDevice: 1 });
  asked = await asksToDelete(phone);
  await expect(asked).toContainText(unsent);
  await phone.axe();
  await phone.screenshot("delete-unsent");
  await asked.getByTestId("confirm-no").click();
  await expect(asked).toBeHidden();
  await phone.reload();
  await phone.openOwnWorkshop();
  await phone.open("obstacles");
  for (const text of [NOTE, "Skrevet uden net"]) await phone.seesNote(text);

  asked = await asksToDelete(phone);
  await expect(asked).toContainText(unsent);
  await asked.getByTestId("confirm-yes").click();
  await expect(page.getByTestId("workshop")).toHaveCount(0);
  await phone.reload();
  await expect(page.getByTestId("new-workshop")).toBeVisible();
  await expect(page.getByText("Her kommer de workshops, du laver eller er med i.")).toBeVisible();

  // By the link it begins anew: what the board has received is there, and nobody is known.
  line.restore();
  await phone.goto();
  await phone.join("Amina");
  await phone.open("obstacles");
  await phone.seesNote(NOTE);
  await phone.seesNoNote("Skrevet uden net");
});
