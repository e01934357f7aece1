// Two people write in the same field at once: both texts whole, and nobody's cursor is moved by the other.

import type { CDPSession, Locator } from "@playwright/test";
import { expect, test, type Hall } from "./hall.ts";
import type { PhonePage } from "./phone_page.ts";

async function openTimeFrame(phone: PhonePage, name: string): Promise<void> {
  await phone.join(name);
  await phone.open("time-frame");
  await expect(phone.timeWords).toBeVisible();
}

// Two phones in one field which says `words`; the first on a line of its own.
async function twoInOneField(hall: Hall, words: string) {
  const line = await hall.line();
  const [amina, bo] = [await hall.participant({ line }), await hall.participant()];
  await openTimeFrame(amina, "Amina");
  await openTimeFrame(bo, "Bo");
  await amina.timeWords.fill(words);
  await expect(bo.timeWords).toHaveValue(words);
  return { amina, bo, line };
}

async function selection(field: Locator): Promise<[number, number]> {
  return field.evaluate((field: HTMLTextAreaElement) => [field.selectionStart, field.selectionEnd]);
}

type Direction = "forward" | "backward";

async function select(field: Locator, start: number, end = start, direction: Direction = "forward"): Promise<void> {
  await field.focus();
  await field.evaluate(
    (field: HTMLTextAreaElement, [start, end, direction]) => field.setSelectionRange(start, end, direction),
    [start, end, direction] as const,
  );
}

test("two who type at once, one of them on a slow line, both keep every letter", async ({ hall }) => {
  const { amina, bo, line } = await twoInOneField(hall, "Først: . Så: .");
  line.delay({ up: 300, down: 300 });
  await select(amina.timeWords, 7);
  await select(bo.timeWords, 13);
  await Promise.all([
    amina.timeWords.pressSequentially("vi taler om det på mandag", { delay: 20 }),
    bo.timeWords.pressSequentially("vi prøver det i en måned", { delay: 20 }),
  ]);
  const whole = "Først: vi taler om det på mandag. Så: vi prøver det i en måned.";
  for (const phone of [amina, bo]) await expect(phone.timeWords).toHaveValue(whole);
  expect(await selection(amina.timeWords)).toEqual([32, 32]);
  expect(await selection(bo.timeWords)).toEqual([62, 62]);
});

test("two who type at the very same place both keep their words whole", async ({ hall }) => {
  const { amina, bo, line } = await twoInOneField(hall, "[]");
  line.delay({ up: 300, down: 300 });
  await select(amina.timeWords, 1);
  await select(bo.timeWords, 1);
  await Promise.all([
    amina.timeWords.pressSequentially("sommerferien", { delay: 15 }),
    bo.timeWords.pressSequentially("efteråret", { delay: 15 }),
  ]);
  await expect(amina.timeWords).toHaveValue(/^\[(sommerferienefteråret|efteråretsommerferien)\]$/);
  await expect(bo.timeWords).toHaveValue(await amina.timeWords.inputValue());
});

test("what another writes leaves one's selection where it was", async ({ hall }) => {
  const { amina, bo } = await twoInOneField(hall, "inden sommeren");
  await select(bo.timeWords, 6, 14, "backward");
  await select(amina.timeWords, 0);
  await amina.timeWords.pressSequentially("helst ");
  await expect(bo.timeWords).toHaveValue("helst inden sommeren");
  expect(await selection(bo.timeWords)).toEqual([12, 20]);
  expect(await bo.timeWords.evaluate((field: HTMLTextAreaElement) => field.selectionDirection)).toBe("backward");
});

test("what another writes waits while a word is being composed", async ({ hall }) => {
  const { amina, bo } = await twoInOneField(hall, "til : ");
  const keyboard = await bo.context.newCDPSession(bo.page);
  await select(bo.timeWords, 6);
  await compose(keyboard, "n", "に", "にほ", "にほん");
  await select(amina.timeWords, 4);
  await amina.timeWords.pressSequentially("påske");
  await amina.everythingIsReceived();
  // A third phone shows that it has reached the others by now.
  const third = await hall.participant();
  await openTimeFrame(third, "Cille");
  await expect(third.timeWords).toHaveValue(/påske/);
  await expect(bo.timeWords).toHaveValue("til : にほん");
  await choose(keyboard, "日本");
  for (const phone of [bo, amina, third]) await expect(phone.timeWords).toHaveValue("til påske: 日本");
  expect(await selection(bo.timeWords)).toEqual([13, 13]);
});

