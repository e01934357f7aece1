// Groups: a tool is filled in by each group for itself, also without a network, and then looked at side by side.

import { expect, LAPTOP, PHONE, test, type Hall } from "./hall.ts";
import type { FacilitatorPage } from "./facilitator_page.ts";
import { isForTheWall, looksRight } from "./kinds/looks.ts";
import type { PhonePage } from "./phone_page.ts";
import type { ProjectorPage } from "./projector_page.ts";

async function addGroups(facilitator: FacilitatorPage, ...names: string[]): Promise<void> {
  await facilitator.page.getByTestId("lead-groups").click();
  const sheet = facilitator.page.getByTestId("groups-sheet");
  const before = await sheet.getByTestId("group").count();
  for (const [place, name] of names.entries()) {
    await sheet.getByTestId("group-name").fill(name);
    await sheet.getByTestId("group-add").click();
    await expect(sheet.getByTestId("group")).toHaveCount(before + place + 1);
    await expect(sheet.getByTestId("group-name")).toHaveValue("");
  }
  await facilitator.closeSheet(sheet);
}

async function fillInPerGroup(facilitator: FacilitatorPage, tools: number): Promise<void> {
  const sheet = await facilitator.openTools();
  await sheet.getByTestId("tool-per-group").first().click();
  await expect(sheet.getByTestId("tool-remove")).toHaveCount(tools);
  await facilitator.closeSheet(sheet);
}

async function chooses(phone: PhonePage, place: number, name: string): Promise<void> {
  await phone.page.getByTestId(`own-group-${place}`).click();
  await expect(phone.page.getByTestId("own-group-name")).toHaveText(`Du er i ${name}`);
  await expect(phone.page.getByTestId("tool-group")).toHaveText(name);
}

// How many people a group has on a level, on the wall; the groups are counted from the left.
async function seesBeside(projector: ProjectorPage, group: number, level: number, people: number): Promise<void> {
  const rung = projector.page.getByTestId(`beside-${group}-level-${level}`);
  await expect(rung.getByTestId(`column-now-level-${level}`)).toHaveAttribute("data-count", String(people));
}

async function haveAnswered(projector: ProjectorPage, ...counts: number[]): Promise<void> {
  const heads = projector.page.getByTestId("beside-group");
  await expect(heads).toHaveCount(counts.length);
  for (const [place, count] of counts.entries()) await expect(heads.nth(place)).toHaveAttribute("data-count", String(count));
}

// Some lead from a phone: there the sheet that a button of the programme opens is looked at.
async function looksRightOnAPhone(facilitator: FacilitatorPage, button: string, name: string): Promise<void> {
  await facilitator.page.setViewportSize(PHONE.viewport);
  await facilitator.page.getByRole("button", { name: "Program", exact: true }).click();
  await looksRight(facilitator, `${name}-programme`);
  await facilitator.page.getByTestId(button).click();
  const sheet = facilitator.page.getByTestId(`${name}-sheet`);
  await expect(sheet).toBeVisible();
  await looksRight(facilitator, `${name}-sheet`);
  await facilitator.closeSheet(sheet);
  await facilitator.page.setViewportSize(LAPTOP.viewport);
}

// A table for the day, with Amina in it, and one for the night, with Bo.
async function dividedTable(hall: Hall): Promise<{ facilitator: FacilitatorPage; amina: PhonePage; bo: PhonePage }> {
  await hall.workshop({ tools: ["A1"] });
  const [facilitator, amina, bo] = [await hall.facilitator(), await hall.participant(), await hall.participant()];
  await amina.join("Amina");
  await bo.join("Bo");
  await amina.openOverview();
  await bo.openOverview();
  await expect(amina.page.getByTestId("own-group")).toHaveCount(0);
  await addGroups(facilitator, "Dag", "Nat");
  await fillInPerGroup(facilitator, 2);
  return { facilitator, amina, bo };
}

test("two groups fill in a table each, and the wall shows both side by side", async ({ hall }) => {
  const { facilitator, amina, bo } = await dividedTable(hall);
  const projector = await hall.projector();
  // Nobody has said yet which group they are in: that is asked, and no group's table stands in the way.
  await expect(amina.page.getByRole("heading", { name: "Hvilken gruppe er du i?" })).toBeVisible();
  await expect(amina.page.locator("[data-test^=tool-card-]")).toHaveCount(0);
  await looksRight(amina, "groups-asked");
  await chooses(amina, 0, "Dag");
  await amina.open("now");
  await amina.place(2);

  await bo.opensOffline();
  await bo.offline(async () => {
    await chooses(bo, 1, "Nat");
    await bo.open("now");
    await bo.place(4);
    await bo.seesSyncWord(/ikke sendt/);
  });
  await bo.everythingIsReceived();

  await facilitator.page.getByTestId("programme-tool").first().getByTestId("project-beside").click();
  await haveAnswered(projector, 1, 1);
  await seesBeside(projector, 0, 2, 1);
  await seesBeside(projector, 0, 4, 0);
  await seesBeside(projector, 1, 4, 1);
  await facilitator.agree("now", 2);
  await expect(facilitator.person("Bo", "her nu").getByTestId("person-group")).toHaveText("Nat");
  await looksRight(facilitator, "groups-desk");

  // Somebody beside Amina who has no phone is in another group than she.
  await amina.addCompanion("Karl");
  await expect(amina.page.getByRole("heading", { name: "Hvilken gruppe er Karl i?" })).toBeVisible();
  await chooses(amina, 1, "Nat");
  await amina.open("now");
  await amina.place(4);
  await seesBeside(projector, 1, 4, 2);
  await haveAnswered(projector, 1, 2);
  await amina.switchTo("Amina");
  await expect(amina.page.getByTestId("own-group-name")).toHaveText("Du er i Dag");
  await expect(amina.page.getByTestId("tool-group")).toHaveText("Dag");
  await expect(projector.page.getByTestId("beside-0-level-2").getByTestId("beside-agreed-now")).toHaveText("enige");
  await looksRight(amina, "groups-overview");
  await isForTheWall(projector, "groups-wall");
});

