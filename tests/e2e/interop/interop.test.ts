// Stock automerge-repo clients, of the current major version and the one before it, through the relay as a plain sync
// server: long documents, lines that are cut in the middle, ephemeral messages, and two sockets with one peer id.

import { expect, test, type Hall } from "../hall.ts";
import { Line } from "../line.ts";
import { Relay } from "../relay.ts";
import { MAJORS, type SharedList, StockClient } from "./stock_client.ts";

const CHANGES = 5_000;

async function open(hall: Hall): Promise<Relay> {
  const relay = await Relay.start("--open-documents");
  hall.closesLater(relay);
  return relay;
}

const address = (to: { origin: string }): string => `${to.origin.replace("http", "ws")}/sync`;

async function end(...clients: StockClient[]): Promise<void> {
  await Promise.all(clients.map((client) => client.close()));
}

// A line that is lost once so many bytes have passed in a direction, and is there again at once.
async function brittle(hall: Hall, relay: Relay, direction: "up" | "down", bytes: number): Promise<{ line: Line; lost: Promise<void> }> {
  const line = await Line.to(() => relay.port);
  hall.closesLater(line);
  const lost = line.cutAfter(direction, bytes).then(() => line.restore());
  return { line, lost };
}

async function hearEachOther(one: SharedList, other: SharedList): Promise<void> {
  for (const [speaker, listener] of [[one, other], [other, one]] as const) {
    const heard = listener.hears();
    speaker.say({ here: speaker === one ? "den ene" : "den anden" });
    expect(await heard).toEqual({ here: speaker === one ? "den ene" : "den anden" });
  }
}

for (const [writerName, Writer] of Object.entries(MAJORS)) {
  for (const [readerName, Reader] of Object.entries(MAJORS)) {
    test(`${CHANGES} changes by ${writerName} reach ${readerName} over lines that are lost in the middle`, async ({ hall }) => {
      const relay = await open(hall);
      const [writer, reader] = [new Writer(), new Reader()];
      const mine = writer.create();
      for (let number = 0; number < CHANGES; number++) mine.add(`nummer ${number}`);
      const up = await brittle(hall, relay, "up", 100_000);
      writer.dial(address(up.line));
      await up.lost;
      // Whoever asks once the relay has something is given all of it.
      const watch = new Writer();
      watch.dial(address(relay));
      await (await watch.find(mine.url)).has(`nummer ${CHANGES - 1}`);
      const down = await brittle(hall, relay, "down", 20_000);
      reader.dial(address(down.line));
      const theirs = await reader.find(mine.url);
      await down.lost;
      await theirs.has(`nummer ${CHANGES - 1}`);
      expect(theirs.items).toEqual(mine.items);

      theirs.add("fra den anden");
      await mine.has("fra den anden");
      mine.add("fra den første");
      await theirs.has("fra den første");
      await hearEachOther(mine, theirs);
      await relay.restart();
      mine.add("efter genstarten");
      await theirs.has("efter genstarten");
      await end(writer, watch, reader);
    });
  }

  test(`two sockets of ${writerName} with one peer id both take part`, async ({ hall }) => {
    const relay = await open(hall);
    const [one, same, other] = [new Writer("den samme"), new Writer("den samme"), new Writer("en anden")];
    for (const client of [one, same, other]) client.dial(address(relay));
    const first = one.create();
    first.add("fra den ene");
    const seen = await other.find(first.url);
    const second = await same.find(first.url);
    second.add("fra den med samme navn");
    await seen.has("fra den ene", "fra den med samme navn");
    await first.has("fra den med samme navn");
    seen.add("fra den anden");
    for (const list of [first, second]) await list.has("fra den anden");
    await end(one, same, other);
  });
}
