// A new version of the app is offered, never forced.

import { expect, test } from "./hall.ts";
import { panic } from "./panic.ts";
import type { PhonePage } from "./phone_page.ts";

const NEXT = "ffffffffffffffff";

async function build(phone: PhonePage): Promise<string> {
  return (await phone.page.locator("meta[name=dialogtavle-build]").getAttribute("content")) ?? "";
}

test("a new version waits until the person chooses it", async ({ hall }) => {
  const version = await hall.newVersion();
  const phone = await hall.visitor({ line: version });
  await phone.opensOffline();
  const html = phone.page.locator("html");
  await expect(html).toHaveAttribute("data-update", "none");

  const before = await build(phone);
  version.publish(before, NEXT);
  await phone.reload();
  await expect(html).toHaveAttribute("data-update", "waiting");
  await phone.reload();
  expect(await build(phone)).toBe(before);
  await expect(html).toHaveAttribute("data-update", "waiting");

  await Promise.all([
    phone.page.waitForEvent("load"),
    phone.page.evaluate(() => dispatchEvent(new Event("dialogtavle:activate-update"))),
  ]);
  await phone.isStarted();
  expect(await build(phone)).toBe(NEXT);
  await expect(html).toHaveAttribute("data-update", "none");
  const caches = await phone.page.evaluate(async () => (await globalThis.caches.keys()).filter((name) => name.startsWith("dialogtavle-")));
  expect(caches).toEqual([`dialogtavle-${NEXT}`]);
});

test("a tab that is open when another takes the new version is told so, and goes on", async ({ hall }) => {
  const version = await hall.newVersion();
  const phone = await hall.visitor({ line: version });
  await phone.opensOffline();
  version.publish(await build(phone), NEXT);
  const second = await phone.context.newPage();
  await second.goto(phone.page.url());
  await expect(second.locator("html")).toHaveAttribute("data-update", "waiting");
  await expect(phone.page.locator("html")).toHaveAttribute("data-update", "waiting");

  await second.evaluate(() => dispatchEvent(new Event("dialogtavle:activate-update")));
  await expect(second.locator("meta[name=dialogtavle-build]")).toHaveAttribute("content", NEXT);
  await expect(phone.page.locator("html")).toHaveAttribute("data-update", "taken");
  await phone.isStarted();
});

test("safe mode takes the new version, which may be the mend", async ({ hall }) => {
  hall.mayPanic = true;
  const version = await hall.newVersion();
  const phone = await hall.visitor({ line: version });
  await phone.opensOffline();
  version.publish(await build(phone), NEXT);
  await phone.reload();
  await expect(phone.page.locator("html")).toHaveAttribute("data-update", "waiting");
  await Promise.all([phone.page.waitForEvent("load"), panic(phone.page)]);
  await expect(phone.page.locator("html")).toHaveAttribute("data-update", "waiting");
  await panic(phone.page);
  await phone.page.getByTestId("safe-mode").getByRole("button", { name: "Prøv igen" }).click();
  await expect(phone.page.locator("meta[name=dialogtavle-build]")).toHaveAttribute("content", NEXT);
  await phone.isStarted();
});
