// The join form that stands in the page before the app is here: what is done in it is not lost, and nothing jumps.

import type { BrowserContext, Page } from "@playwright/test";
import { expect, test } from "./hall.ts";

const APP = "**/client_bg.wasm";

function gate(): { opened: Promise<void>; open: () => void } {
  let open = (): void => {};
  const opened = new Promise<void>((resolve) => (open = resolve));
  return { opened, open };
}

// Holds the app back until the test lets it come.
async function holdApp(context: BrowserContext): Promise<() => void> {
  const { opened, open } = gate();
  await context.route(APP, async (route) => (await opened, route.continue()));
  return open;
}

const appHasForm = (page: Page): Promise<void> => expect(page.locator("[data-app] [data-join]")).toBeVisible();

const box = async (page: Page, test: string): Promise<unknown> => {
  const { x, y, width, height } = (await page.getByTestId(test).boundingBox()) ?? {};
  return { x, y, width, height };
};

for (const scheme of ["light", "dark"] as const) {
  test(`the page's form looks as the app's, and stays where it is (${scheme})`, async ({ hall }) => {
    const phone = await hall.participant({ opens: false, options: { colorScheme: scheme } });
    const letCome = await holdApp(phone.context);
    const { page } = phone;
    await page.goto(phone.link);
    await expect(page.getByText("Du er inviteret til")).toBeVisible();
    await expect(page.locator(".join__lead")).toHaveText(/Du skriver på din egen telefon/);
    await page.evaluate(() => document.fonts.ready);
    await phone.axe();
    await phone.screenshot(`early-form-${scheme}`);
    const before = [await box(page, "join-name"), await box(page, "join-anonymous"), await box(page, "join-go")];
    letCome();
    await appHasForm(page);
    await phone.isStarted();
    await expect(page.locator("[data-boot=join]")).toHaveCount(0);
    await phone.isStill();
    expect([await box(page, "join-name"), await box(page, "join-anonymous"), await box(page, "join-go")]).toEqual(before);
    await phone.screenshot(`early-form-${scheme}-app`);
  });
}

test("a warning that comes with the app moves nothing that is filled in", async ({ hall }) => {
  const instagram = "Mozilla/5.0 (Linux; Android 14; Pixel 8) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/124.0.0.0 Mobile Safari/537.36 Instagram 330.0";
  const phone = await hall.participant({ opens: false, options: { userAgent: instagram } });
  const letCome = await holdApp(phone.context);
  const { page } = phone;
  await page.goto(phone.link);
  await page.evaluate(() => document.fonts.ready);
  const before = [await box(page, "join-name"), await box(page, "join-anonymous"), await box(page, "join-go")];
  letCome();
  await appHasForm(page);
  await expect(page.getByTestId("in-app")).toBeVisible();
  expect([await box(page, "join-name"), await box(page, "join-anonymous"), await box(page, "join-go")]).toEqual(before);
  await phone.screenshot("early-form-warning");
});

test("what is typed while the app comes is all there, with focus and selection", async ({ hall }) => {
  const phone = await hall.participant({ opens: false });
  const letCome = await holdApp(phone.context);
  const { page } = phone;
  await page.goto(phone.link);
  expect(new URL(page.url()).hash).toBe("#/");
  const name = page.getByTestId("join-name");
  await name.click();
  const words = "Anna Ærø Sørensdatter Mikkelsen Øe";
  for (const [place, letter] of [...words].entries()) {
    if (place === 6) letCome();
    await page.keyboard.type(letter, { delay: 40 });
  }
  await appHasForm(page);
  await expect(name).toBeFocused();
  await expect(name).toHaveValue(words);
  // The app has what its field shows.
  await page.getByTestId("join-go").click();
  await phone.hasJoined();
  await page.getByTestId("people").click();
  await expect(page.getByTestId("own-person")).toContainText(words);
});

