// Anyone's automerge-repo client takes part through the `sync` URLs, with its role's rights and no more.

import { expect, test } from "./hall.ts";
import { documentId, HostilePeer } from "./hostile_peer.ts";
import { Relay } from "./relay.ts";
import { makeWorkshop } from "./workshop.ts";

test("two stock clients and a phone see each other's edits", async ({ hall }) => {
  const [one, two] = [await hall.stock("participant"), await hall.stock("participant")];
  const phone = await hall.participant();
  await phone.join("Amina");
  await phone.open("now");
  await phone.place(3);
  await phone.write("Fra telefonen");
  for (const peer of [one, two]) {
    await peer.seesPerson("Amina");
    await peer.seesNote("Fra telefonen");
  }
  one.addExample("Fra den første");
  await two.seesNote("Fra den første");
  await phone.seesNote("Fra den første");
  two.addExample("Fra den anden");
  await one.seesNote("Fra den anden");
  await phone.seesNote("Fra den anden");
});

test("a projector's URL cannot write", async ({ hall }) => {
  const [projector, participant] = [await hall.stock("projector"), await hall.stock("participant")];
  await projector.isHeard(projector.board, () => projector.addExample("Fra skærmen"));
  participant.addExample("Fra en deltager");
  await projector.seesNote("Fra en deltager");
  const later = await hall.stock("participant");
  await later.seesNote("Fra en deltager");
  for (const peer of [participant, later]) expect(peer.notes()).toEqual(["Fra en deltager"]);
});

test("a participant's URL cannot write control", async ({ hall }) => {
  const [participant, facilitator] = [await hall.stock("participant"), await hall.stock("facilitator")];
  await participant.isHeard(participant.control, () => participant.set("kapret", "ja"));
  facilitator.set("title", "Støtte, anden gang");
  const later = await hall.stock("facilitator");
  await later.sees("title", "Støtte, anden gang");
  for (const peer of [facilitator, later]) expect(peer.control.doc().settings).not.toHaveProperty("kapret");
  const phone = await hall.participant();
  await expect(phone.page.getByTestId("join-title")).toHaveText("Støtte, anden gang");
});

test("presence passes between stock clients", async ({ hall }) => {
  const [one, two] = [await hall.stock("participant"), await hall.stock("participant")];
  const heard = new Promise((resolve) => two.board.once("ephemeral-message", ({ message }) => resolve(message)));
  one.board.broadcast({ here: "Amina" });
  expect(await heard).toEqual({ here: "Amina" });
});

test("a wrong secret learns nothing, not even whether the workshop exists", async ({ hall }) => {
  const { sync, documents } = await hall.workshop();
  // A secret that is in good order, but of a workshop that this relay never met.
  const elsewhere = await Relay.start();
  hall.closesLater(elsewhere);
  const { sync: strange, documents: unknown } = await makeWorkshop(elsewhere.origin);
  const { host } = new URL(sync.participant);
  const [stranger, wrong] = [new URL(strange.participant), new URL(sync.participant)];
  stranger.host = host;
  const [workshop, secret] = [wrong, stranger].map((url) => url.searchParams.get("w")?.split("/"));
  wrong.searchParams.set("w", `${workshop?.[0]}/${secret?.[1]}`);
  const known = await HostilePeer.learns(wrong.href, documentId(documents.board));
  expect(known).toEqual(await HostilePeer.learns(stranger.href, documentId(unknown.board)));
  expect(known.join()).not.toContain("with data");
  expect(await HostilePeer.learns(sync.participant, documentId(documents.board))).toContain("sync: with data");
});
