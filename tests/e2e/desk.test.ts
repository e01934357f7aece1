// What a facilitator decides at the desk, and what phones and the wall show of it.

import { expect, test } from "./hall.ts";

test("a text that is taken off the wall is gone there, and its writer sees why", async ({ hall }) => {
  const [facilitator, projector, phone] = [await hall.facilitator(), await hall.projector(), await hall.participant()];
  await phone.join("Amina");
  await phone.open("now");
  await phone.place(3);
  await phone.write("Lars er altid sur");
  await projector.seesNote("Lars er altid sur");

  await facilitator.open("now");
  await facilitator.openNote("Lars er altid sur");
  await facilitator.page.getByTestId("hide-reason").fill("Den nævner en person ved navn");
  await facilitator.axe();
  await facilitator.page.getByTestId("hide").click();
  await projector.seesNoNote("Lars er altid sur");
  await expect(phone.note("Lars er altid sur")).toContainText("Den nævner en person ved navn");
  await phone.axe();

  await facilitator.openNote("Lars er altid sur");
  await facilitator.page.getByTestId("show-again").click();
  await projector.seesNote("Lars er altid sur");
});

test("the way in and the names are on the wall while the facilitator shows them", async ({ hall }) => {
  const [facilitator, projector, phone] = [await hall.facilitator(), await hall.projector(), await hall.participant()];
  await phone.join("Amina");
  await phone.open("now");
  await phone.place(3);
  await projector.seesPeople("now", 3, 1);
  await expect(projector.page.getByText("Amina")).toHaveCount(0);

  await facilitator.page.getByTestId("invite").click();
  await expect(projector.page.getByTestId("invite-qr")).toBeVisible();
  await projector.axe();
  await projector.isForLookingAt();
  await facilitator.page.getByTestId("invite").click();
  await expect(projector.page.getByTestId("invite-qr")).toHaveCount(0);

  await facilitator.page.getByTestId("show-names").check();
  await expect(projector.page.getByText("Amina")).toBeVisible();
  await projector.isForLookingAt();
  await facilitator.page.getByTestId("show-names").uncheck();
  await expect(projector.page.getByText("Amina")).toHaveCount(0);
});

test("the way in fills the facilitator's screen, and gives it back", async ({ hall }) => {
  const { page } = await hall.facilitator();
  const isFull = () => page.evaluate(() => document.fullscreenElement !== null);
  await page.getByTestId("show-qr").click();
  await page.getByTestId("qr-full").click();
  await expect.poll(isFull).toBe(true);
  await page.getByTestId("qr-full").click();
  await expect.poll(isFull).toBe(false);
});

test("a new title and the chosen question reach everyone", async ({ hall }) => {
  const [facilitator, projector, phone] = [await hall.facilitator(), await hall.projector(), await hall.participant()];
  await facilitator.page.getByTestId("settings").click();
  await facilitator.page.getByTestId("title-input").fill("<b>Støtte</b> & hjælp 🤝");
  await facilitator.page.getByTestId("title-save").click();
  await expect(facilitator.page.getByTestId("lead-title")).toHaveText("<b>Støtte</b> & hjælp 🤝");
  await expect(phone.page.getByTestId("join-title")).toHaveText("<b>Støtte</b> & hjælp 🤝");

  await phone.join("Amina");
  await phone.open("obstacles");
  await phone.write("Vi er sjældent samlet");
  await facilitator.open("obstacles");
  await facilitator.page.getByTestId("project").click();
  await projector.seesNote("Vi er sjældent samlet");
  await expect(projector.page.getByTestId("column-now")).toHaveCount(0);
  await projector.axe();
  await projector.isForLookingAt();
});

// A place on the veil of every sheet.
const beside = { x: 5, y: 5 };

test("a tap beside a sheet closes that sheet alone", async ({ hall }) => {
  const { page } = await hall.facilitator();
  const [tools, confirm] = [page.getByTestId("tools-sheet"), page.getByTestId("confirm")];
  await page.getByTestId("lead-tools").click();
  await tools.getByTestId("tool-remove").first().click();
  await expect(confirm).toBeVisible();
  await page.mouse.click(beside.x, beside.y);
  await expect(confirm).toHaveCount(0);
  await expect(tools).toBeVisible();
  await page.mouse.click(beside.x, beside.y);
  await expect(tools).toHaveCount(0);
});

