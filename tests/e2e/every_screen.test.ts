// Every screen of a phone, of the facilitator's desk and of the wall: nothing that axe objects to, nothing over the edge, and
// to a screen reader what lies in `aria/`. After a change that is meant, those are written anew, and then read as somebody who
// listens would; the second line takes out the addresses with ids in them, which are others each time:
//
//     npx playwright test every_screen -g "reads well" --update-snapshots=all --timeout 0
//     perl -0pi -e 's|:\n *- /url: "#/t/.*||g' aria/*.yml

import type { DevicePage } from "./device_page.ts";
import type { FacilitatorPage } from "./facilitator_page.ts";
import { expect, PHONE, test, type Hall } from "./hall.ts";
import type { PhonePage } from "./phone_page.ts";
import type { ProjectorPage } from "./projector_page.ts";

// What is held of the screen that is on the device now: how it looks, and how it reads. All tools of the library look alike and
// read alike, so that of a list of them only one is read.
type Held = { looks(screen: string): Promise<void>; reads(screen: string): Promise<void> };

const LONG_NAME = "Amina Bjerregaard-Christoffersen Ærø";
const LONG_WORD = "Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunterbeamtengesellschaft";
const SMALLEST = { width: 320, height: 568 };
// The same with text twice as large: a browser's own setting makes a low screen as low in lines, which a test cannot.
const SMALLEST_LARGE = { width: 320, height: 740 };
// What is said to those who listen stands for 10 s.
const SILENT_MS = 12_000;
// Laptops that stand at a projector, one of them an old one.
const WALLS = [{ width: 1366, height: 768 }, { width: 1024, height: 768 }];

test.describe.configure({ mode: "parallel" });

function both({ looks, reads }: Held): (screen: string) => Promise<void> {
  return async (screen) => {
    await reads(screen);
    await looks(screen);
  };
}

// The whole list of tools, and one of them.
async function lookThrough({ page }: DevicePage, screen: string, { looks, reads }: Held): Promise<void> {
  await looks(screen);
  await page.getByTestId("search").fill("Trivselsbarometeret");
  await expect(page.getByTestId("found")).toHaveAttribute("data-count", "1");
  await reads(screen);
}

// Leads a phone from the front page through every screen of a participant, and looks at each.
async function tour(hall: Hall, phone: PhonePage, language: 0 | 1, held: Held): Promise<void> {
  const { page } = phone;
  const look = both(held);
  const { links } = await hall.workshop();
  await page.getByTestId(`language-${language}`).click();
  await look("home");
  await page.getByTestId("privacy").click();
  await look("privacy");
  await phone.closeSheet(page.getByTestId("privacy-sheet"));
  await page.getByTestId("tools").click();
  await expect(page.getByTestId("home")).toHaveCount(0);
  await lookThrough(phone, "tools", held);
  await page.goBack();
  await page.getByTestId("new-workshop").click();
  await expect(page.getByTestId("new-title")).toBeVisible();
  await lookThrough(phone, "new-workshop", held);
  await page.goBack();
  await page.getByTestId("link").fill(links.participant);
  await page.getByTestId("link-go").click();
  await expect(page.getByTestId("join-go")).toBeVisible();
  await look("join");
  await phone.join(LONG_NAME);
  await look("overview");
  await phone.openPeople();
  await look("people");
  await phone.closeSheet(page.getByTestId("people-sheet"));
  await phone.open("now");
  await look("question");
  await phone.place(3);
  await phone.openWriter();
  await look("writer");
  await page.getByTestId("note-later").click();
  await phone.write(LONG_WORD);
  await look("answered-question");
  await phone.openNote(LONG_WORD);
  await look("note-editor");
  await page.getByTestId("note-done").click();
  for (const step of ["ambition", "obstacles", "signs", "time-frame", "agreed"] as const) {
    await phone.open(step);
    await look(step);
  }
  await phone.seesDelivery({ onDevice: 0, sent: 0 });
  await phone.openSyncSheet();
  await look("sync");
  await phone.closeSheet(page.getByTestId("sync-sheet"));
  await phone.openOverview();
  await look("answered-overview");
  await page.getByTestId("read-tool").first().click();
  await expect(page.getByTestId("read")).toBeVisible();
  await look("tool");
  await page.goBack();
  await page.getByTestId("result").first().click();
  await expect(page.getByTestId("result-form")).toContainText(LONG_WORD);
  await look("result");
  await page.goBack();
  await page.getByTestId("to-actions").click();
  await page.getByTestId("action-new").click();
  await expect(page.getByTestId("action-sheet")).toBeVisible();
  await look("new-action");
  await page.getByTestId("action-draft").fill(LONG_WORD);
  await page.getByTestId("action-add").click();
  await expect(page.getByTestId("action-next")).toBeVisible();
  await look("action-who");
  await phone.closeSheet(page.getByTestId("action-sheet"));
  await look("actions");
}

