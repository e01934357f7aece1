// A participant comes in by the link, places themselves and writes an example; the wall shows it.

import { expect, test } from "./hall.ts";

test("what a participant does is on the wall", async ({ hall }) => {
  const projector = await hall.projector();
  const phone = await hall.participant();
  await expect(phone.page.getByTestId("join-title")).toHaveText("Støtte i hverdagen");
  await phone.axe();
  await phone.join("Amina");
  await phone.axe();

  await phone.open("now");
  await phone.axe();
  await phone.place(3);
  await phone.seesPeople(3, 1);
  await phone.axe();
  await projector.seesPeople("now", 3, 1);

  await phone.openWriter();
  await phone.axe();
  await phone.page.getByTestId("note-later").click();
  await phone.write("Vi ringer til hinanden efter en hård vagt");
  await projector.seesNote("Vi ringer til hinanden efter en hård vagt");
  await phone.axe();

  await phone.seesDelivery({ onDevice: 0, sent: 0, received: 3 });
  await phone.openSyncSheet();
  await phone.axe();
  await phone.closeSheet(phone.page.getByTestId("sync-sheet"));

  for (const step of ["ambition", "obstacles", "signs", "time-frame", "agreed"] as const) {
    await phone.open(step);
    await phone.axe();
  }
  await projector.isForLookingAt();
  await projector.axe();
});

test("a placement can be moved and taken back", async ({ hall }) => {
  const projector = await hall.projector();
  const phone = await hall.participant();
  await phone.joinWithoutName();
  await phone.open("ambition");
  await phone.place(4);
  await projector.seesPeople("ambition", 4, 1);
  await phone.place(5);
  await projector.seesPeople("ambition", 4, 0);
  await projector.seesPeople("ambition", 5, 1);
  await phone.page.getByTestId("withdraw").click();
  await phone.standsNowhere();
  await projector.seesPeople("ambition", 5, 0);
});

test("the secret of a link is out of the address bar at once, and the device keeps it", async ({ hall }) => {
  const phone = await hall.participant();
  const secret = phone.link.split("/").at(-1) ?? "";
  expect(secret.length).toBeGreaterThan(20);
  expect(phone.page.url()).not.toContain(secret);
  await phone.join("Amina");
  await phone.everythingIsReceived();
  await phone.reload();
  await phone.hasJoined();
  expect(await phone.page.content()).not.toContain(secret);
});

test("a link that was cut off says what to do", async ({ hall }) => {
  const phone = await hall.participant({ opens: false });
  await phone.goto(phone.link.slice(0, -5));
  await expect(phone.page.getByText("Der mangler noget af linket")).toBeVisible();
  await phone.axe();
});

test("who leaves in the middle of an edit finds it again, and nothing is thrown", async ({ hall }) => {
  await hall.workshop();
  const phone = await hall.participant();
  await phone.join("Karen");
  await phone.open("now");
  for (const level of [2, 3, 4]) {
    // In one turn, so that the page is left before the choice was drawn.
    await phone.level(level).evaluate((button: HTMLElement) => {
      button.click();
      location.hash = "#/";
    });
    await phone.page.getByTestId("home").waitFor();
    await phone.page.goBack();
    await phone.standsOn(level);
  }
});
