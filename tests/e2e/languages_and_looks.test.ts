// Every screen in both languages, light and dark, on the smallest phone and with text twice as large.

import { expect, test, type Hall } from "./hall.ts";
import type { DevicePage } from "./device_page.ts";
import type { PhonePage } from "./phone_page.ts";

const SMALLEST = { viewport: { width: 320, height: 568 } };

// Leads a phone from the front page through every screen of a participant, and looks at each.
async function tour(hall: Hall, phone: PhonePage, look: (screen: string) => Promise<void>): Promise<void> {
  const { page } = phone;
  const { links } = await hall.workshop();
  await look("home");
  await page.getByTestId("privacy").click();
  await look("privacy");
  await phone.closeSheet(page.getByTestId("privacy-sheet"));
  await page.getByTestId("tools").click();
  await expect(page.getByTestId("home")).toHaveCount(0);
  await look("tools");
  await page.goBack();
  await page.getByTestId("new-workshop").click();
  await expect(page.getByTestId("new-title")).toBeVisible();
  await look("new workshop");
  await page.goBack();
  await page.getByTestId("link").fill(links.participant);
  await page.getByTestId("link-go").click();
  await expect(page.getByTestId("join-go")).toBeVisible();
  await look("join");
  await phone.join("Amina Bjerregaard-Christoffersen Ærø");
  await look("overview");
  await phone.open("now");
  await look("question");
  await phone.place(3);
  await phone.openWriter();
  await look("writer");
  await page.getByTestId("note-later").click();
  await phone.write("Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunterbeamtengesellschaft");
  await look("answered question");
  await phone.openNote("Donaudampf");
  await look("note editor");
  await page.getByTestId("note-done").click();
  for (const step of ["ambition", "obstacles", "signs", "time-frame", "agreed"] as const) {
    await phone.open(step);
    await look(step);
  }
  await phone.openSyncSheet();
  await look("sync sheet");
  await phone.closeSheet(page.getByTestId("sync-sheet"));
  await phone.openOverview();
  await page.getByTestId("read-tool").first().click();
  await expect(page.getByTestId("read")).toBeVisible();
  await look("tool");
}

// Nothing hangs over the edge; if something does, it is named.
async function fits(device: DevicePage): Promise<void> {
  const over = await device.page.evaluate(() => {
    const { scrollWidth, clientWidth } = document.documentElement;
    if (scrollWidth <= clientWidth) return [];
    const elements = [...document.body.querySelectorAll("*")];
    const wide = elements.filter((element) => element.getBoundingClientRect().right > clientWidth + 1);
    return wide.map((element) => `${element.tagName.toLowerCase()}.${element.getAttribute("class")}`);
  });
  expect.soft(over).toEqual([]);
}

for (const colorScheme of ["light", "dark"] as const) {
  test(`every screen of a phone is in order at 320 px, ${colorScheme}`, async ({ hall }) => {
    test.slow();
    const phone = await hall.visitor({ options: { ...SMALLEST, colorScheme } });
    await tour(hall, phone, (screen) =>
      test.step(screen, async () => {
        await phone.axe();
        await fits(phone);
      }),
    );
  });
}

test("every screen of a phone fits with text twice as large", async ({ hall }) => {
  const phone = await hall.visitor({ opens: false });
  // As a browser's own setting for the size of text does, before anything is drawn.
  await phone.context.addInitScript(() => {
    const enlarge = (): void => document.documentElement?.style.setProperty("font-size", "200%");
    new MutationObserver(enlarge).observe(document, { childList: true });
  });
  await phone.goto();
  await tour(hall, phone, (screen) =>
    test.step(screen, async () => {
      expect(await phone.page.evaluate(() => getComputedStyle(document.documentElement).fontSize)).toBe("32px");
      await fits(phone);
    }),
  );
});

test("the language changes without a reload, and stays", async ({ hall }) => {
  const phone = await hall.visitor();
  const { page } = phone;
  const html = page.locator("html");
  await expect(html).toHaveAttribute("lang", "da");
  await page.evaluate(() => Object.assign(globalThis, { isSamePage: true }));
  await page.getByTestId("language-1").click();
  await expect(html).toHaveAttribute("lang", "en");
  await expect(page.getByTestId("new-workshop")).toHaveText("New workshop");
  expect(await page.evaluate(() => "isSamePage" in globalThis)).toBe(true);
  await phone.goto((await hall.workshop()).links.participant);
  await expect(page.getByTestId("join-go")).toHaveText("Go to the board");
  await phone.join("Amina");
  await phone.open("now");
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("Where are we now?");
  await phone.axe();
});

test("the look can be chosen, whatever the phone prefers", async ({ hall }) => {
  const phone = await hall.visitor({ options: { colorScheme: "dark" } });
  const paper = () => phone.page.evaluate(() => getComputedStyle(document.body).backgroundColor);
  const dark = await paper();
  await phone.page.getByTestId("theme-1").click();
  await expect.poll(paper).not.toBe(dark);
  await phone.reload();
  expect(await paper()).not.toBe(dark);
});

test("what stands around a workshop speaks as the workshop does", async ({ hall }) => {
  await hall.workshop({ lang: "en", title: "Support" });
  const phone = await hall.participant();
  const skip = phone.page.locator(".skip");
  await expect(phone.page.getByTestId("join-go")).toHaveText("Go to the board");
  await expect(skip).toHaveText("Skip to the content");
  await phone.page.evaluate(() => (location.hash = "#/"));
  await phone.page.getByTestId("home").waitFor();
  await expect(skip).toHaveText("Spring til indholdet");
});