// Somebody is on the board, has chosen and written.
async function someoneAnswers(hall: Hall): Promise<void> {
  const phone = await hall.participant({ opens: false });
  await standsStill(phone);
  await phone.goto();
  await phone.join(LONG_NAME);
  await phone.open("now");
  await phone.place(3);
  await phone.write(LONG_WORD);
  await phone.seesDelivery({ onDevice: 0, sent: 0 });
  await phone.context.close();
}

// Leads a facilitator through all of a desk on which one part is seen at a time, and looks at each part, page and sheet.
async function deskTour(hall: Hall, desk: FacilitatorPage, language: 0 | 1, held: Held): Promise<void> {
  const { page } = desk;
  const look = both(held);
  const opens = async (button: string, sheet: string): Promise<void> => {
    await page.getByTestId(button).first().click();
    await expect(page.getByTestId(sheet)).toBeVisible();
  };
  const looksInto = async (button: string, sheet: string): Promise<void> => {
    await opens(button, sheet);
    await look(sheet);
    await desk.closeSheet(page.getByTestId(sheet));
  };
  const isAskedFirst = async (button: string): Promise<void> => {
    await opens(button, "confirm");
    await look(button);
    await page.getByTestId("confirm-no").click();
    await expect(page.getByTestId("confirm")).toHaveCount(0);
  };
  await someoneAnswers(hall);
  await page.getByTestId(`language-${language}`).click();
  await page.getByTestId("new-workshop").click();
  await page.getByTestId("new-title").fill(LONG_WORD);
  await page.getByTestId("tool-A1").click();
  await page.getByTestId("new-go").click();
  await expect(page.getByTestId("keep-sheet")).toBeVisible();
  await look("keep-sheet");
  await page.getByTestId("keep-later").click();
  await expect(page.getByTestId("keep-reminder")).toBeVisible();
  await look("keep-reminder");

  await desk.goto((await hall.workshop()).links.facilitator);
  await expect(page.getByTestId("keep-reminder")).toHaveCount(0);
  await desk.seesNote(LONG_WORD);
  await look("desk");
  await desk.openNote(LONG_WORD);
  await look("desk-note-editor");
  await page.getByTestId("note-done").click();

  await page.getByTestId("lead-tab-programme").click();
  await look("desk-programme");
  await opens("settings", "settings-sheet");
  await look("settings-sheet");
  await page.getByTestId("delete-for-all").scrollIntoViewIfNeeded();
  await desk.screenshot("every-screen-settings-end");
  await isAskedFirst("delete-for-all");
  await desk.closeSheet(page.getByTestId("settings-sheet"));
  const tools = await desk.openTools();
  await lookThrough(desk, "tools-sheet", held);
  await isAskedFirst("tool-remove");
  await desk.closeSheet(tools);
  await opens("lead-groups", "groups-sheet");
  await page.getByTestId("group-name").fill("Dag");
  await page.getByTestId("group-add").click();
  await expect(page.getByTestId("group")).toHaveCount(1);
  await look("groups-sheet");
  await isAskedFirst("group-remove");
  await desk.closeSheet(page.getByTestId("groups-sheet"));

  await page.getByTestId("lead-tab-side").click();
  await look("desk-side");
  await isAskedFirst("person-remove");
  await looksInto("links", "links-sheet");
  await opens("show-qr", "qr-sheet");
  await look("qr-sheet");
  await page.getByTestId("qr-full").click();
  await expect(page.locator(".qr-full")).toBeVisible();
  await look("qr-full");
  await page.getByTestId("qr-full").click();
  await desk.closeSheet(page.getByTestId("qr-sheet"));

  await page.getByTestId("lead-tab-programme").click();
  await page.getByTestId("to-actions").click();
  await expect(page.getByTestId("action-new")).toBeVisible();
  await look("desk-actions");
  await page.goBack();
  await page.getByTestId("lead-tab-programme").click();
  await page.getByTestId("summary").click();
  await expect(page.getByTestId("summary-people")).toHaveAttribute("data-count", "1");
  await look("summary");
  await page.getByTestId("all-results").click();
  await expect(page.getByTestId("result-form")).toHaveCount(2);
  await look("all-results");
}

