// Texts that are far too long, and letters of every kind: each is answered in words, and the others go on.

import type { Locator } from "@playwright/test";
import { expect, test } from "./hall.ts";
import type { DevicePage } from "./device_page.ts";

const FAR_TOO_LONG = "Vi taler om det i morgen. ".repeat(4_000);
const FAMILY = "👩‍👩‍👧‍👦";
const ARABIC = "أمينة";

// Pastes as a person does: from the clipboard, by the keyboard.
async function paste(device: DevicePage, field: Locator, text: string): Promise<void> {
  await device.context.grantPermissions(["clipboard-read", "clipboard-write"]);
  await device.page.evaluate((text) => navigator.clipboard.writeText(text), text);
  await field.press("Control+v");
}

test("a note of 100 kB is refused in words, kept whole while it is shortened, and the others go on", async ({ hall }) => {
  const [amina, bo] = [await hall.participant(), await hall.participant()];
  await amina.join("Amina");
  await bo.join("Bo");
  for (const phone of [amina, bo]) await phone.open("obstacles");
  const draft = await amina.openWriter();
  await paste(amina, draft, FAR_TOO_LONG);
  await amina.page.getByTestId("note-add").click();
  await expect(amina.page.getByRole("alert")).toContainText("for lang");
  await amina.axe();
  expect(await draft.inputValue()).toBe(FAR_TOO_LONG);

  await bo.write("Bo skriver imens");
  await expect(amina.note("Bo skriver imens")).toHaveCount(1);

  // It waits as a draft until it is short enough for the board, whichever way one leaves it.
  for (const close of ["note-later", "sheet-close"]) {
    await amina.page.getByTestId(close).click();
    await amina.openWriter();
    expect(await draft.inputValue()).toBe(FAR_TOO_LONG);
  }
  await draft.fill("Kort");
  await amina.page.getByTestId("note-add").click();
  await bo.seesNote("Kort");
  await amina.everythingIsReceived();
});

test("100 kB in a note that stands on the board is refused in words, and the note is as it was", async ({ hall }) => {
  const [amina, bo] = [await hall.participant(), await hall.participant()];
  await amina.join("Amina");
  await bo.join("Bo");
  for (const phone of [amina, bo]) await phone.open("obstacles");
  await amina.write("travlhed");
  const field = await amina.openNote("travlhed");
  await paste(amina, field, FAR_TOO_LONG);
  await expect(amina.page.getByRole("alert")).toContainText("for meget");
  await expect(field).toHaveValue("travlhed");
  await amina.axe();
  await field.press("End");
  await field.pressSequentially(" og sygdom");
  await bo.seesNote("travlhed og sygdom");
});

test("100 kB where a title or a reason belongs is refused in words", async ({ hall }) => {
  const [facilitator, phone] = [await hall.facilitator(), await hall.participant()];
  await phone.join("Amina");
  await phone.open("now");
  await phone.place(3);
  await phone.write("Lars er altid sur");
  await facilitator.page.getByTestId("settings").click();
  const sheet = facilitator.page.getByTestId("settings-sheet");
  await sheet.getByTestId("title-input").fill(FAR_TOO_LONG);
  await sheet.getByTestId("title-save").click();
  await expect(sheet.getByRole("alert")).toContainText("tegn for lang");
  await facilitator.axe();
  await facilitator.closeSheet(sheet);
  await expect(facilitator.page.getByTestId("lead-title")).toHaveText("Støtte i hverdagen");

  await facilitator.open("now");
  await facilitator.openNote("Lars er altid sur");
  await facilitator.page.getByTestId("hide-reason").fill(FAR_TOO_LONG);
  await facilitator.page.getByTestId("hide").click();
  await expect(facilitator.page.getByRole("alert")).toContainText("for lang");
  await facilitator.axe();
  await facilitator.page.getByTestId("hide-reason").fill("Et navn");
  await facilitator.page.getByTestId("hide").click();
  await expect(phone.note("Lars er altid sur")).toContainText("Et navn");
});

