// A device with no room left: said in words, nothing that was typed is lost, and it goes on when there is room again.

import { expect, test, type Hall, type Seat } from "./hall.ts";

// How long the app may take to notice that there is room again: it asks every 10 s.
const KEPT_AGAIN_MS = 25_000;

// The room that a device has for this address: enough for the app, and little enough to be filled.
const ROOM_BYTES = 32 << 20;

// A phone whose room the test can take away and give back.
async function phoneWithRoom(hall: Hall, seat: Seat = {}) {
  const phone = await hall.participant({ ...seat, opens: false });
  const session = await phone.context.newCDPSession(phone.page);
  const { origin } = new URL(phone.link);
  const quota = async (quotaSize: number): Promise<void> => {
    await session.send("Storage.overrideQuotaForOrigin", { origin, quotaSize });
  };
  // From before the app's first write, on a page of the same address; it would be forgotten on the way from another.
  await phone.page.goto(`${origin}/healthz`);
  await quota(ROOM_BYTES);
  await phone.goto();
  return {
    phone,
    async fill(): Promise<void> {
      await quota(1);
      // The browser goes on giving out the room that it last counted, until somebody asks for more.
      expect(await phone.page.evaluate(asksFor, ROOM_BYTES)).toBe("QuotaExceededError");
    },
    makeRoom: () => quota(ROOM_BYTES),
  };
}

// In the page: tries to store as many bytes, in a database of its own, and says how that ended.
async function asksFor(bytes: number): Promise<string | undefined> {
  const opening = indexedDB.open("filler");
  opening.onupgradeneeded = () => opening.result.createObjectStore("filler");
  await new Promise((resolve) => (opening.onsuccess = resolve));
  const filling = opening.result.transaction("filler", "readwrite");
  filling.objectStore("filler").put(new Uint8Array(bytes), "filler");
  await new Promise((resolve) => (filling.oncomplete = filling.onabort = resolve));
  opening.result.close();
  return filling.error?.name;
}

test("a full phone says so, sends what it cannot keep, and keeps it when there is room", async ({ hall }) => {
  const { phone, fill, makeRoom } = await phoneWithRoom(hall);
  const other = await hall.participant();
  await other.join("Bo");
  await other.open("now");
  await other.place(3);
  await phone.join("Amina");
  await phone.open("now");
  await phone.place(3);
  await phone.everythingIsReceived();
  await phone.opensOffline();

  await fill();
  await phone.write("Skrevet på en fuld telefon");
  await phone.seesSyncWord("Gemmes ikke");
  const sheet = await phone.openSyncSheet();
  await expect(sheet).toContainText("Telefonen er fuld");
  await phone.axe();
  await phone.closeSheet(sheet);
  // The others have it, which is the next best keeper.
  await other.seesNote("Skrevet på en fuld telefon");

  await makeRoom();
  await expect(phone.page.getByTestId("sync")).toHaveText("Modtaget", { timeout: KEPT_AGAIN_MS });
  await phone.offline(async () => {
    await phone.reload();
    await phone.standsOn(3);
    await phone.seesNote("Skrevet på en fuld telefon");
  });
});

test("a full phone without a network holds what was typed, and keeps and sends it in the end", async ({ hall }) => {
  const line = await hall.line();
  const { phone, fill, makeRoom } = await phoneWithRoom(hall, { line });
  await phone.join("Amina");
  await phone.open("obstacles");
  await phone.everythingIsReceived();
  await phone.opensOffline();
  line.cut();
  await fill();
  await phone.write("Hverken plads eller net");
  await phone.seesSyncWord("Gemmes ikke");
  await expect(phone.note("Hverken plads eller net")).toContainText("Ikke gemt");
  const draft = await phone.openWriter();
  await draft.fill("En kladde, der ikke er tilføjet");
  await phone.page.getByTestId("note-later").click();

  await makeRoom();
  await expect(phone.page.getByTestId("sync")).toHaveText("1 ikke sendt", { timeout: KEPT_AGAIN_MS });
  await expect(phone.note("Hverken plads eller net")).toContainText("På denne telefon");
  await phone.reload();
  await phone.seesNote("Hverken plads eller net");
  await expect(await phone.openWriter()).toHaveValue("En kladde, der ikke er tilføjet");
  await phone.page.getByTestId("note-later").click();
  line.restore();
  await phone.tryNow();
  await phone.everythingIsReceived();
});