// Leads the wall through what it shows, and looks at each.
async function wallTour(hall: Hall, wall: ProjectorPage, held: Held): Promise<void> {
  const look = both(held);
  await someoneAnswers(hall);
  const facilitator = await hall.facilitator();
  await wall.goto();
  await wall.seesNote(LONG_WORD);
  await look("wall");
  for (const step of ["now", "obstacles", "time-frame"] as const) {
    await facilitator.open(step);
    await facilitator.project();
    await expect(wall.page.getByTestId("projector")).toHaveAttribute("data-step", new RegExp(`\\b${step}$`));
    await look(`wall-${step}`);
  }
  await facilitator.page.getByTestId("invite").click();
  await expect(wall.page.getByTestId("invite-qr")).toBeVisible();
  await look("wall-invitation");
  await facilitator.page.getByTestId("to-actions").click();
  await facilitator.project();
  await expect(wall.page.getByTestId("projector")).not.toHaveAttribute("data-step");
  await look("wall-actions");
}

// The clock of this device stands still: what it says of days and hours, and the mark that it suggests, are the same on every day.
async function standsStill({ context }: DevicePage): Promise<void> {
  await context.addInitScript((now) => (Date.now = () => now), Date.UTC(2027, 2, 1, 9, 3));
}

// Text is twice as large, as by a browser's own setting, before anything is drawn.
async function enlarges({ context }: DevicePage): Promise<void> {
  await context.addInitScript(() => {
    const enlarge = (): void => document.documentElement?.style.setProperty("font-size", "200%");
    new MutationObserver(enlarge).observe(document, { childList: true });
  });
}

async function isEnlarged({ page }: DevicePage): Promise<void> {
  expect(await page.evaluate(() => getComputedStyle(document.documentElement).fontSize)).toBe("32px");
}

// Nothing hangs over the edge, neither of the page nor of a sheet or a part that scrolls; what does is named.
async function fits({ page }: DevicePage, screen: string): Promise<void> {
  const over = await page.evaluate(() => {
    const elements = [...document.body.querySelectorAll("*")];
    const scrolls = elements.filter((element) => element.checkVisibility() && /auto|scroll/.test(getComputedStyle(element).overflowY));
    const wide = [document.documentElement, ...scrolls].filter(({ scrollWidth, clientWidth }) => scrollWidth > clientWidth);
    return wide.flatMap((place) => {
      const edge = place.getBoundingClientRect().left + place.clientLeft + place.clientWidth - place.scrollLeft;
      const over = [...place.querySelectorAll("*")].filter((element) => element.getBoundingClientRect().right > edge + 1);
      const name = (element: Element): string => `${element.tagName.toLowerCase()}.${element.getAttribute("class")}`;
      return [`${name(place)} by ${place.scrollWidth - place.clientWidth} px`, ...over.map(name)];
    });
  });
  const { width } = page.viewportSize() ?? {};
  expect.soft(over, `over the edge: ${screen}, ${width} px`).toEqual([]);
}

