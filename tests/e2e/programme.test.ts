// What a facilitator puts in order during a workshop: a mark that nobody answers for any more, and the tools.

import { expect, test } from "./hall.ts";

test("a mark that was left behind is taken off, and what its owner wrote stays", async ({ hall }) => {
  const [facilitator, projector] = [await hall.facilitator(), await hall.projector()];
  const [left, again] = [await hall.participant(), await hall.participant()];
  await left.join("Amina");
  await left.open("now");
  await left.place(1);
  await left.write("Skrevet før telefonen døde");
  await left.everythingIsReceived();
  await left.page.goto("about:blank");
  await again.join("Amina");
  await again.open("now");
  await again.place(3);
  await facilitator.seesPeople(2);
  await projector.seesPeople("now", 1, 1);

  const stale = facilitator.person("Amina", "ikke her nu");
  await stale.getByTestId("person-remove").click();
  await expect(facilitator.page.getByTestId("confirm")).toContainText("Fjern Amina fra tavlen?");
  await facilitator.axe();
  await facilitator.page.getByTestId("confirm-no").click();
  await facilitator.seesPeople(2);
  await stale.getByTestId("person-remove").click();
  await facilitator.page.getByTestId("confirm-yes").click();
  await facilitator.seesPeople(1);
  await expect(facilitator.person("Amina", "her nu")).toHaveCount(1);
  await projector.seesPeople("now", 1, 0);
  await projector.seesPeople("now", 3, 1);
  await projector.seesNote("Skrevet før telefonen døde");

  // Its owner is told when they come back, and finds their words.
  await left.goto();
  await expect(left.page.getByText("Dit mærke er taget af tavlen")).toBeVisible();
  await left.axe();
  await left.open("now");
  await left.standsNowhere();
  await expect(left.page.getByTestId("taken-off")).toContainText("Dit mærke er taget af tavlen");
  await left.page.getByText("Ét eksempel på de andre trin").click();
  await left.seesNote("Skrevet før telefonen døde");

  // It was one step, and can be taken back.
  await facilitator.page.getByTestId("undo").click();
  await facilitator.seesPeople(2);
  await projector.seesPeople("now", 1, 1);
  await left.standsOn(1);
  await left.place(2);
  await projector.seesPeople("now", 2, 1);
});

test("a tool is added and taken out again, and its answers come back with it", async ({ hall }) => {
  await hall.workshop({ tools: ["A1"] });
  const [facilitator, projector, phone] = [await hall.facilitator(), await hall.projector(), await hall.participant()];
  await phone.join("Amina");
  const tools = phone.page.locator(".tool-card");
  await expect(tools).toHaveCount(1);

  await facilitator.addTool("A2");
  await expect(tools).toHaveCount(2);
  const second = tools.nth(1);
  await second.getByTestId("step-now").click();
  await phone.place(4);
  await facilitator.page.getByTestId("lead-step-now").nth(1).click();
  await facilitator.page.getByTestId("project").click();
  await projector.seesPeople("now", 4, 1);

  // Whoever is in the middle of it comes back to what there is.
  await facilitator.openTools();
  await facilitator.axe();
  await facilitator.page.getByTestId("tool-remove").nth(1).click();
  await facilitator.page.getByTestId("confirm-yes").click();
  await expect(facilitator.page.getByTestId("tool-restore")).toBeVisible();
  await expect(tools).toHaveCount(1);
  await phone.axe();
  await projector.seesPeople("now", 4, 0);
  await projector.isForLookingAt();

  await facilitator.page.getByTestId("tool-restore").click();
  await phone.standsOn(4);
  await projector.seesPeople("now", 4, 1);
  await facilitator.closeSheet(facilitator.page.getByTestId("tools-sheet"));
  await expect(facilitator.page.getByTestId("lead-step-now")).toHaveCount(2);
  await phone.openOverview();
  await expect(tools).toHaveCount(2);
});