test("one types on a slow line while the other composes: both texts are whole, and both cursors where they were", async ({ hall }) => {
  const { amina, bo, line } = await twoInOneField(hall, "Først: . Så: .");
  line.delay({ up: 300, down: 300 });
  const keyboard = await bo.context.newCDPSession(bo.page);
  await select(amina.timeWords, 7);
  await select(bo.timeWords, 13);
  await compose(keyboard, "n");
  await Promise.all([
    amina.timeWords.pressSequentially("vi taler om det", { delay: 20 }),
    compose(keyboard, "に", "にほ", "にほん"),
  ]);
  // What Bo composes goes out as it stands; what Amina writes waits outside.
  await amina.everythingIsReceived();
  await expect(bo.timeWords).toHaveValue("Først: . Så: にほん.");
  await expect(amina.timeWords).toHaveValue("Først: vi taler om det. Så: にほん.");
  await choose(keyboard, "日本");
  // Both go on in what has met.
  await Promise.all([
    amina.timeWords.pressSequentially(" på mandag", { delay: 20 }),
    bo.timeWords.pressSequentially(" i maj", { delay: 20 }),
  ]);
  for (const phone of [amina, bo]) {
    await expect(phone.timeWords).toHaveValue("Først: vi taler om det på mandag. Så: 日本 i maj.");
  }
  expect(await selection(amina.timeWords)).toEqual([32, 32]);
  expect(await selection(bo.timeWords)).toEqual([46, 46]);
});

test("undo takes back one's own last edit and leaves the other's", async ({ hall }) => {
  const { amina, bo } = await twoInOneField(hall, "Vi begynder");
  await select(bo.timeWords, 11);
  await bo.timeWords.pressSequentially(" snart");
  await expect(amina.timeWords).toHaveValue("Vi begynder snart");
  await select(amina.timeWords, 17);
  await amina.timeWords.pressSequentially(" igen");
  await expect(bo.timeWords).toHaveValue("Vi begynder snart igen");
  await bo.timeWords.press("Control+z");
  for (const phone of [amina, bo]) await expect(phone.timeWords).toHaveValue("Vi begynder igen");
  await bo.timeWords.press("Control+Shift+z");
  for (const phone of [amina, bo]) await expect(phone.timeWords).toHaveValue("Vi begynder snart igen");
});

test("two who correct the same note both keep their words", async ({ hall }) => {
  const line = await hall.line();
  const [amina, bo] = [await hall.participant({ line }), await hall.participant()];
  await amina.join("Amina");
  await bo.join("Bo");
  for (const phone of [amina, bo]) await phone.open("obstacles");
  await amina.write("travlhed");
  await bo.seesNote("travlhed");
  const [hers, his] = [await amina.openNote("travlhed"), await bo.openNote("travlhed")];
  line.delay({ up: 200, down: 200 });
  await select(hers, 0);
  await select(his, 8);
  await Promise.all([hers.pressSequentially("evig "), his.pressSequentially(" og sygdom")]);
  for (const field of [hers, his]) await expect(field).toHaveValue("evig travlhed og sygdom");
  await bo.doneWithNote();
  await bo.seesNote("evig travlhed og sygdom");
});

test("a text that is far too long is refused in words, and nothing is cut", async ({ hall }) => {
  const { amina, bo } = await twoInOneField(hall, "inden jul");
  await select(amina.timeWords, 9);
  await amina.timeWords.evaluate((field, text) => {
    field.dispatchEvent(
      new InputEvent("beforeinput", { inputType: "insertFromPaste", data: text, bubbles: true, cancelable: true }),
    );
    document.execCommand("insertText", false, text);
  }, "x".repeat(100_000));
  await expect(amina.page.getByRole("alert")).toContainText("for meget");
  await expect(amina.timeWords).toHaveValue("inden jul");
  await amina.timeWords.pressSequentially(" eller nytår");
  await expect(bo.timeWords).toHaveValue("inden jul eller nytår");
});

// What an input method shows, one after the other, while a word is being composed.
async function compose(keyboard: CDPSession, ...texts: string[]): Promise<void> {
  for (const text of texts) {
    await keyboard.send("Input.imeSetComposition", { text, selectionStart: text.length, selectionEnd: text.length });
  }
}

// Ends composing with the word that it becomes.
async function choose(keyboard: CDPSession, word: string): Promise<void> {
  await compose(keyboard, word);
  await keyboard.send("Input.insertText", { text: word });
}
