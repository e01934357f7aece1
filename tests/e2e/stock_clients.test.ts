// Anyone's automerge-repo client takes part through the `sync` URLs, with its role's rights and no more.

import { expect, test, type Hall } from "./hall.ts";
import { StockPeer } from "./stock_peer.ts";
import type { Role } from "./workshop.ts";

async function dial(hall: Hall, role: Role): Promise<StockPeer> {
  const { sync, documents } = await hall.workshop();
  const peer = await StockPeer.dial(sync[role], documents);
  hall.before(() => peer.close());
  return peer;
}

test("two stock clients and a phone see each other's edits", async ({ hall }) => {
  const [one, two] = [await dial(hall, "participant"), await dial(hall, "participant")];
  const phone = await hall.participant();
  await phone.join("Amina");
  await phone.open("now");
  await phone.place(3);
  await phone.write("Fra telefonen");
  for (const peer of [one, two]) {
    await peer.seesPerson("Amina");
    await peer.seesNote("Fra telefonen");
  }
  one.addExample("support.now", 3, "Fra den første");
  await two.seesNote("Fra den første");
  await phone.seesNote("Fra den første");
  two.addExample("support.now", 3, "Fra den anden");
  await one.seesNote("Fra den anden");
  await phone.seesNote("Fra den anden");
});

test("a projector's URL cannot write", async ({ hall }) => {
  const [projector, participant] = [await dial(hall, "projector"), await dial(hall, "participant")];
  projector.addExample("support.now", 3, "Fra skærmen");
  // What a peer sent before it hears of an honest edit was looked at before it.
  await projector.barrier();
  participant.addExample("support.now", 3, "Fra en deltager");
  await projector.seesNote("Fra en deltager");
  const later = await dial(hall, "participant");
  await later.seesNote("Fra en deltager");
  for (const peer of [participant, later]) expect(peer.notes()).toEqual(["Fra en deltager"]);
});

test("a participant's URL cannot write control", async ({ hall }) => {
  const [participant, facilitator] = [await dial(hall, "participant"), await dial(hall, "facilitator")];
  participant.setTitle("Kapret");
  await participant.barrier();
  facilitator.setTitle("Støtte, anden gang");
  const later = await dial(hall, "facilitator");
  await later.seesTitle("Støtte, anden gang");
  const phone = await hall.participant();
  await expect(phone.page.getByTestId("join-title")).toHaveText("Støtte, anden gang");
});

test("presence passes between stock clients", async ({ hall }) => {
  const [one, two] = [await dial(hall, "participant"), await dial(hall, "participant")];
  const heard = new Promise((resolve) => two.board.once("ephemeral-message", ({ message }) => resolve(message)));
  one.board.broadcast({ here: "Amina" });
  expect(await heard).toEqual({ here: "Amina" });
});

test("a wrong secret learns nothing, not even whether the workshop exists", async ({ hall }) => {
  const { sync, documents } = await hall.workshop();
  const other = new URL(sync.participant);
  const wrong = sync.participant.replace(/.{8}$/, (end) => [...end].reverse().join(""));
  const answers = [];
  for (const url of [wrong, `${other.origin}${other.pathname}`]) {
    answers.push(await StockPeer.dial(url, documents, 2_000).then((peer) => peer.close().then(() => "let in"), () => "nothing"));
  }
  expect(answers).toEqual(["nothing", "nothing"]);
});
