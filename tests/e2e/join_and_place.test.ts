// A participant comes in by the link, places themselves and writes an example; the wall shows it.

import { expect, test } from "./hall.ts";

test("what a participant does is on the wall", async ({ hall }) => {
  const projector = await hall.projector();
  const phone = await hall.participant();
  await expect(phone.page.getByTestId("join-title")).toHaveText("Støtte i hverdagen");
  await phone.axe();
  await phone.join("Amina");
  await phone.axe();

  await phone.open("now");
  await phone.axe();
  await phone.place(3);
  await phone.seesPeople(3, 1);
  await phone.axe();
  await projector.seesPeople("now", 3, 1);

  await phone.openWriter();
  await phone.axe();
  await phone.page.getByTestId("note-later").click();
  await phone.write("Vi ringer til hinanden efter en hård vagt");
  await projector.seesNote("Vi ringer til hinanden efter en hård vagt");
  await phone.axe();

  await phone.seesDelivery({ onDevice: 0, sent: 0, received: 3 });
  await phone.openSyncSheet();
  await phone.axe();
  await phone.closeSheet(phone.page.getByTestId("sync-sheet"));

  for (const step of ["ambition", "obstacles", "signs", "time-frame", "agreed"] as const) {
    await phone.open(step);
    await phone.axe();
  }
  await projector.isForLookingAt();
  await projector.axe();
});

test("a placement can be moved and taken back", async ({ hall }) => {
  const projector = await hall.projector();
  const phone = await hall.participant();
  await phone.joinWithoutName();
  await phone.open("ambition");
  await phone.place(4);
  await projector.seesPeople("ambition", 4, 1);
  await phone.place(5);
  await projector.seesPeople("ambition", 4, 0);
  await projector.seesPeople("ambition", 5, 1);
  await phone.page.getByTestId("withdraw").click();
  await phone.standsNowhere();
  await projector.seesPeople("ambition", 5, 0);
});

test("the secret of a link is out of the address bar at once, and the device keeps it", async ({ hall }) => {
  const phone = await hall.participant();
  const secret = phone.link.split("/").at(-1) ?? "";
  expect(secret.length).toBeGreaterThan(20);
  await expect.poll(() => phone.page.url()).not.toContain(secret);
  await phone.join("Amina");
  await phone.everythingIsReceived();
  await phone.reload();
  await phone.hasJoined();
  expect(await phone.page.content()).not.toContain(secret);
});

test("a link that was cut off says what to do", async ({ hall }) => {
  const phone = await hall.participant({ opens: false });
  await phone.goto(phone.link.slice(0, -5));
  await expect(phone.page.getByText("Der mangler noget af linket")).toBeVisible();
  await phone.axe();
});

test("who leaves in the middle of an edit finds it again, and nothing is thrown", async ({ hall }) => {
  await hall.workshop();
  const phone = await hall.participant();
  await phone.join("Karen");
  await phone.open("now");
  for (const level of [2, 3, 4]) {
    // In one turn, so that the page is left before the choice was drawn.
    await phone.level(level).evaluate((button: HTMLElement) => {
      button.click();
      location.hash = "#/";
    });
    await phone.page.getByTestId("home").waitFor();
    await phone.page.goBack();
    await phone.standsOn(level);
  }
});

test("the keys for undo take back letters in a plain field, and nothing on the board", async ({ hall }) => {
  const phone = await hall.participant();
  await phone.join("Amina");
  await phone.open("now");
  await phone.place(3);
  const draft = await phone.openWriter();
  await draft.pressSequentially("Vi");
  await draft.press("Control+z");
  await expect(draft).toHaveValue("");
  await phone.page.getByTestId("note-later").click();
  await phone.standsOn(3);
  await phone.level(3).press("Control+z");
  await phone.standsNowhere();
});

test("a draft of any length is there after going back and forward, and after loading anew", async ({ hall }) => {
  const phone = await hall.participant();
  const { page } = phone;
  await phone.join("Amina");
  await phone.open("signs");
  await page.getByTestId("back").click();
  await page.waitForURL(/obstacles$/);
  for (const words of ["kort", "Vi taler om det i morgen. ".repeat(1_000), "igen kort"]) {
    const draft = await phone.openWriter();
    await draft.fill(words);
    await page.goBack();
    await page.waitForURL(/signs$/);
    await expect(draft).toHaveCount(0);
    await page.goForward();
    await page.waitForURL(/obstacles$/);
    await expect(await phone.openWriter()).toHaveValue(words);
    // Typed and lost in the same moment.
    await draft.press("End");
    await draft.press("Control+End");
    await draft.pressSequentially("!");
    await phone.reload();
    await expect(await phone.openWriter()).toHaveValue(`${words}!`);
    await page.getByTestId("note-later").click();
  }
  await page.getByTestId("add-note").click();
  await page.getByTestId("note-draft").fill("ord ".repeat(5_001));
  await expect(page.getByText("Teksten er 18004 tegn for lang")).toBeVisible();
  await phone.axe();
});

