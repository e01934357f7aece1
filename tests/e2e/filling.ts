// Fills in a screen of which nothing is known but what it is to a screen reader, and reads what it then holds.

import { expect, type Locator, type Page } from "@playwright/test";

const NUMBER = "input[inputmode=numeric]:not([disabled])";
const DAY = "input[type=date]:not([disabled])";
const WORDS = "textarea:not([readonly], [disabled])";
const SLIDER = "input[type=range]:not([disabled])";
// Where one of several holds, and what is said or not on its own.
const RADIOS = "[role=radiogroup]";
const BUTTONS = "[role=group]:has(button[aria-pressed]):not(:has([role=group]))";
const SAID = "button[aria-pressed=false]:not([role=group] button, [disabled])";
// What begins something that a sheet or the screen then asks for, what shares what was answered alone, and what leads to the
// next of several fields.
const BEGIN = "button:is([data-test^=add-], [data-test^=write-], [data-test^=turn-], [data-test=take]):not([disabled])";
const SHARE = "button:is([data-test=share], [data-test=share-own])";
const NEXT = "button[data-test=cell-next]";
// Sheets that may follow each other.
const SHEETS = 20;

// Answers all that a step asks, each text with `word` and a number. Gives the texts that were written.
export async function fill(page: Page, word: string, { shares }: { shares: boolean }): Promise<string[]> {
  const words: string[] = [];
  const next = (): string => {
    words.push(`${word}.${words.length}`);
    return words.at(-1) as string;
  };
  const content = page.locator("#content");
  await answer(content, next);
  for (const begin of await named(page.locator(`.phone ${BEGIN}`))) {
    await begin.click();
    await finish(page, next);
  }
  // What was begun may ask for more, and what was answered, too.
  await answer(content, next);
  if (shares) for (const share of await content.locator(SHARE).all()) await give(share);
  return words;
}

// Shares what was answered alone, all of it.
async function give(share: Locator): Promise<void> {
  await share.click();
  await share.page().getByTestId("share-now").click();
}

// Answers the sheet that is open, and those that follow.
async function finish(page: Page, next: () => string): Promise<void> {
  const sheet = page.locator("dialog[open]");
  for (let round = 0; round < SHEETS && (await sheet.count()) > 0; round += 1) {
    await answer(sheet.last(), next);
    const done = sheet.last().locator(".button--main").last();
    if ((await done.count()) > 0) await done.click();
  }
  await expect(sheet).toHaveCount(0);
}

// Answers what is open within, field by field.
async function answer(within: Locator, next: () => string): Promise<void> {
  await choose(within, RADIOS, "[aria-checked=true]", "[role=radio]");
  for (const slider of await within.locator(SLIDER).all()) await slider.press("ArrowRight");
  do {
    // What is said in a sheet may close it, and take the others with it.
    for (const said of await named(within.locator(SAID))) if ((await said.count()) > 0) await said.click();
    await choose(within, BUTTONS, "[aria-pressed=true]", "button[aria-pressed]");
    await write(within, DAY, () => "2027-04-01");
    await write(within, NUMBER, () => "3");
    await write(within, WORDS, next);
    // What is written of one's own waits for its writer.
    for (const add of await within.locator("button[data-test$=-words-add]:not([disabled])").all()) await add.click();
  } while (await presses(within.locator(NEXT).filter({ visible: true })));
}

async function presses(button: Locator): Promise<boolean> {
  if ((await button.count()) === 0) return false;
  await button.first().click();
  return true;
}

async function write(within: Locator, fields: string, words: () => string): Promise<void> {
  for (const field of await within.locator(fields).filter({ visible: true }).all()) {
    if ((await field.inputValue()) !== "") continue;
    await field.fill(words());
    await field.blur();
  }
}

// Chooses in each group where nothing is chosen yet.
async function choose(within: Locator, groups: string, chosen: string, choices: string): Promise<void> {
  const open = within.locator(groups).filter({ hasNot: within.page().locator(chosen), visible: true });
  for (let left = await open.count(); left > 0; left -= 1) {
    await open.first().locator(choices).first().click();
    await expect.poll(() => open.count()).toBeLessThan(left);
  }
}

// Those of `buttons` that are seen, each by a name that no other has, so that it is found again when others are gone.
async function named(buttons: Locator): Promise<Locator[]> {
  const names = await buttons.filter({ visible: true }).evaluateAll((all) =>
    all.map((button) => {
      const name = crypto.randomUUID();
      button.setAttribute("data-name", name);
      return name;
    }),
  );
  return names.map((name) => buttons.page().locator(`[data-name="${name}"]`));
}

// All that stands on the screen by somebody's choice or in their words, in order.
export async function standing(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    const answered = "#content :is([aria-checked=true], [aria-pressed=true], input:not([type=search]), textarea, [dir=auto])";
    const value = (element: Element): string =>
      element instanceof HTMLInputElement || element instanceof HTMLTextAreaElement ? element.value : (element.textContent ?? "");
    return [...document.querySelectorAll(answered)].map((element) => value(element).trim()).filter((words) => words !== "");
  });
}