test("a selection that is drawn out of a field closes no sheet", async ({ hall }) => {
  const { page } = await hall.facilitator();
  await page.getByTestId("settings").click();
  const settings = page.getByTestId("settings-sheet");
  await settings.getByTestId("title-input").hover();
  await page.mouse.down();
  await page.mouse.move(beside.x, beside.y);
  await page.mouse.up();
  // A sheet that closed would not take what is typed in it.
  await settings.getByTestId("title-input").fill("Støtte i vagten");
  await expect(settings.getByTestId("title-input")).toHaveValue("Støtte i vagten");
  await page.mouse.click(beside.x, beside.y);
  await expect(settings).toHaveCount(0);
});

test("a link that was copied is not said to be for long, and one that must be copied by hand is not left in sight", async ({ hall }) => {
  const { page, context } = await hall.facilitator();
  const button = page.getByTestId("copy-link");
  const byHand = page.getByTestId("copy-by-hand");
  await context.grantPermissions(["clipboard-read", "clipboard-write"]);
  await button.click();
  await expect(button).toHaveText("Kopieret");
  await expect(button).toHaveText("Kopiér link");

  // As in a browser without https.
  await page.evaluate(() => (Clipboard.prototype.writeText = () => Promise.reject(new DOMException("no", "NotAllowedError"))));
  await button.click();
  await expect(byHand).toBeFocused();
  await expect(byHand).toHaveValue(/#\/w\//);
  await byHand.press("Tab");
  await expect(byHand).toHaveCount(0);
});

test("things that are alike are told apart by those who listen, and what is said twice is read twice", async ({ hall }) => {
  const [{ page }, phone] = [await hall.facilitator(), await hall.participant()];
  const fresh = page.getByTestId("announcer").locator("span:not([data-heard])");
  await phone.join("Amina");
  await phone.open("obstacles");
  for (const text of ["travlhed", "sygdom"]) {
    await phone.write(text);
    await expect(fresh).toHaveText("Én ny tekst på tavlen");
    await fresh.evaluate((said) => said.setAttribute("data-heard", ""));
  }
  for (const text of ["travlhed", "sygdom"]) await expect(phone.page.getByRole("button", { name: `Ret teksten: ${text}` })).toBeVisible();
  await page.getByTestId("links").click();
  for (const whom of ["Til deltagerne", "Til storskærmen"]) {
    await expect(page.getByTestId("links-sheet").getByRole("button", { name: new RegExp(`^Kopiér ?: ${whom}$`) })).toBeVisible();
  }
});

test("beside the time frame stands what was written last, and no call for examples", async ({ hall }) => {
  const [facilitator, projector, phone] = [await hall.facilitator(), await hall.projector(), await hall.participant()];
  const project = async (step: "time-frame" | "agreed") => {
    await facilitator.open(step);
    await facilitator.page.getByTestId("project").click();
    await expect(projector.page.getByTestId("projector-time")).toBeVisible();
    await expect(projector.page.getByText("Her kommer jeres eksempler")).toHaveCount(0);
    await projector.isForLookingAt();
  };
  await project("time-frame");
  await projector.axe();
  await phone.join("Amina");
  await phone.open("obstacles");
  await phone.write("Vi er sjældent samlet");
  await projector.seesNote("Vi er sjældent samlet");
  await project("agreed");
  await projector.seesNote("Vi er sjældent samlet");
  await phone.open("signs");
  await phone.write("Vi spørger oftere");
  await projector.seesNote("Vi spørger oftere");
  await projector.seesNoNote("Vi er sjældent samlet");
});

test("on a phone the desk counts both columns in one line", async ({ hall }) => {
  const facilitator = await hall.facilitator({ options: { viewport: { width: 360, height: 740 } } });
  const phone = await hall.participant();
  await phone.join("Amina");
  const counts = facilitator.page.locator(".desk-ladder__count");
  await expect(counts).toHaveText(["Nu · 0 af 1", "Ønske · 0 af 1"]);
  const lines = await counts.evaluateAll((all) => all.map((count) => count.getClientRects().length && count.clientHeight));
  expect(new Set(lines).size).toBe(1);
});
