// Two tabs of one device, two builds of the app, and a hostile peer beside honest ones.

import { expect, test } from "./hall.ts";
import { documentId, HostilePeer } from "./hostile_peer.ts";
import { PhonePage } from "./phone_page.ts";

test("two tabs of one device agree, also without a network", async ({ hall }) => {
  const line = await hall.line();
  const first = await hall.participant({ line });
  await first.join("Amina");
  await first.open("now");
  await first.place(3);
  await first.everythingIsReceived();
  await first.opensOffline();
  const second = new PhonePage(first.context, await first.context.newPage(), first.link);
  await second.goto(first.page.url());
  await second.standsOn(3);

  line.cut();
  await second.write("Fra den anden fane");
  await first.page.bringToFront();
  await first.seesNote("Fra den anden fane");
  await first.write("Fra den første fane");
  await second.page.bringToFront();
  await second.seesNote("Fra den første fane");
  await second.place(5);
  await first.page.bringToFront();
  await first.standsOn(5);

  line.restore();
  await second.tryNow();
  await second.everythingIsReceived();
  await first.page.bringToFront();
  await first.tryNow();
  await first.everythingIsReceived();
  const other = await hall.participant();
  await other.join("Bo");
  await other.open("now");
  await other.seesPeople(5, 1);
  await other.place(3);
  for (const text of ["Fra den anden fane", "Fra den første fane"]) await other.seesNote(text);
});

test("an example belongs to the level that it was begun on, though another tab moves meanwhile", async ({ hall }) => {
  const first = await hall.participant();
  await first.join("Amina");
  await first.open("now");
  await first.place(3);
  await (await first.openWriter()).fill("Fra trin 3");
  const second = new PhonePage(first.context, await first.context.newPage(), first.link);
  await second.goto(first.page.url());
  await second.place(5);
  await first.page.bringToFront();
  await first.standsOn(5);
  const sheet = first.page.getByTestId("note-sheet");
  await expect(sheet.getByRole("heading")).toHaveText("Et eksempel på trin 3");
  await sheet.getByTestId("note-add").click();
  await expect(sheet).toHaveCount(0);
  await first.place(3);
  await first.seesNote("Fra trin 3");
});

test("an app with one build id works beside an app with another", async ({ hall }) => {
  const version = await hall.newVersion();
  const old = await hall.participant();
  const build = (await old.page.locator("meta[name=dialogtavle-build]").getAttribute("content")) ?? "";
  version.publish(build, "f".repeat(build.length));
  const newer = await hall.participant({ line: version });
  await expect(newer.page.locator("meta[name=dialogtavle-build]")).toHaveAttribute("content", "f".repeat(build.length));
  await old.join("Amina");
  await newer.join("Bo");
  for (const phone of [old, newer]) await phone.open("signs");
  await old.write("Fra den gamle");
  await newer.seesNote("Fra den gamle");
  await newer.write("Fra den nye");
  await old.seesNote("Fra den nye");
});

test("a peer that sends nonsense is ended, and two honest ones go on", async ({ hall }) => {
  const { sync, documents } = await hall.workshop();
  const [amina, bo] = [await hall.participant(), await hall.participant()];
  await amina.join("Amina");
  await bo.join("Bo");
  for (const phone of [amina, bo]) await phone.open("obstacles");
  const board = documentId(documents.board);
  const noise = (length: number): Uint8Array => crypto.getRandomValues(new Uint8Array(length));
  const about = (data: Uint8Array) => ({ senderId: "x", targetId: "y", documentId: board, data });
  const unread = "a frame could not be read";
  const attacks: [string, string, (peer: HostilePeer) => void][] = [
    ["bytes that are not CBOR", unread, (peer) => peer.sendBytes(noise(200))],
    ["text", unread, (peer) => peer.sendWords("hello")],
    ["a frame that is too long", "a frame was longer than the limit", (peer) => peer.sendBytes(new Uint8Array((1 << 20) + 1))],
    ["a damaged sync message", "a document message could not be used", (peer) => peer.send({ type: "sync", ...about(noise(500)) })],
    ["a bad document id", unread, (peer) => peer.send({ type: "sync", ...about(noise(5)), documentId: "!!" })],
    ["a number where bytes belong", unread, (peer) => peer.send({ type: "sync", ...about(noise(1)), data: 7 })],
  ];
  for (const [index, [what, answer, attack]] of attacks.entries()) {
    await test.step(what, async () => {
      const peer = await HostilePeer.dial(sync.participant);
      peer.join();
      attack(peer);
      await amina.write(`Efter angreb ${index}`);
      await bo.seesNote(`Efter angreb ${index}`);
      expect((await peer.isEnded()).at(-1)).toMatchObject({ type: "error", message: answer });
    });
  }
  for (const phone of [amina, bo]) await phone.everythingIsReceived();
  expect(hall.relay.log).not.toContain("panicked");
});

test("a change that was forged in a phone's name takes nothing from it", async ({ hall }) => {
  const line = await hall.line();
  const [amina, bo, mallory] = [await hall.participant({ line }), await hall.participant(), await hall.stock("participant")];
  for (const [phone, name] of [[amina, "Amina"], [bo, "Bo"]] as const) {
    await phone.join(name);
    await phone.open("now");
    await phone.place(3);
  }
  await amina.write("Det første");
  await mallory.seesNote("Det første");
  await bo.seesNote("Det første");

  line.cut();
  await amina.write("Det andet, uden net");
  mallory.forge("Det første", "Forfalsket");
  await bo.seesNote("Forfalsket");
  line.restore();
  await amina.tryNow();
  await amina.everythingIsReceived();
  for (const phone of [amina, bo]) await phone.seesNote("Det andet, uden net");
  await amina.write("Det tredje");
  await bo.seesNote("Det tredje");
  await bo.write("Bos eget");
  await amina.seesNote("Bos eget");
  await amina.reload();
  for (const text of ["Det første", "Det andet, uden net", "Det tredje", "Bos eget"]) await amina.seesNote(text);
  await amina.everythingIsReceived();
});
