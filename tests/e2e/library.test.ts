// The library: the tools there are, searched and narrowed down, and read before one is chosen.

import { expect, type Page } from "@playwright/test";
import { LAPTOP, test } from "./hall.ts";
import { looksRight } from "./kinds/looks.ts";

const found = async (page: Page): Promise<number> => Number(await page.getByTestId("found").getAttribute("data-count"));
const cards = (page: Page) => page.locator(".finder [data-test^=read-]");

test("tools are found by words in both languages, however they are typed", async ({ hall }) => {
  const { page } = await hall.visitor();
  await page.getByTestId("tools").click();
  await expect(cards(page).first()).toBeVisible();
  const all = await found(page);
  expect(all).toBe(await cards(page).count());
  const search = page.getByTestId("search");
  // What nothing but this tool is called.
  for (const words of ["barometer", "BAROMETERET", "well-being barometer"]) {
    await search.fill(words);
    await expect.poll(() => found(page)).toBeLessThan(all / 4);
    await expect(page.getByTestId("read-E17")).toBeVisible();
  }
  let same: number | undefined;
  for (const words of ["støtte", "STØTTE", "stoette", "stotte"]) {
    await search.fill("");
    await expect(page.getByTestId("found")).toHaveAttribute("data-count", String(all));
    await search.fill(words);
    await expect(page.getByTestId("found")).toContainText(` af ${all} værktøjer`);
    same ??= await found(page);
    await expect(page.getByTestId("found")).toHaveAttribute("data-count", String(same));
    await expect(page.getByTestId("read-A1")).toBeVisible();
  }
  await search.fill("kameler i ørkenen");
  await expect(page.getByTestId("found-nothing")).toContainText("Ingen værktøjer passer på det");
  await page.getByTestId("show-all").click();
  await expect(page.getByTestId("found")).toHaveAttribute("data-count", String(all));
  await expect(search).toHaveValue("");
});

test("what narrows the tools down stands in the address, and back brings it back", async ({ hall }) => {
  const phone = await hall.visitor();
  const { page } = phone;
  await page.getByTestId("tools").click();
  await expect(cards(page).first()).toBeVisible();
  const all = await found(page);
  await page.getByTestId("filter-time").selectOption("Højst 15 min");
  await page.getByTestId("filter-people").selectOption("Kun for mig");
  await expect(page).toHaveURL(/people=1/);
  await expect.poll(() => found(page)).toBeLessThan(all);
  const few = await found(page);
  await page.getByTestId("filter-layer").selectOption("Medarbejdere");
  await page.getByTestId("filter-theme").selectOption("Stress");
  await expect.poll(() => found(page)).toBeLessThan(few);
  expect(await found(page)).toBeGreaterThan(0);
  expect(page.url()).toContain("time=15&people=1&layer=employees&theme=stress");
  for (const card of await cards(page).all()) await expect(card).toContainText(/(^|\D)(5|10|15) min/);
  await looksRight(phone, "library-narrowed");

  const first = cards(page).first();
  const title = await first.locator(".tool-choice__title").textContent();
  await first.click();
  await expect(page.locator(".page__title")).toHaveText(title ?? "");
  await expect(page.getByTestId("tool-facts")).toContainText("min");
  await expect(page.getByTestId("read")).toBeVisible();
  await looksRight(phone, "library-tool");
  await page.getByTestId("back").click();
  await expect(page.getByTestId("filter-theme")).toHaveValue("Stress");
  await page.goBack();
  await page.goBack();
  await expect(page.getByTestId("filter-theme")).toHaveValue("Stress");
  await page.goBack();
  await expect(page.getByTestId("filter-theme")).toHaveValue("Alle emner");
  await expect(page.getByTestId("filter-layer")).toHaveValue("Medarbejdere");
  await phone.reload();
  await expect(page.getByTestId("filter-time")).toHaveValue("Højst 15 min");
  await expect(page.getByTestId("found")).toContainText(" af ");
});

test("the library is there in English, on a phone and a laptop, with the keyboard, and without a network", async ({ hall }) => {
  const phone = await hall.visitor();
  const { page } = phone;
  await phone.opensOffline();
  await page.getByTestId("tools").press("Enter");
  await expect(cards(page).first()).toBeVisible();
  await looksRight(phone, "library");
  await page.setViewportSize({ width: 320, height: 640 });
  await looksRight(phone, "library-320");
  await page.setViewportSize(LAPTOP.viewport);
  await looksRight(phone, "library-laptop");

  await page.getByTestId("search").focus();
  await page.keyboard.type("ro");
  await page.keyboard.press("Tab");
  await expect(page.getByTestId("filter-time")).toBeFocused();
  await phone.offline(async () => {
    await phone.reload();
    await expect(page.getByTestId("search")).toHaveValue("ro");
    await expect(cards(page).first()).toBeVisible();
  });
  await phone.goto(new URL("/", phone.link).href);
  await page.getByTestId("language-1").click();
  await page.getByTestId("tools").click();
  await expect(page.locator(".page__title")).toHaveText("Choose your talk");
  await expect(page.getByTestId("read-A1")).toContainText("Organisational and social support");
  await page.getByTestId("search").fill("støtte");
  await expect(page.getByTestId("read-A1")).toBeVisible();
});

test("tools that cannot be fetched are said to be missing, and come as soon as they can be had", async ({ hall }) => {
  const phone = await hall.visitor({ opens: false });
  const { page } = phone;
  await phone.context.route(/packs\//, (route) => route.abort());
  await phone.goto(new URL("/#/tools", phone.link).href);
  const failed = page.getByTestId("library-failed");
  await expect(failed).toContainText("Værktøjerne er ikke hentet endnu");
  await phone.axe();
  await phone.context.unroute(/packs\//);
  await page.getByTestId("library-again").click();
  await expect(page.getByTestId("read-A1")).toBeVisible();
  await expect(failed).toHaveCount(0);
});
