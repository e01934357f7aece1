// A workshop is made where there is no network, filled in, and then met by others.

import { expect, test } from "./hall.ts";
import { Relay } from "./relay.ts";

test("a workshop that was made without a network is whole when others come", async ({ hall }) => {
  const maker = await hall.host();
  await maker.opensOffline();
  await maker.context.setOffline(true);
  await maker.makeWorkshop("Holdet i nord", "A1");
  const link = await maker.copyLink("participant");
  await maker.agree("now", 2);
  await maker.seesDelivery({ sent: 0, received: 0 });
  const sheet = await maker.openSyncSheet();
  await expect(sheet).toContainText("På denne computer, ikke sendt");
  await maker.closeSheet(sheet);
  await maker.axe();
  await maker.reload();
  await maker.seesAgreed("now", 2);

  await maker.context.setOffline(false);
  await maker.tryNow();
  await maker.everythingIsReceived();
  const phone = await hall.guest(link);
  await expect(phone.page.getByTestId("join-title")).toHaveText("Holdet i nord");
  await phone.join("Amina");
  await phone.open("agreed");
  await phone.seesAgreed("now", 2);
  await phone.open("now");
  await phone.place(4);
  await phone.write("Fra en, der kom til");
  await phone.everythingIsReceived();
  await maker.open("now");
  await maker.seesNote("Fra en, der kom til");
});

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
