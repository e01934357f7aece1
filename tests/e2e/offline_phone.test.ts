// One phone without a network: nothing is lost, and the numbers are right at every point.

import { test, type Hall } from "./hall.ts";
import type { Line } from "./line.ts";
import type { PhonePage } from "./phone_page.ts";

const BEFORE = "Før nettet gik";
const WITHOUT = "Skrevet uden net";
const AFTER_RELOAD = "Skrevet efter genindlæsning";
const AFTER_CLOSING = "Skrevet i en browser, der var lukket";

// Both kinds of 'no network' happen to phones: the line is cut, or it stays open and silent.
type Loss = { lose(phone: PhonePage, line: Line): Promise<void>; regain(phone: PhonePage, line: Line): Promise<void>; opensOffline: boolean };

const KINDS: Record<string, Loss> = {
  "that its browser knows of": {
    lose: (phone) => phone.context.setOffline(true),
    regain: (phone) => phone.context.setOffline(false),
    opensOffline: true,
  },
  "whose line is cut": {
    lose: async (_, line) => line.cut(),
    regain: async (_, line) => line.restore(),
    opensOffline: false,
  },
  "whose line falls silent": {
    lose: async (_, line) => line.silence(),
    regain: async (_, line) => line.restore(),
    opensOffline: false,
  },
};

for (const [kind, { lose, regain, opensOffline }] of Object.entries(KINDS)) {
  test(`a phone without a network ${kind} goes on, reloads, is closed and opened again, and loses nothing`, async ({ hall }) => {
    const { phone, line } = await seat(hall);
    const other = await hall.participant();
    await other.join("Bo");
    await other.open("now");

    await phone.join("Amina");
    await phone.open("now");
    await phone.place(2);
    await phone.write(BEFORE);
    await phone.seesDelivery({ onDevice: 0, sent: 0, received: 3 });
    await other.seesPeople(2, 1);
    await phone.opensOffline();

    await lose(phone, line);
    await phone.place(4);
    await phone.write(WITHOUT);
    await phone.seesDelivery({ onDevice: 2, sent: 0, received: 3 });

    await phone.reload();
    await phone.open("now");
    await phone.standsOn(4);
    await phone.write(AFTER_RELOAD);
    await phone.seesDelivery({ onDevice: 3, sent: 0, received: 3 });

    await phone.closeBrowser();
    await phone.openBrowser({ offline: opensOffline });
    await phone.openOwnWorkshop();
    await phone.open("now");
    await phone.standsOn(4);
    for (const text of [WITHOUT, AFTER_RELOAD]) await phone.seesNote(text);
    await phone.write(AFTER_CLOSING);
    await phone.seesDelivery({ onDevice: 4, sent: 0, received: 3 });
    await other.seesPeople(4, 0);

    await regain(phone, line);
    await phone.tryNow();
    await phone.seesDelivery({ onDevice: 0, sent: 0, received: 7 });
    await other.seesPeople(2, 0);
    await other.place(4);
    await other.seesPeople(4, 2);
    for (const text of [WITHOUT, AFTER_RELOAD, AFTER_CLOSING]) await other.seesNote(text);
  });
}

test("what was written is there after the browser was killed", async ({ hall }) => {
  const { phone, line } = await seat(hall);
  await phone.join("Amina");
  await phone.open("now");
  await phone.everythingIsReceived();
  await phone.opensOffline();
  line.cut();
  await phone.place(5);
  await phone.write(WITHOUT);
  await phone.seesDelivery({ onDevice: 2, sent: 0, received: 1 });
  await phone.killBrowser();
  await phone.openBrowser();
  await phone.openOwnWorkshop();
  await phone.open("now");
  await phone.standsOn(5);
  await phone.seesNote(WITHOUT);
  await phone.seesDelivery({ onDevice: 2, sent: 0, received: 1 });
  line.restore();
  await phone.tryNow();
  await phone.seesDelivery({ onDevice: 0, sent: 0, received: 3 });
});

async function seat(hall: Hall): Promise<{ phone: PhonePage; line: Line }> {
  const line = await hall.line();
  return { phone: await hall.participant({ line, ownBrowser: true }), line };
}
