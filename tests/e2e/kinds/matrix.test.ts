// The matrix: notes in four quadrants, written on two phones and moved by finger, menu and keys, one phone without a network.

import type { Page } from "@playwright/test";
import { expect, test } from "../hall.ts";
import { agree } from "./agree.ts";
import { isForTheWall, looksRight } from "./looks.ts";

const LUNCH = "Jeg spiser ved maskinen";
const PLAN = "Vi laver ugeplanen om sammen";
const OFFLINE = "Jeg beder om at flytte en frist";

async function writeIn(page: Page, quadrant: string, text: string): Promise<void> {
  await page.getByTestId(`write-${quadrant}`).click();
  await page.getByTestId("note-draft").fill(text);
  await page.getByTestId("note-add").click();
  await expect(page.getByTestId("note-sheet")).toBeHidden();
}

async function standsIn(page: Page, quadrant: string, text: string): Promise<void> {
  await expect(page.getByTestId(`quadrant-${quadrant}`).getByTestId("note").filter({ hasText: text })).toHaveCount(1);
}

const disc = (page: Page, text: string) => page.getByTestId("plane-disc").and(page.getByLabel(text));

test("notes are put in their quadrants and moved by finger, menu and keys", async ({ hall }) => {
  await hall.workshop({ tools: ["E20"] });
  const [facilitator, projector] = [await hall.facilitator(), await hall.projector()];
  const [amina, bo] = [await hall.participant(), await hall.participant()];
  await amina.join("Amina");
  await bo.join("Bo");
  for (const person of [amina, bo, facilitator]) await person.open("plane");
  await facilitator.project();
  const wall = (quadrant: string) => projector.page.getByTestId(`projector-quadrant-${quadrant}`);
  await expect(wall("individual-change")).toHaveAttribute("data-count", "0");
  await isForTheWall(projector, "matrix-wall-empty");
  await looksRight(amina, "matrix-phone-empty");

  await writeIn(amina.page, "individual-adaptation", LUNCH);
  await standsIn(amina.page, "individual-adaptation", LUNCH);
  await standsIn(bo.page, "individual-adaptation", LUNCH);
  await expect(wall("individual-adaptation")).toContainText(LUNCH);

  // By the menu.
  const note = amina.page.getByTestId("note").filter({ hasText: LUNCH });
  await note.getByTestId("move-note").selectOption("Kollektiv tilpasning");
  await standsIn(bo.page, "collective-adaptation", LUNCH);
  await expect(wall("collective-adaptation")).toContainText(LUNCH);
  await expect(wall("individual-adaptation")).toHaveAttribute("data-count", "0");

  // By keys: across the middle, to the left.
  await disc(bo.page, LUNCH).focus();
  for (let step = 0; step < 6; step += 1) await bo.page.keyboard.press("ArrowLeft");
  await standsIn(bo.page, "individual-adaptation", LUNCH);
  await expect(disc(bo.page, LUNCH)).toBeFocused();
  await standsIn(amina.page, "individual-adaptation", LUNCH);

  // By the finger: down to change.
  const from = await disc(bo.page, LUNCH).locator("circle").last().boundingBox();
  const field = await bo.page.locator(".plane__field").boundingBox();
  if (!from || !field) throw new Error("the plane is not drawn");
  const [x, y] = [from.x + from.width / 2, from.y + from.height / 2];
  await bo.page.mouse.move(x, y);
  await bo.page.mouse.down();
  await bo.page.mouse.move(x, field.y + field.height * 0.6, { steps: 4 });
  await bo.page.mouse.move(x, field.y + field.height * 0.8, { steps: 4 });
  await bo.page.mouse.up();
  await standsIn(bo.page, "individual-change", LUNCH);
  await standsIn(amina.page, "individual-change", LUNCH);
  await expect(wall("individual-change")).toContainText(LUNCH);

  await bo.opensOffline();
  await bo.offline(async () => {
    await writeIn(bo.page, "individual-change", OFFLINE);
    await bo.seesSyncWord(/ikke sendt/);
    // Apart, each moves the same note to another field.
    await bo.page.getByTestId("note").filter({ hasText: LUNCH }).getByTestId("move-note").selectOption("Kollektiv forandring");
    await note.getByTestId("move-note").selectOption("Kollektiv tilpasning");
    await writeIn(amina.page, "collective-change", PLAN);
    await standsIn(amina.page, "collective-adaptation", LUNCH);
    await projector.seesNoNote(OFFLINE);
  });
  await bo.everythingIsReceived();
  await expect(wall("individual-change")).toContainText(OFFLINE);
  // Both places are shown until somebody settles it.
  for (const { page } of [amina, bo]) {
    await standsIn(page, "collective-adaptation", LUNCH);
    await standsIn(page, "collective-change", LUNCH);
    await expect(page.getByTestId("matrix-unsettled")).toHaveCount(2);
  }
  await looksRight(amina, "matrix-phone-unsettled");
  await amina.page.getByTestId("quadrant-collective-adaptation").getByTestId("move-note").selectOption("Individuel tilpasning");
  await expect(bo.page.getByTestId("matrix-unsettled")).toHaveCount(0);
  await standsIn(bo.page, "individual-adaptation", LUNCH);

  // A note becomes an action of everybody's.
  const plan = (page: Page) => page.getByTestId("note").filter({ hasText: PLAN });
  await agree(plan(amina.page));
  await expect(plan(bo.page).getByTestId("action")).toContainText("Ikke begyndt");

  await amina.reload();
  await standsIn(amina.page, "collective-change", PLAN);
  await looksRight(amina, "matrix-phone");
  await amina.page.setViewportSize({ width: 320, height: 640 });
  await looksRight(amina, "matrix-phone-320");
  await looksRight(facilitator, "matrix-desk");

  await isForTheWall(projector, "matrix-wall");
  await amina.openOverview();
  await amina.page.getByTestId("result").click();
  await expect(amina.page.getByTestId("result-form")).toContainText(OFFLINE);
  await looksRight(amina, "matrix-result");
});

test("many notes at one place stand side by side on the wall, and those without room are counted", async ({ hall }) => {
  await hall.workshop({ tools: ["E20"] });
  const [facilitator, projector, phone] = [await hall.facilitator(), await hall.projector(), await hall.participant()];
  await phone.join("Amina");
  for (const person of [phone, facilitator]) await person.open("plane");
  await facilitator.project();
  for (let count = 1; count <= 14; count += 1) await writeIn(phone.page, "collective-change", `Forslag nummer ${count} til noget, vi kan gøre`);
  const quadrant = projector.page.getByTestId("projector-quadrant-collective-change");
  await expect(quadrant).toHaveAttribute("data-count", "14");
  await expect(quadrant.getByTestId("projector-more")).toHaveText("og 2 flere");
  await expect(quadrant.getByTestId("projector-note")).toHaveCount(12);
  const boxes = await projector.page.getByTestId("projector-note").evaluateAll((notes) => notes.map((one) => one.getBoundingClientRect().toJSON() as DOMRect));
  for (const [place, one] of boxes.entries()) {
    for (const other of boxes.slice(place + 1)) {
      expect(one.right <= other.left || other.right <= one.left || one.bottom <= other.top || other.bottom <= one.top).toBe(true);
    }
  }
  await isForTheWall(projector, "matrix-wall-many");
});
