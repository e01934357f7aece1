// A workshop is made where there is no network, filled in, and then met by others.

import { expect, SCREEN, test } from "./hall.ts";
import { PhonePage } from "./phone_page.ts";
import { ProjectorPage } from "./projector_page.ts";
import { Relay } from "./relay.ts";

// Where whoever made the workshop stands, each with an example.
const PLACED = [["now", 2], ["ambition", 4]] as const;
const exampleOf = (level: number): string => `Et eksempel på ${level}`;

test("a workshop that was made without a network is whole when others come", async ({ hall }) => {
  const maker = await hall.host();
  await maker.opensOffline();
  await maker.context.setOffline(true);
  await maker.makeWorkshop("Holdet i nord", "A1");
  const [link, screen] = [await maker.copyLink("participant"), await maker.copyLink("projector")];
  await maker.agree("now", 2);
  await maker.page.getByTestId("reason-now").fill("Vi lytter, men sjældent");
  await maker.seesDelivery({ sent: 0, received: 0 });
  const sheet = await maker.openSyncSheet();
  await expect(sheet).toContainText("På denne computer, ikke sendt");
  await maker.closeSheet(sheet);
  await maker.axe();
  await maker.reload();
  await maker.seesAgreed("now", 2);
  await expect(maker.page.getByTestId("reason-now")).toHaveValue("Vi lytter, men sjældent");

  // Whoever leads answers, too, before anyone else is there.
  const own = new PhonePage(maker.context, maker.page, link);
  await own.page.getByTestId("participate").click();
  await own.join("Karen");
  for (const [column, level] of PLACED) {
    await own.open(column);
    await own.place(level);
    await own.write(exampleOf(level));
  }
  await own.open("obstacles");
  await own.write("Vi ser hinanden for lidt");
  await own.open("time-frame");
  await own.timeWords.fill("Når broen er åben igen");
  await own.reload();
  await isWhole(own);
  await own.seesDelivery({ sent: 0, received: 0 });

  await maker.context.setOffline(false);
  await own.tryNow();
  await own.everythingIsReceived();
  const phone = await hall.guest(link);
  await expect(phone.page.getByTestId("join-title")).toHaveText("Holdet i nord");
  await phone.join("Amina");
  await isWhole(phone);
  const wall = await hall.host({ options: SCREEN });
  const projector = new ProjectorPage(wall.context, wall.page, screen);
  await projector.goto();
  for (const [column, level] of PLACED) {
    await projector.seesPeople(column, level, 1);
    await projector.seesNote(exampleOf(level));
  }
  await projector.seesNote("Vi ser hinanden for lidt");
  await projector.seesAgreed("now", 2);

  await phone.open("now");
  await phone.place(4);
  await phone.write("Fra en, der kom til");
  await phone.everythingIsReceived();
  await projector.seesPeople("now", 4, 1);
  await own.openOverview();
  await own.page.getByTestId("back").click();
  await maker.open("now");
  await maker.seesNote("Fra en, der kom til");
  await maker.open("time-frame");
  await maker.project();
  await expect(projector.page.getByTestId("projector-time")).toContainText("Når broen er åben igen");
});

// All that was done without a network is there, on a phone of whoever it may be.
async function isWhole(phone: PhonePage): Promise<void> {
  for (const [column, level] of PLACED) {
    await phone.open(column);
    await phone.seesPeople(level, 1);
    await expect(phone.note(exampleOf(level))).toHaveCount(1);
  }
  await phone.open("obstacles");
  await phone.seesNote("Vi ser hinanden for lidt");
  await phone.open("time-frame");
  await expect(phone.timeWords).toHaveValue("Når broen er åben igen");
  await phone.open("agreed");
  await phone.seesAgreed("now", 2);
  await expect(phone.page.getByTestId("agreed-now")).toContainText("Vi lytter, men sjældent");
}

test("before a workshop is made, one is told whether it will come further than the device", async ({ hall }) => {
  for (const [rule, words] of [["none", "tager ikke imod nye workshops"], ["token", "nøgle til at lave workshops"]] as const) {
    const closed = await Relay.start("--create", rule);
    hall.closesLater(closed);
    const maker = await hall.visitor({ line: closed });
    await expect(maker.page.getByTestId("create-rule")).toContainText("fra den, der driver den");
    await maker.axe();
    await maker.screenshot(`create-${rule}-home`);
    await maker.page.getByTestId("new-workshop").click();
    await expect(maker.page.getByTestId("create-rule")).toContainText(words);
    await maker.axe();
    await maker.screenshot(`create-${rule}-new`);
  }
  const maker = await hall.visitor();
  const rule = maker.page.getByTestId("create-rule");
  await maker.opensOffline();
  await expect(maker.page.getByTestId("new-workshop")).toBeVisible();
  await expect(rule).toHaveCount(0);
  await maker.context.setOffline(true);
  await maker.page.getByTestId("new-workshop").click();
  await expect(rule).toContainText("ved vi, når den svarer");
  await maker.axe();
  await maker.screenshot("create-offline-new");
  await maker.context.setOffline(false);
  await expect(rule).toHaveCount(0);
});

test("who made a workshop is told that this relay takes no new ones, and what to do", async ({ hall }) => {
  const closed = await Relay.start("--create", "none");
  hall.closesLater(closed);
  const maker = await hall.host({ line: closed });
  await maker.makeWorkshop("Holdet i nord", "A1");
  await maker.seesSyncWord("Stoppet");
  const sheet = await maker.openSyncSheet();
  await expect(sheet).toContainText("Tavlen her tager ikke imod nye workshops");
  await expect(sheet).toContainText("ligger stadig på denne enhed");
  await maker.axe();
});
