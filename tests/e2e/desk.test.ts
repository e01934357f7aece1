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
