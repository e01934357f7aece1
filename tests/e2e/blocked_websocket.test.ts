// A phone in a network that lets no websocket through, as at some work places: it takes part all the same, only slower.

import { expect, test } from "./hall.ts";
import type { Blocking } from "./line.ts";

const FIRST = "Skrevet bag en proxy";
const OFFLINE = "Skrevet uden net";
const LAST = "Skrevet på den hurtige linje";

const KINDS: Record<string, Blocking> = {
  "refuses websockets": "refuses",
  "lets websockets open and breaks them": "breaks",
  "lets websockets join and breaks them": "breaks what has joined",
};

for (const [kind, how] of Object.entries(KINDS)) {
  test(`a phone in a network that ${kind} joins, writes, reads, goes offline, comes back, and finds the fast way again`, async ({ hall }) => {
    const line = await hall.line();
    line.blockWebsockets(how);
    const other = await hall.participant();
    await other.join("Bo");
    await other.open("now");
    const phone = await hall.participant({ line, opens: false });
    const asked = new Set<string>();
    phone.context.on("request", (request) => asked.add(request.url().replace(line.origin, "")));
    await phone.goto();
    await phone.join("Amina");
    await phone.open("now");

    await phone.place(2);
    await phone.write(FIRST);
    await phone.seesDelivery({ onDevice: 0, sent: 0, received: 3 });
    await phone.seesSlowerLine(true);
    await phone.seesSyncWord("Modtaget");
    await other.seesPeople(2, 1);
    await other.place(2);
    await other.seesNote(FIRST);
    await phone.seesPeople(2, 2);

    line.cut();
    await phone.write(OFFLINE);
    await phone.seesDelivery({ onDevice: 1, sent: 0, received: 3 });
    line.restore();
    await phone.tryNow();
    await phone.seesDelivery({ onDevice: 0, sent: 0, received: 4 });
    await phone.seesSlowerLine(true);
    await other.seesNote(OFFLINE);

    line.allowWebsockets();
    await phone.changesNetwork();
    await phone.seesSlowerLine(false);
    await phone.write(LAST);
    await phone.seesDelivery({ onDevice: 0, sent: 0, received: 5 });
    await other.seesNote(LAST);

    // Nothing that names the line or opens the workshop stands where a proxy would write it down.
    const lines = [...asked].filter((path) => path.startsWith("/sync")).sort();
    expect(lines).toEqual(expect.arrayContaining(["/sync/line", "/sync/line/down", "/sync/line/up"]));
    for (const path of lines) expect(["/sync/line", "/sync/line/down", "/sync/line/end", "/sync/line/up"]).toContain(path);
  });
}

test("a phone whose websocket is blocked in the middle goes on over HTTP", async ({ hall }) => {
  const line = await hall.line();
  const [phone, other] = [await hall.participant({ line }), await hall.participant()];
  await other.join("Bo");
  await other.open("now");
  await other.place(2);
  await phone.join("Amina");
  await phone.open("now");
  await phone.place(2);
  await phone.everythingIsReceived();
  await phone.seesSlowerLine(false);
  line.blockWebsockets("refuses");
  await phone.write(FIRST);
  await phone.seesDelivery({ onDevice: 0, sent: 0, received: 3 });
  await phone.seesSlowerLine(true);
  await other.seesNote(FIRST);
});
