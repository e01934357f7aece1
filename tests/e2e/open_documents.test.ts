// `--open-documents`: the relay as a plain sync server for anyone's automerge-repo, without workshops or capabilities.

import { once } from "node:events";
import { generateAutomergeUrl, Repo, type AutomergeUrl } from "@automerge/automerge-repo";
import { WebSocketClientAdapter } from "@automerge/automerge-repo-network-websocket";
import { expect, test } from "./hall.ts";
import { Relay } from "./relay.ts";
import { until, WatchedLine } from "./stock_peer.ts";

type List = { items: string[] };

// How long a change may be on its way; a bound, and no guess.
const PATIENCE_MS = 20_000;

const address = (relay: Relay): string => `ws://127.0.0.1:${relay.port}/sync`;

const dial = (relay: Relay): Repo => new Repo({ network: [new WebSocketClientAdapter(address(relay))] });

const find = (repo: Repo, url: AutomergeUrl) => repo.find<List>(url, { signal: AbortSignal.timeout(PATIENCE_MS) });

// Asks for a document that nobody has made.
async function isUnavailable(repo: Repo): Promise<void> {
  const answer = await find(repo, generateAutomergeUrl()).then(() => "found", (error: unknown) => String(error));
  expect(answer).toContain("unavailable");
}

test("stock clients share a document, hear each other, and find it after a restart", async ({ hall }) => {
  const relay = await Relay.start("--open-documents");
  hall.closesLater(relay);
  expect(relay.log).toContain("open documents");
  const line = new WatchedLine(address(relay));
  const [one, two] = [new Repo({ network: [line] }), dial(relay)];
  const mine = one.create<List>({ items: ["fra den første"] });
  await once(line.sent, mine.documentId, { signal: AbortSignal.timeout(PATIENCE_MS) });
  // What is asked after it on the same line is answered after it was heard.
  await isUnavailable(one);
  const theirs = await find(two, mine.url);
  expect(theirs.doc().items).toEqual(["fra den første"]);
  theirs.change((list) => list.items.push("fra den anden"));
  await until(mine, "the other's item is here", () => mine.doc().items.length === 2);
  const heard = new Promise((resolve) => theirs.once("ephemeral-message", ({ message }) => resolve(message)));
  mine.broadcast({ here: "den første" });
  expect(await heard).toEqual({ here: "den første" });
  // A thousand changes, and a restart with two clients on the line.
  for (let item = 0; item < 1_000; item++) mine.change((list) => (list.items[0] = `nummer ${item}`));
  await until(theirs, "all of them are there", () => theirs.doc().items[0] === "nummer 999");
  await relay.restart();
  const three = dial(relay);
  expect((await find(three, mine.url)).doc().items).toEqual(["nummer 999", "fra den anden"]);
  mine.change((list) => list.items.push("efter genstarten"));
  await until(theirs, "the line is back", () => theirs.doc().items.length === 3);
  await Promise.all([one, two, three].map((repo) => repo.shutdown()));
});

test("a document that nobody has made is unavailable", async ({ hall }) => {
  const relay = await Relay.start("--open-documents");
  hall.closesLater(relay);
  const [one, two] = [dial(relay), dial(relay)];
  for (const repo of [one, two]) await isUnavailable(repo);
  await Promise.all([one, two].map((repo) => repo.shutdown()));
});