test("what the other groups filled in is read, and a group comes and goes", async ({ hall }) => {
  const { facilitator, amina, bo } = await dividedTable(hall);
  const projector = await hall.projector();
  await looksRightOnAPhone(facilitator, "lead-groups", "groups");
  await looksRightOnAPhone(facilitator, "lead-tools", "tools");
  await chooses(amina, 0, "Dag");
  await chooses(bo, 1, "Nat");
  await bo.open("now");
  await bo.place(4);
  await amina.page.getByTestId("other-groups").locator("summary").click();
  await amina.page.setViewportSize({ width: 320, height: 640 });
  await looksRight(amina, "groups-overview-320");
  await amina.page.getByTestId("other-tool").click();
  await expect(amina.page.getByTestId("result-form")).toContainText("· Nat");
  await amina.page.goBack();
  await facilitator.page.getByTestId("summary").click();
  await facilitator.page.getByTestId("all-results").click();
  await expect(facilitator.page.getByTestId("result-comparison")).toContainText("Nat");
  await expect(facilitator.page.getByTestId("result-form")).toHaveCount(2);
  await looksRight(facilitator, "groups-paper");
  await facilitator.page.goBack();
  await facilitator.page.getByTestId("to-desk").click();

  // One group alone says its name.
  await facilitator.page.getByTestId("programme-tool").nth(1).getByTestId("project-whole").click();
  await expect(projector.page.getByRole("heading", { level: 1 })).toContainText("· Nat");
  await projector.seesPeople("now", 4, 1);

  await facilitator.page.getByTestId("lead-groups").click();
  const sheet = facilitator.page.getByTestId("groups-sheet");
  await expect(sheet.getByTestId("group-members").nth(1)).toHaveAttribute("data-count", "1");
  await sheet.getByTestId("group-rename").nth(1).click();
  await sheet.getByTestId("group-new-name").fill("Natholdet");
  await sheet.getByTestId("group-save").click();
  await expect(projector.page.getByRole("heading", { level: 1 })).toContainText("· Natholdet");
  // Taken away, its people and its table are everyone's; and its own again when it comes back.
  await sheet.getByTestId("group-remove").nth(1).click();
  await facilitator.page.getByTestId("confirm-yes").click();
  await expect(amina.page.getByTestId("tool-group")).toHaveText(["Dag", "Natholdet"]);
  await bo.openOverview();
  await expect(bo.page.getByRole("heading", { name: "Hvilken gruppe er du i?" })).toBeVisible();
  await sheet.getByTestId("group-restore").click();
  await expect(bo.page.getByTestId("own-group-name")).toHaveText("Du er i Natholdet");
  await expect(amina.page.getByTestId("tool-group")).toHaveText("Dag");
});

test("two facilitators who add groups apart both count, and the wall has room for all of them", async ({ hall }) => {
  await hall.workshop({ tools: ["A1"] });
  const line = await hall.line();
  const [here, away] = [await hall.facilitator(), await hall.facilitator({ line })];
  const [projector, amina] = [await hall.projector(), await hall.participant()];
  await amina.join("Amina");
  line.cut();
  await addGroups(here, "Dag", "Nat");
  await addGroups(away, "Lager");
  line.restore();
  await away.tryNow();
  await here.page.getByTestId("lead-groups").click();
  const groups = here.page.getByTestId("groups-sheet");
  await expect(groups.getByTestId("group")).toHaveCount(3);
  await here.closeSheet(groups);
  await fillInPerGroup(here, 3);
  // Somebody takes part who came by after the table was divided.
  await addGroups(here, "Kontoret i Nørresundby");
  const sheet = await here.openTools();
  await sheet.getByTestId("tool-per-group").first().click();
  await expect(sheet.getByTestId("tool-remove")).toHaveCount(4);
  await here.closeSheet(sheet);
  await here.page.getByTestId("programme-tool").first().getByTestId("project-beside").click();
  await haveAnswered(projector, 0, 0, 0, 0);
  await isForTheWall(projector, "groups-wall-four");
  // The way in has room beside them.
  await here.page.getByTestId("invite").click();
  await expect(projector.page.getByTestId("invite-qr")).toBeVisible();
  await projector.isForLookingAt();
  await projector.screenshot("groups-wall-invites");
});

test("words are read side by side two groups at a time", async ({ hall }) => {
  await hall.workshop({ tools: ["E4"] });
  const [facilitator, projector, amina] = [await hall.facilitator(), await hall.projector(), await hall.participant()];
  await amina.join("Amina");
  await amina.openOverview();
  await addGroups(facilitator, "Dag", "Nat", "Kontoret i Nørresundby");
  await fillInPerGroup(facilitator, 3);
  await chooses(amina, 2, "Kontoret i Nørresundby");
  await amina.page.getByTestId("part").locator("summary").first().click();
  await amina.page.locator("details [data-test^=step-]").first().click();
  await amina.write("Når de andre kan finde det igen");
  const beside = facilitator.page.getByTestId("programme-tool").first().getByTestId("project-beside");
  await beside.first().click();
  await haveAnswered(projector, 0, 0);
  await isForTheWall(projector, "groups-wall-words");
  await beside.nth(1).click();
  await haveAnswered(projector, 1);
});
