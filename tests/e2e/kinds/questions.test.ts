// Questions: two phones answer and support each other's answers, one of them without a network for a while.

import { expect, test } from "../hall.ts";
import type { PhonePage } from "../phone_page.ts";
import type { ProjectorPage } from "../projector_page.ts";
import { isForTheWall, looksRight } from "./looks.ts";

const ANSWER = "Vi siger til, før det brænder på";
const OFFLINE = "Lederen spørger, før nogen er syg";

// The first question of the first part that asks any, by its place in the address.
async function firstQuestion(phone: PhonePage): Promise<string> {
  await phone.openOverview();
  const link = phone.page.locator("details [data-test^=step-]").first();
  return ((await link.getAttribute("data-test")) ?? "").replace("step-", "");
}

async function support(phone: PhonePage, answer: string): Promise<void> {
  await phone.note(answer).getByTestId("support").click();
}

async function seesSupport(device: PhonePage | ProjectorPage, answer: string, people: number): Promise<void> {
  await expect(device.note(answer).locator("[data-count]")).toHaveAttribute("data-count", String(people));
}

test("answers meet under their question, each with who stands behind it", async ({ hall }) => {
  await hall.workshop({ tools: ["E4"] });
  const [facilitator, projector] = [await hall.facilitator(), await hall.projector()];
  const [amina, bo] = [await hall.participant(), await hall.participant()];
  await amina.join("Amina");
  await bo.join("Bo");
  const question = await firstQuestion(amina);
  await amina.open(question);
  await bo.open(question);
  await facilitator.open(question);
  await facilitator.project();
  await isForTheWall(projector, "questions-wall-empty");

  await amina.write(ANSWER);
  await bo.seesNote(ANSWER);
  await support(bo, ANSWER);
  await seesSupport(projector, ANSWER, 1);

  await bo.opensOffline();
  await bo.offline(async () => {
    await bo.write(OFFLINE);
    await bo.seesSyncWord(/ikke sendt/);
    await support(bo, ANSWER);
    await seesSupport(bo, ANSWER, 0);
    await amina.note(ANSWER).getByTestId("support").click();
    await seesSupport(amina, ANSWER, 2);
    await projector.seesNoNote(OFFLINE);
  });
  await bo.everythingIsReceived();
  await seesSupport(amina, ANSWER, 1);
  await projector.seesNote(OFFLINE);
  await support(amina, OFFLINE);
  await support(bo, OFFLINE);
  await seesSupport(projector, OFFLINE, 2);
  // What most stand behind comes first.
  await expect(projector.page.getByTestId("projector-note").first()).toContainText(OFFLINE);

  await amina.reload();
  await seesSupport(amina, OFFLINE, 2);
  await looksRight(amina, "questions-phone");
  await looksRight(facilitator, "questions-desk");
  await isForTheWall(projector, "questions-wall");
  await amina.page.getByTestId("next").click();
  await expect(amina.page.getByText("Her kommer jeres svar")).toBeVisible();
  await amina.openOverview();
  await looksRight(amina, "questions-overview");
  await amina.page.getByTestId("result").click();
  await expect(amina.page.getByTestId("result-form")).toContainText(OFFLINE);
  await looksRight(amina, "questions-result");
  await facilitator.page.getByTestId("project-whole").click();
  await expect(projector.page.getByTestId(`projector-question-${question}`)).toHaveAttribute("data-count", "2");
  await isForTheWall(projector, "questions-wall-all");
});