async function fitsAt(device: DevicePage, screen: string, ...sizes: { width: number; height: number }[]): Promise<void> {
  const before = device.page.viewportSize();
  for (const size of sizes) {
    await device.page.setViewportSize(size);
    await fits(device, screen);
  }
  if (before) await device.page.setViewportSize(before);
}

// What somebody who listens meets: the sheet that is open, or else the page, but not what was said in passing.
async function readsAs({ page }: DevicePage, screen: string): Promise<void> {
  const sheet = page.locator("dialog[open]");
  const isSheet = (await sheet.count()) > 0;
  if (!isSheet) await expect(page.getByTestId("announcer").filter({ hasText: /./ })).toHaveCount(0, { timeout: SILENT_MS });
  await expect.soft(isSheet ? sheet.last() : page.locator("body")).toMatchAriaSnapshot({ name: `${screen}.aria.yml` });
}

// A tour on which nothing is read.
function onlyLooks(looks: Held["looks"]): Held {
  return { looks, reads: async () => {} };
}

test("every screen of a phone is in order and reads well, in Danish and light", async ({ hall }) => {
  test.slow();
  const phone = await hall.visitor({ opens: false, options: { colorScheme: "light" } });
  await standsStill(phone);
  await phone.goto();
  await tour(hall, phone, 0, {
    reads: (screen) => readsAs(phone, screen),
    looks: async (screen) => {
      await phone.axe();
      await fitsAt(phone, screen, PHONE.viewport, SMALLEST);
    },
  });
});

test("every screen of a phone is in order at 320 px, in English and dark", async ({ hall }) => {
  test.slow();
  const phone = await hall.visitor({ options: { viewport: SMALLEST, colorScheme: "dark" } });
  const looks = async (screen: string): Promise<void> => {
    await phone.axe();
    await fits(phone, screen);
  };
  await tour(hall, phone, 1, onlyLooks(looks));
});

for (const [name, language, viewport] of [["Danish, 360 px", 0, PHONE.viewport], ["English, 320 px", 1, SMALLEST_LARGE]] as const) {
  test(`every screen of a phone fits with text twice as large, ${name}`, async ({ hall }) => {
    const phone = await hall.visitor({ opens: false, options: { viewport } });
    await enlarges(phone);
    await phone.goto();
    await isEnlarged(phone);
    await tour(hall, phone, language, onlyLooks((screen) => fits(phone, screen)));
  });
}

test("every part and sheet of the desk is in order and reads well on a phone, in Danish and light", async ({ hall }) => {
  test.slow();
  const desk = await hall.host({ opens: false, options: { ...PHONE, colorScheme: "light" } });
  await standsStill(desk);
  await desk.goto();
  await deskTour(hall, desk, 0, {
    reads: (screen) => readsAs(desk, screen),
    looks: async (screen) => {
      await desk.axe();
      await fitsAt(desk, screen, PHONE.viewport, SMALLEST);
      await desk.screenshot(`every-screen-${screen}`);
    },
  });
});

test("every part and sheet of the desk fits at 320 px with text twice as large, in English", async ({ hall }) => {
  const desk = await hall.host({ opens: false, options: { ...PHONE, viewport: SMALLEST_LARGE } });
  await enlarges(desk);
  await desk.goto();
  await isEnlarged(desk);
  await deskTour(hall, desk, 1, onlyLooks((screen) => fits(desk, screen)));
});

test("everything on the wall is in order and reads well", async ({ hall }) => {
  const wall = await hall.projector({ opens: false });
  await standsStill(wall);
  await wallTour(hall, wall, {
    reads: (screen) => readsAs(wall, screen),
    looks: async (screen) => {
      await wall.axe();
      await wall.isForLookingAt();
      await fitsAt(wall, screen, ...WALLS);
    },
  });
});

test("everything on the wall fits with text twice as large, in English", async ({ hall }) => {
  await hall.workshop({ lang: "en" });
  const wall = await hall.projector({ opens: false, options: { viewport: WALLS[0] } });
  await enlarges(wall);
  await wallTour(hall, wall, onlyLooks(() => wall.isForLookingAt()));
});
