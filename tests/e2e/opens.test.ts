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

test("after the browser was closed or killed the app opens from the home screen without a network", async ({ hall }) => {
  const phone = await hall.visitor({ ownBrowser: true });
  await phone.opensOffline();
  await phone.closeBrowser();
  await phone.openBrowser({ offline: true });
  await phone.killBrowser();
  await phone.openBrowser({ offline: true });
  await expect(phone.page.getByRole("heading", { level: 1 })).toBeVisible();
});
