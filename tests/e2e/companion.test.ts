// Somebody beside a phone has none of their own: the phone writes for them, and they are a person like the others.

import type { Locator } from "@playwright/test";
import { expect, test } from "./hall.ts";

// What a mark looks like: its colour's class and its drawing.
async function drawing(mark: Locator): Promise<string[]> {
  return mark.evaluate((mark) => [[...mark.classList].find((name) => name.startsWith("mark-colour")) ?? "", mark.innerHTML]);
}

test("whoever sits beside a phone places themselves and writes under a mark of their own", async ({ hall }) => {
  const [facilitator, projector] = [await hall.facilitator(), await hall.projector()];
  const [phone, other] = [await hall.participant(), await hall.participant()];
  await other.join("Bo");
  await other.open("now");
  await phone.join("Amina");
  await phone.open("now");
  await phone.place(2);
  await phone.openOverview();
  const ownMark = phone.page.locator(".overview__mark");
  const aminas = await drawing(ownMark);

  await phone.openPeople();
  await phone.axe();
  await phone.closeSheet(phone.page.getByTestId("people-sheet"));
  await phone.addCompanion("Else");
  const elses = await drawing(ownMark);
  expect(elses).not.toEqual(aminas);
  await facilitator.seesPeople(3);

  // Else begins with nothing of Amina's.
  await phone.open("now");
  await phone.standsNowhere();
  await phone.place(4);
  await phone.seesPeople(2, 1);
  await phone.seesPeople(4, 1);
  await phone.write("Vi siger godmorgen");
  await projector.seesPeople("now", 2, 1);
  await projector.seesPeople("now", 4, 1);

  // The others see who wrote it, by name and mark.
  await other.place(4);
  await other.seesPeople(4, 2);
  const note = other.note("Vi siger godmorgen");
  await expect(note).toContainText("Else");
  expect(await drawing(note.locator(".person-mark"))).toEqual(elses);
  await facilitator.page.getByTestId("show-names").check();
  await expect(projector.level("now", 4)).toContainText("Else");
  await expect(projector.level("now", 2)).toContainText("Amina");
  await expect(projector.note("Vi siger godmorgen")).toContainText("Else");

  // Each question says whom one writes for, and so does the sheet that one writes in.
  await phone.writesFor("Else");
  await phone.openWriter();
  await expect(phone.page.getByTestId("note-writer")).toHaveText("Du skriver for Else");
  await phone.page.getByTestId("note-later").click();
  await phone.axe();
  await phone.screenshot("companion");

  // Loaded anew, the tab goes on writing for Else, and counts nobody twice.
  await phone.reload();
  await phone.writesFor("Else");
  await phone.standsOn(4);
  await phone.place(5);
  await projector.seesPeople("now", 5, 1);
  await phone.place(4);
  await projector.seesPeople("now", 5, 0);
  await projector.seesPeople("now", 4, 2);
  await projector.seesPeople("now", 2, 1);
  await phone.seesPeople(4, 2);

  // The other is one press away from the question.
  await phone.page.getByTestId("writer-switch").click();
  await phone.page.getByTestId("own-person").filter({ hasText: "Amina" }).click();
  await phone.writesFor("Amina");
  await phone.standsOn(2);

  // Back to oneself, also after the app was opened again.
  await phone.switchTo("Amina");
  await phone.open("now");
  await phone.standsOn(2);
  await phone.reload();
  await phone.standsOn(2);
  await phone.place(3);
  await projector.seesPeople("now", 3, 1);
  await projector.seesPeople("now", 4, 2);
  await phone.seesDelivery({ onDevice: 0, sent: 0, received: 8 });
});

test("one can write for somebody without a network, and both are whole when it is back", async ({ hall }) => {
  const [phone, other] = [await hall.participant(), await hall.participant()];
  await other.join("Bo");
  await other.open("now");
  await other.place(5);
  await phone.join("Amina");
  await phone.everythingIsReceived();
  await phone.opensOffline();
  await phone.offline(async () => {
    await phone.addCompanion("Else");
    await phone.open("now");
    await phone.place(5);
    await phone.write("Fra Else, uden net");
    // In another tab a phone is its owner's, and says so before anything is chosen.
    await phone.openAgain();
    await phone.writesFor("Amina");
    await phone.standsNowhere();
    await phone.place(1);
  });
  await phone.tryNow();
  await phone.everythingIsReceived();
  await other.seesPeople(5, 2);
  await other.seesPeople(1, 1);
  await expect(other.note("Fra Else, uden net")).toContainText("Else");
});