test("whoever was taken off the board is told so at each question, and comes back", async ({ hall }) => {
  // Every question is audited.
  test.slow();
  const [facilitator, projector, phone] = [await hall.facilitator(), await hall.projector(), await hall.participant()];
  await phone.join("Amina");
  await phone.open("now");
  await phone.place(3);
  await projector.seesPeople("now", 3, 1);
  await facilitator.page.getByTestId("person-remove").click();
  await facilitator.page.getByTestId("confirm-yes").click();
  await projector.seesPeople("now", 3, 0);
  const notice = phone.page.getByTestId("taken-off");
  await expect(notice).toContainText("dine valg tæller ikke med");
  await phone.axe();
  await phone.screenshot("taken-off");
  for (const step of ["ambition", "obstacles", "signs", "time-frame", "agreed"] as const) {
    await phone.open(step);
    await expect(notice).toBeVisible();
    await phone.axe();
  }
  await notice.getByTestId("put-back").press("Enter");
  await expect(notice).toHaveCount(0);
  await expect(phone.page.locator("#content")).toBeFocused();
  await projector.seesPeople("now", 3, 1);
  await phone.open("now");
  await phone.standsOn(3);
});

test("a date is typed as a whole, and nothing else reaches the board", async ({ hall }) => {
  const [phone, other] = [await hall.participant(), await hall.participant()];
  const { page } = phone;
  const date = page.getByTestId("time-date");
  await phone.join("Amina");
  await phone.open("time-frame");
  await date.focus();
  // The same day in all orders of day and month.
  await page.keyboard.type("04042027", { delay: 30 });
  await expect(date).toHaveValue("2027-04-04");
  // Joining, and one date.
  await phone.seesDelivery({ received: 2 });
  await other.join("Bo");
  await other.open("agreed");
  await expect(other.page.getByTestId("agreed-time")).toContainText("Senest 4. april 2027");

  await other.open("time-frame");
  await date.focus();
  await page.keyboard.type("05");
  await page.keyboard.press("Backspace");
  await page.getByTestId("time-words").focus();
  await expect(page.getByRole("alert")).toContainText("Datoen blev ikke gemt");
  await phone.axe();
  // What another chooses comes in once nobody is in the field.
  await other.page.getByTestId("time-date").fill("2028-12-24");
  await expect(date).toHaveValue("2028-12-24");
});

test("two who write on one phone have drafts, names and marks of their own", async ({ hall }) => {
  const phone = await hall.participant();
  const { page } = phone;
  const sheet = page.getByTestId("people-sheet");
  await phone.join("Amina");
  await phone.open("obstacles");
  await (await phone.openWriter()).fill("Amina skriver på noget");
  await page.getByTestId("note-later").click();
  await expect(page.getByTestId("add-note")).toHaveText("Din kladde");

  await phone.openOverview();
  await page.getByTestId("people").click();
  await sheet.getByTestId("companion-add").click();
  await expect(sheet.getByRole("alert")).toContainText("Skriv et navn");
  await sheet.getByTestId("companion-anonymous").check();
  await phone.axe();
  await sheet.getByTestId("companion-add").click();
  await expect(sheet).toHaveCount(0);
  await expect(page.getByText("Du skriver for uden navn")).toBeVisible();
  await phone.open("obstacles");
  await expect(page.getByTestId("add-note")).toHaveText("+ Skriv");
  await expect(await phone.openWriter()).toHaveValue("");
  await page.getByTestId("note-later").click();

  await phone.openOverview();
  await page.getByTestId("people").click();
  const marks = () => sheet.getByTestId("own-person").locator("svg").evaluateAll((all) => all.map((mark) => mark.outerHTML));
  const before = await marks();
  expect(new Set(before).size).toBe(2);
  await sheet.getByTestId("own-name").fill("Karen");
  await sheet.getByTestId("mark").nth(1).click();
  await sheet.getByTestId("own-save").click();
  await expect(sheet.getByTestId("own-person").filter({ hasText: "Karen" })).toHaveAttribute("aria-pressed", "true");
  await expect.poll(async () => new Set([...before, ...(await marks())]).size).toBe(3);
});
