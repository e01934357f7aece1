// The workshop's page: how far the group is with each tool, who takes part, what has arrived, and everything on paper.

import { expect, test } from "./hall.ts";
import { looksRight } from "./kinds/looks.ts";

test("whoever leads sees how far the group is, and prints each tool and all of them", async ({ hall }) => {
  await hall.workshop({ tools: ["A1", "E17", "A3"] });
  const facilitator = await hall.facilitator();
  const { page } = facilitator;
  await page.getByTestId("summary").click();
  const progress = (tool: string) => page.getByTestId(`summary-${tool}`).getByTestId("summary-progress");
  await expect(progress("A1")).toHaveText("Ingen svar endnu");
  await expect(progress("A3")).toHaveText("Til at læse");
  await expect(page.getByTestId("summary-people")).toHaveAttribute("data-count", "0");
  await looksRight(facilitator, "summary-empty");

  const [amina, bo] = [await hall.participant(), await hall.participant()];
  await amina.join("Amina");
  await bo.join("Bo");
  await amina.open("now");
  await amina.place(3);
  await amina.write("Vi hjælper hinanden om morgenen");
  await bo.opensOffline();
  await bo.open("mark");
  await bo.offline(async () => {
    await bo.page.getByTestId("mark-7").click();
    await bo.seesSyncWord(/ikke sendt/);
  });
  await expect(progress("A1")).toHaveText("Én har svaret · én tekst");
  await expect(progress("E17")).toHaveText("Én har svaret");
  await expect(page.getByTestId("summary-people")).toHaveAttribute("data-count", "2");
  await expect(page.getByTestId("summary-sync")).toHaveText("Tavlen har modtaget det hele.");
  await looksRight(facilitator, "summary");
  await page.setViewportSize({ width: 360, height: 740 });
  await looksRight(facilitator, "summary-phone");

  await page.getByTestId("summary-A1").getByTestId("result").click();
  await expect(page.getByTestId("result-form")).toContainText("Vi hjælper hinanden om morgenen");
  await page.goBack();
  // What is only read is printed as it is read.
  await page.getByTestId("summary-A3").getByTestId("read-tool").click();
  await expect(page.getByTestId("print")).toBeVisible();
  await looksRight(facilitator, "read-phone");
  await page.emulateMedia({ media: "print" });
  await expect(page.getByTestId("print")).toBeHidden();
  await expect(page.getByTestId("read")).toBeVisible();
  await page.emulateMedia({ media: "screen" });
  await page.goBack();
  await page.getByTestId("all-results").click();
  await expect(page.getByTestId("result-form")).toHaveCount(2);
  await looksRight(facilitator, "all-results");
  await page.emulateMedia({ media: "print" });
  await expect(page.getByTestId("print")).toBeHidden();
  await expect(page.getByTestId("result-form").first()).toBeVisible();
  await page.emulateMedia({ media: "screen" });
  await page.getByTestId("back").click();
  await expect(progress("A1")).toBeVisible();
  await page.getByTestId("to-desk").click();
  await expect(page.getByTestId("lead")).toBeVisible();
});
