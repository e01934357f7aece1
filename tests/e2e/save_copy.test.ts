// A copy of what lies on the device, saved as a file from the running app.

import { readFile } from "node:fs/promises";
import * as Automerge from "@automerge/automerge";
import { documentId } from "./hostile_peer.ts";
import { expect, test } from "./hall.ts";
import type { BoardPage } from "./board_page.ts";

type Copy = { format: string; stores: Record<string, { key: string[]; value: string | { $bytes: string } }[]> };

async function saveCopy(device: BoardPage): Promise<Copy> {
  const sheet = await device.openSyncSheet();
  const [download] = await Promise.all([device.page.waitForEvent("download"), sheet.getByTestId("save-copy").click()]);
  await expect(sheet.getByTestId("copy-outcome")).toContainText("Kopien er gemt");
  await device.axe();
  await device.closeSheet(sheet);
  return JSON.parse(await readFile(await download.path(), "utf8"));
}

// What stands one after the other in a record: each chunk has 4 magic bytes, 4 of a checksum, one that says whether it is
// a whole document (0) or a change, and its length in groups of 7 bits.
function chunksOf(bytes: Uint8Array): Uint8Array[] {
  let [length, at] = [0, 9];
  for (let shift = 0; ; shift += 7) {
    const group = bytes[at++] ?? 0;
    length += (group & 0x7f) * 2 ** shift;
    if (group < 0x80) break;
  }
  const end = at + length;
  return [bytes.subarray(0, end), ...(end < bytes.length ? chunksOf(bytes.subarray(end)) : [])];
}

// All that was ever typed into a document that a copy holds.
function words(copy: Copy, document: string): string {
  const chunks = (copy.stores.chunks ?? []).filter(({ key }) => key[0] === document);
  const bytes = chunks.map(({ value }) => Buffer.from((value as { $bytes: string }).$bytes, "base64"));
  const changes = bytes.flatMap(chunksOf).flatMap((chunk) => (chunk[8] === 0 ? Automerge.getAllChanges(Automerge.load(chunk)) : [chunk]));
  const operations = changes.flatMap((change) => Automerge.decodeChange(change).ops);
  return operations.map((operation) => ("value" in operation ? String(operation.value) : "")).join("");
}

test("a phone without a network saves what was written on it, and gives no link away", async ({ hall }) => {
  const { documents } = await hall.workshop();
  const phone = await hall.participant();
  await phone.join("Amina");
  await phone.open("obstacles");
  await phone.opensOffline();
  await phone.offline(async () => {
    await phone.write("Skrevet uden net");
    await (await phone.openWriter()).fill("En kladde");
    await phone.page.getByTestId("note-later").click();
    const copy = await saveCopy(phone);
    expect(copy.format).toBe("dialogtavle-device");
    expect(words(copy, documentId(documents.board))).toContain("Skrevet uden net");
    const all = [...new Set(copy.stores.chunks?.map(({ key }) => key[0]))].map((document) => words(copy, document ?? ""));
    expect(all.join("\n")).toContain("En kladde");
    expect(copy.stores.workshops?.filter(({ key }) => key[1]?.startsWith("capability"))).toEqual([]);
    expect(copy.stores.workshops?.find(({ key }) => key[1] === "title")?.value).toBe("Støtte i hverdagen");
  });
});

test("a facilitator saves a copy too", async ({ hall }) => {
  const { documents } = await hall.workshop();
  const desk = await hall.facilitator();
  await desk.agree("now", 2);
  await desk.page.getByTestId("reason-now").fill("Vi hjælper, når nogen spørger");
  const copy = await saveCopy(desk);
  await desk.screenshot("save-copy-desk");
  expect(words(copy, documentId(documents.control))).toContain("Vi hjælper, når nogen spørger");
});

test("what a browser that keeps nothing holds in memory is in the copy", async ({ hall }) => {
  const phone = await hall.participant({ opens: false });
  // A browser that keeps nothing, as in some private windows.
  await phone.context.addInitScript(() => {
    IDBFactory.prototype.open = () => {
      throw new DOMException("storage is forbidden here", "SecurityError");
    };
  });
  await phone.goto();
  await phone.join("Amina");
  await phone.open("obstacles");
  await phone.write("Kun i hukommelsen");
  const copy = await saveCopy(phone);
  const { documents } = await hall.workshop();
  expect(words(copy, documentId(documents.board))).toContain("Kun i hukommelsen");
});
