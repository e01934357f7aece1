// The guard outside the app: what it does when the app stops, cannot come, or meets a browser that is too old.

import { readFile } from "node:fs/promises";
import type { Locator, Page } from "@playwright/test";
import { expect, test, type Hall } from "./hall.ts";
import { panic, panicInApp, PLACE } from "./panic.ts";

test("after a panic the app starts anew", async ({ hall }) => {
  hall.mayPanic = true;
  const phone = await hall.visitor();
  await Promise.all([phone.page.waitForEvent("load"), panicInApp(phone.page)]);
  await phone.isStarted();
});

test("an app that panics at the same place again stops in safe mode", async ({ hall }) => {
  hall.mayPanic = true;
  const phone = await hall.visitor();
  await Promise.all([phone.page.waitForEvent("load"), panicInApp(phone.page)]);
  await phone.isStarted();
  await panicInApp(phone.page);
  await expect(phone.page.getByTestId("safe-mode")).toContainText("Appen er gået i stå to gange");
  await expect(phone.page.getByText(/\d+:0x[0-9a-f]+/)).toBeVisible();
});

// A page whose app never came, so that nothing but the test has the device's database open, and then stopped twice.
async function inSafeMode(hall: Hall, prepare: (page: Page) => Promise<void>): Promise<Locator> {
  hall.mayPanic = true;
  const phone = await hall.visitor({ opens: false });
  await phone.context.route("**/*.wasm", (route) => route.abort());
  await phone.page.goto(phone.link);
  await prepare(phone.page);
  await Promise.all([phone.page.waitForEvent("load"), panic(phone.page)]);
  await expect(phone.page.getByRole("heading", { name: "Tavlen kunne ikke hentes" })).toBeVisible();
  await panic(phone.page);
  const safeMode = phone.page.getByTestId("safe-mode");
  await expect(safeMode.getByText(PLACE)).toBeVisible();
  await phone.axe();
  await phone.screenshot("safe-mode");
  return safeMode;
}

test("after a second panic at the same place what people wrote can be saved as a file", async ({ hall }) => {
  const safeMode = await inSafeMode(hall, (page) =>
    page.evaluate(async () => {
      const request = indexedDB.open("dialogtavle");
      request.onupgradeneeded = () => ["kept", "workshops"].forEach((name) => request.result.createObjectStore(name));
      await new Promise((resolve) => (request.onsuccess = resolve));
      const kept = request.result.transaction(["kept", "workshops"], "readwrite");
      kept.objectStore("workshops").put(new Uint8Array(16), ["a workshop", "capability participant"]);
      kept.objectStore("workshops").put("Nordhallen", ["a workshop", "title"]);
      kept.objectStore("kept").put({ words: "Vi mangler en makker", bytes: new Uint8Array([0, 255]) }, "note");
      await new Promise((resolve) => (kept.oncomplete = resolve));
      request.result.close();
    }),
  );
  const [download] = await Promise.all([
    safeMode.page().waitForEvent("download"),
    safeMode.getByRole("button", { name: "Gem som fil" }).click(),
  ]);
  const file = JSON.parse(await readFile(await download.path(), "utf8"));
  expect(file.stores).toEqual({
    kept: [{ key: "note", value: { words: "Vi mangler en makker", bytes: { $bytes: "AP8=" } } }],
    // What opens the workshop stays on the device.
    workshops: [{ key: ["a workshop", "title"], value: "Nordhallen" }],
  });
});

test("a device that holds nothing says so, and no database is made", async ({ hall }) => {
  const safeMode = await inSafeMode(hall, async () => {});
  await safeMode.getByRole("button", { name: "Gem som fil" }).click();
  await expect(safeMode.getByRole("status")).toHaveText(/Der ligger intet/);
  expect(await safeMode.page().evaluate(() => indexedDB.databases())).toEqual([]);
});

test("safe mode tries again when it is told to", async ({ hall }) => {
  const safeMode = await inSafeMode(hall, async () => {});
  await safeMode.page().context().unroute("**/*.wasm");
  await safeMode.getByRole("button", { name: "Prøv igen" }).click();
  await expect(safeMode.page().locator("html")).toHaveAttribute("data-started", "true");
});

test("an app that cannot be fetched says so in words, and comes by itself when the network is back", async ({ hall }) => {
  const phone = await hall.visitor({ opens: false });
  await phone.context.route("**/*.wasm", (route) => route.abort());
  await phone.page.goto(phone.link);
  await expect(phone.page.getByRole("heading", { name: "Tavlen kunne ikke hentes" })).toBeVisible();
  await phone.axe();
  await phone.screenshot("unreachable");
  await phone.context.unroute("**/*.wasm");
  await phone.context.setOffline(true);
  await phone.context.setOffline(false);
  await phone.isStarted();
});

test("a browser that is too old is told so in words", async ({ hall }) => {
  const phone = await hall.visitor({ opens: false });
  await phone.context.addInitScript(() => Reflect.deleteProperty(globalThis, "CompressionStream"));
  await phone.page.goto(phone.link);
  await expect(phone.page.getByRole("heading", { name: "Browseren er for gammel" })).toBeVisible();
  await expect(phone.page.locator("html")).not.toHaveAttribute("data-started", "true");
});
