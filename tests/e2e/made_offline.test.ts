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
