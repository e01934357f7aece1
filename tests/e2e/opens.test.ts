// The app opens, and goes on opening when there is neither a network nor a relay.

import { expect, test } from "./hall.ts";

test("a first visit shows the app", async ({ hall }) => {
  const phone = await hall.visitor();
  await expect(phone.page.getByRole("heading", { level: 1 })).toBeVisible();
  await phone.axe();
});

test("after the first visit the app opens without a network, and without a relay", async ({ hall }) => {
  const phone = await hall.visitor();
  await phone.opensOffline();
  await phone.offline(async () => {
    await phone.reload();
    await expect(phone.page.getByRole("heading", { level: 1 })).toBeVisible();
  });
  await hall.relay.stop();
  await phone.reload();
  await expect(phone.page.getByRole("heading", { level: 1 })).toBeVisible();
});

test("letters that few names have come when one does, and are there without a network from then on", async ({ hall }) => {
  const phone = await hall.participant();
  await phone.opensOffline();
  await phone.reload();
  // FontFaceSet.check is true only when every font that the text needs is loaded.
  const draws = (): Promise<boolean> => phone.page.evaluate(() => document.fonts.check("1rem Figtree", "Łukasz"));
  const keeps = (): Promise<boolean> =>
    phone.page.evaluate(async () => {
      const kept = await Promise.all((await caches.keys()).map(async (name) => (await caches.open(name)).keys()));
      return kept.flat().some(({ url }) => url.includes("figtree-latin-ext"));
    });
  const name = phone.page.getByTestId("join-name");
  await name.fill("Lukas");
  expect([await draws(), await keeps()]).toEqual([false, false]);
  await name.fill("Łukasz");
  await expect.poll(draws).toBe(true);
  await expect.poll(keeps).toBe(true);
  await phone.offline(async () => {
    await phone.reload();
    await name.fill("Łukasz");
    await expect.poll(draws).toBe(true);
  });
});

test("after the browser was closed or killed the app opens from the home screen without a network", async ({ hall }) => {
  const phone = await hall.visitor({ ownBrowser: true });
  await phone.opensOffline();
  await phone.closeBrowser();
  await phone.openBrowser({ offline: true });
  await phone.killBrowser();
  await phone.openBrowser({ offline: true });
  await expect(phone.page.getByRole("heading", { level: 1 })).toBeVisible();
});