test("a selection is handed over as it is", async ({ hall }) => {
  const phone = await hall.participant({ opens: false });
  const letCome = await holdApp(phone.context);
  const { page } = phone;
  await page.goto(phone.link);
  const name = page.getByTestId("join-name");
  await name.fill("Anna Bo");
  await name.evaluate((field: HTMLInputElement) => field.setSelectionRange(5, 7));
  letCome();
  await appHasForm(page);
  await page.keyboard.type("Ida");
  await expect(name).toHaveValue("Anna Ida");
});

test("the app waits for what is being composed", async ({ hall }) => {
  const phone = await hall.participant({ opens: false });
  const letCome = await holdApp(phone.context);
  const { page } = phone;
  await page.goto(phone.link);
  await page.locator("[data-boot=join] [data-test=join-name]").click();
  const input = await phone.context.newCDPSession(page);
  await input.send("Input.imeSetComposition", { text: "Søre", selectionStart: 4, selectionEnd: 4 });
  letCome();
  await expect(page.locator("[data-app] [data-join]")).toHaveCount(1);
  await expect(page.locator("[data-app]")).toBeHidden();
  await input.send("Input.imeSetComposition", { text: "Søren", selectionStart: 5, selectionEnd: 5 });
  await input.send("Input.insertText", { text: "Søren" });
  await appHasForm(page);
  await expect(page.getByTestId("join-name")).toHaveValue("Søren");
  await expect(page.getByTestId("join-name")).toBeFocused();
});

test("a press before the app is here says so, and is carried out when it is", async ({ hall }) => {
  const phone = await hall.participant({ opens: false });
  const letCome = await holdApp(phone.context);
  const { page } = phone;
  await page.goto(phone.link);
  await page.getByTestId("join-go").click();
  await expect(page.getByText("Skriv et navn, eller vælg at være med uden navn.")).toBeVisible();
  await page.getByTestId("join-name").fill("x".repeat(42));
  await page.getByTestId("join-go").click();
  await expect(page.getByText("Navnet er 2 tegn for langt.")).toBeVisible();
  await page.getByTestId("join-name").fill("Amina");
  await page.getByTestId("join-go").click();
  await expect(page.getByTestId("join-pressed")).toBeVisible();
  await phone.axe();
  letCome();
  await phone.hasJoined();
  await page.getByTestId("people").click();
  await expect(page.getByTestId("own-person")).toContainText("Amina");
});

test("taking part without a name can be chosen before the app is here", async ({ hall }) => {
  const phone = await hall.participant({ opens: false });
  const letCome = await holdApp(phone.context);
  await phone.page.goto(phone.link);
  await phone.page.getByTestId("join-anonymous").check();
  await expect(phone.page.getByTestId("join-name")).toBeDisabled();
  await phone.page.getByTestId("join-go").click();
  letCome();
  await phone.hasJoined();
});

test("what was typed outlives an app that could not be fetched, and so does the press", async ({ hall }) => {
  const phone = await hall.participant({ opens: false });
  const { page } = phone;
  const { opened, open } = gate();
  // A slow line: written and pressed, and only then it turns out that the app does not come.
  await phone.context.route(APP, async (route) => (await opened, route.abort()), { times: 1 });
  await page.goto(phone.link);
  await page.getByTestId("join-name").fill("Amina");
  await page.getByTestId("join-go").click();
  open();
  await page.getByRole("button", { name: "Prøv igen" }).click();
  await phone.hasJoined();
  await page.getByTestId("people").click();
  await expect(page.getByTestId("own-person")).toContainText("Amina");
});

test("the form speaks the language of the browser when asked to, and so does the app from then on", async ({ hall }) => {
  const phone = await hall.participant({ opens: false, options: { locale: "en-GB" } });
  const letCome = await holdApp(phone.context);
  const { page } = phone;
  await page.goto(phone.link);
  await page.getByRole("button", { name: "Read this in English" }).click();
  await expect(page.getByText("What shall we call you?")).toBeVisible();
  await expect(page.getByPlaceholder("A first name will do")).toBeVisible();
  letCome();
  await appHasForm(page);
  await expect(page.getByText("What shall we call you?")).toBeVisible();
  await expect(page.getByRole("button", { name: /Danish|dansk/ })).toHaveCount(0);
  await page.reload();
  await expect(page.getByText("What shall we call you?")).toBeVisible();
});
