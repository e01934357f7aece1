// A work-place's own packs: no code, and they are offered like the others, also without a network.

import { execFile } from "node:child_process";
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { promisify } from "node:util";
import { expect, test } from "./hall.ts";
import { BINARY, Relay } from "./relay.ts";

const beginPack = (folder: string, name: string) => promisify(execFile)(BINARY, ["content", "new", name, "--content", folder]);

test("an own pack is in the library, in its newest version, and stays there without a network", async ({ hall }) => {
  const packs = await mkdtemp(path.join(tmpdir(), "dialogtavle-packs-"));
  await beginPack(packs, "our-own");
  const relay = await Relay.start("--content", packs);
  hall.closesLater(relay);
  hall.closesLater({ close: () => rm(packs, { recursive: true }) });
  const host = await hall.host({ line: relay });
  await host.opensOffline();
  const library = `${relay.origin}/#/tools`;
  const tool = (id: string) => host.page.getByTestId(`read-${id}`).first();
  await host.goto(library);
  await expect(tool("A1")).toBeVisible();
  await expect(tool("OurOwnN1")).toContainText("Hvordan går det?");

  const file = path.join(packs, "our-own", "tool.toml");
  await writeFile(file, (await readFile(file, "utf8")).replaceAll("Hvordan går det?", "Går det godt?"));
  await beginPack(packs, "another");
  await relay.restart();
  await host.reload();
  await expect(tool("OurOwnN1")).toContainText("Går det godt?");
  await expect(tool("AnotherN1")).toBeVisible();

  await relay.stop();
  await host.reload();
  await expect(tool("OurOwnN1")).toContainText("Går det godt?");
  await expect(tool("AnotherN1")).toBeVisible();
  await expect(tool("A1")).toBeVisible();
});
