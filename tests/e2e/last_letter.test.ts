// A letter is on the screen before the app has read it. Whatever a person does right after it, it is not lost.

import { expect, test, type Hall } from "./hall.ts";
import type { PhonePage } from "./phone_page.ts";

const WORDS = "inden påske";

// Types where the cursor stands, and goes on in the same task, so that no frame lies between: presses what has this name,
// or loads the page anew.
async function typeAndGoOn(phone: PhonePage, words: string, next: { press: string } | "reload"): Promise<void> {
  await phone.page.evaluate(
    ([words, next]) => {
      for (const letter of words) document.execCommand("insertText", false, letter);
      if (next === "reload") location.reload();
      else document.querySelector<HTMLElement>(`[data-test=${next.press}]`)?.click();
    },
    [words, next] as const,
  );
}

async function atTimeFrame(hall: Hall, name: string): Promise<PhonePage> {
  const phone = await hall.participant();
  await phone.join(name);
  await phone.open("time-frame");
  await phone.timeWords.focus();
  return phone;
}

test("what was typed right before a step back is on the board", async ({ hall }) => {
  const [amina, bo] = [await atTimeFrame(hall, "Amina"), await atTimeFrame(hall, "Bo")];
  await typeAndGoOn(amina, WORDS, { press: "back" });
  await expect(bo.timeWords).toHaveValue(WORDS);
  await amina.open("time-frame");
  await expect(amina.timeWords).toHaveValue(WORDS);
});

test("what was typed right before the page is loaded anew is there after it, also without a network", async ({ hall }) => {
  const phone = await atTimeFrame(hall, "Amina");
  await phone.everythingIsReceived();
  await phone.opensOffline();
  await phone.offline(async () => {
    await typeAndGoOn(phone, WORDS, "reload");
    await phone.isStarted();
    await expect(phone.timeWords).toHaveValue(WORDS);
    await phone.seesSyncWord("1 ikke sendt");
  });
  await phone.tryNow();
  await phone.everythingIsReceived();
});

test("undo right after a letter takes back that letter, and not what was done before it", async ({ hall }) => {
  const phone = await atTimeFrame(hall, "Amina");
  await phone.page.getByTestId("months-6").click();
  await expect(phone.page.getByTestId("months-6")).toHaveAttribute("aria-pressed", "true");
  await phone.timeWords.focus();
  await typeAndGoOn(phone, WORDS, { press: "undo" });
  await expect(phone.timeWords).toHaveValue("");
  await expect(phone.page.getByTestId("months-6")).toHaveAttribute("aria-pressed", "true");
});

test("a note that is taken off the board right after a letter comes back with it", async ({ hall }) => {
  const phone = await hall.participant();
  await phone.join("Amina");
  await phone.open("obstacles");
  await phone.write("Travl");
  const field = await phone.openNote("Travl");
  await field.press("End");
  await typeAndGoOn(phone, "hed", { press: "note-remove" });
  await phone.seesNoNote("Travl");
  await phone.page.getByTestId("undo").click();
  await phone.seesNote("Travlhed");
});

test("letters that come faster than the screen is drawn are one run, each in its place", async ({ hall }) => {
  const [amina, bo] = [await atTimeFrame(hall, "Amina"), await atTimeFrame(hall, "Bo")];
  await typeAndGoOn(amina, WORDS, { press: "nothing" });
  await expect(bo.timeWords).toHaveValue(WORDS);
  await amina.page.getByTestId("undo").click();
  for (const phone of [amina, bo]) await expect(phone.timeWords).toHaveValue("");
});