test("100 kB where a link belongs is refused in words", async ({ hall }) => {
  const phone = await hall.visitor();
  await paste(phone, phone.page.getByTestId("link"), FAR_TOO_LONG);
  await phone.page.getByTestId("link-go").click();
  await expect(phone.page.getByRole("alert")).toContainText("ligner ikke et link");
  await phone.axe();
  await phone.page.getByTestId("link").fill((await hall.workshop()).links.participant);
  await phone.page.getByTestId("link-go").click();
  await phone.join("Amina");
});

test("a name of 500 characters is refused in words, wherever a name is asked for", async ({ hall }) => {
  const [phone, other] = [await hall.participant(), await hall.participant()];
  const long = "A".repeat(500);
  await phone.page.getByTestId("join-name").fill(long);
  await phone.page.getByTestId("join-go").click();
  await expect(phone.page.getByRole("alert")).toHaveText("Navnet er 460 tegn for langt.");
  await phone.axe();
  await other.join("Bo");
  await phone.join("Amina");

  const sheet = await phone.openPeople();
  await sheet.getByTestId("companion-name").fill(long);
  await sheet.getByTestId("companion-add").click();
  await expect(sheet.getByRole("alert")).toHaveText("Navnet er 460 tegn for langt.");
  await phone.axe();
  await sheet.getByTestId("companion-name").fill("");
  await sheet.getByTestId("own-name").fill(long);
  await sheet.getByTestId("own-save").click();
  await expect(sheet.getByRole("alert").last()).toHaveText("Navnet er 460 tegn for langt.");
  await phone.closeSheet(sheet);
  await phone.writesFor("Amina");
  await phone.seesDelivery({ onDevice: 0, sent: 0, received: 1 });
});

test("emoji and letters that run from right to left come through whole, and are set their own way", async ({ hall }) => {
  const [facilitator, projector] = [await hall.facilitator(), await hall.projector()];
  const [amina, bo] = [await hall.participant(), await hall.participant()];
  await amina.join(ARABIC);
  await bo.join(`Bo ${FAMILY}`);
  for (const phone of [amina, bo]) {
    await phone.open("now");
    await phone.place(3);
  }
  const right = "نتحدث معًا كل صباح 🤝 Nordhallen";
  // Marks that turn the direction round must not turn the page round.
  const turned = "\u202Egnadnev\u202C <b>ikke fed</b> 🇩🇰";
  await amina.write(right);
  await bo.write(turned);
  for (const screen of [amina, bo, projector]) {
    await screen.seesNote(right);
    await screen.seesNote(turned);
    await expect(screen.page.locator("b", { hasText: "ikke fed" })).toHaveCount(0);
  }
  await expect(bo.note(right)).toContainText(ARABIC);
  await expect(amina.note(turned)).toContainText(`Bo ${FAMILY}`);
  const directions = (phone: DevicePage) =>
    phone.page.locator("[data-test=note] p[dir=auto]").evaluateAll((notes) => notes.map((note) => getComputedStyle(note).direction).sort());
  await expect.poll(() => directions(bo)).toEqual(["ltr", "rtl"]);
  await facilitator.page.getByTestId("show-names").check();
  await expect(projector.level("now", 3)).toContainText(ARABIC);
  await expect(projector.level("now", 3)).toContainText(`Bo ${FAMILY}`);
  await projector.isForLookingAt();
  await bo.axe();

  // An emoji is one letter to whoever takes it out, whatever it is made of.
  const field = await bo.openNote(turned);
  await field.press("End");
  await field.pressSequentially(FAMILY);
  const seen = amina.note("ikke fed").locator("p").first();
  await expect(seen).toHaveText(`${turned}${FAMILY}`);
  await field.press("Backspace");
  await expect(seen).toHaveText(turned);
  await field.press("Backspace");
  await expect(seen).toHaveText(turned.slice(0, -"🇩🇰".length));
});
