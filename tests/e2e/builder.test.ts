// Building a programme: tools in an order, their minutes and rounds, ready-made ones, and files that can be sent.

import { readFile, writeFile } from "node:fs/promises";
import { expect, type Page } from "@playwright/test";
import { test } from "./hall.ts";
import { looksRight } from "./kinds/looks.ts";

const plan = (page: Page) => page.locator("[data-test^=plan-][class=plan__row]");
const planned = (page: Page) => plan(page).evaluateAll((rows) => rows.map((row) => row.getAttribute("data-test")?.slice("plan-".length)));

test("a programme is ordered by buttons and keys, timed, and made into a workshop", async ({ hall }) => {
  const host = await hall.host();
  const { page } = host;
  await page.getByTestId("new-workshop").click();
  await expect(page.getByTestId("plan-empty")).toContainText("Vælg et færdigt forløb");
  for (const tool of ["A1", "E17", "A2"]) {
    await page.getByTestId(`tool-${tool}`).click();
    await expect(page.getByTestId(`tool-${tool}`)).toHaveAttribute("aria-checked", "true");
  }
  expect(await planned(page)).toEqual(["A1", "E17", "A2"]);
  await expect(page.getByTestId("plan-total")).toHaveText("I alt 2 t 15 min");

  await page.getByTestId("up-A2").click();
  await expect.poll(() => planned(page)).toEqual(["A1", "A2", "E17"]);
  await expect(page.getByTestId("up-A2")).toBeFocused();
  await page.keyboard.press("Enter");
  await expect.poll(() => planned(page)).toEqual(["A2", "A1", "E17"]);
  // The way up is closed at the top.
  await expect(page.getByTestId("up-A2")).toBeDisabled();
  await expect(page.getByTestId("down-A2")).toBeFocused();
  await page.keyboard.press("Alt+ArrowDown");
  await expect.poll(() => planned(page)).toEqual(["A1", "A2", "E17"]);
  await expect(page.getByRole("status").filter({ hasText: "nummer 2 af 3" })).toHaveCount(1);

  await page.getByTestId("minutes-A1").fill("45");
  await page.getByTestId("minutes-A1").press("Tab");
  await expect(page.getByTestId("plan-total")).toHaveText("I alt 2 t");
  await page.getByTestId("minutes-E17").fill("0");
  await page.getByTestId("minutes-E17").press("Tab");
  await expect(page.getByTestId("minutes-E17")).toHaveValue("1");
  await page.getByTestId("minutes-E17").fill("5");
  await page.getByTestId("minutes-E17").press("Tab");
  await page.getByTestId("times-E17").selectOption("3 gange");
  await page.getByTestId("remove-A2").click();
  await expect.poll(() => planned(page)).toEqual(["A1", "E17"]);
  await expect(page.getByTestId("new-sum")).toHaveText("2 værktøjer · 50 min");

  await page.getByTestId("new-title").fill("Nordhallen i april");
  await page.getByTestId("new-go").click();
  await page.getByTestId("keep-done").click();
  await expect(page.getByTestId("lead-title")).toHaveText("Nordhallen i april");
  await expect(page.locator(".programme__title")).toHaveText(["Organisatorisk og social støtte", "Trivselsbarometeret"]);
  await host.open("mark");
  await expect(page.getByTestId("planned-rounds")).toHaveText("1. gang af 3");
});

test("what is built is there again after a tool was read", async ({ hall }) => {
  const host = await hall.host();
  const { page } = host;
  await page.getByTestId("new-workshop").click();
  await page.getByTestId("new-title").fill("Nordhallen i april");
  await page.getByTestId("tool-A1").click();
  await page.getByTestId("minutes-A1").fill("45");
  await page.getByTestId("minutes-A1").press("Tab");
  await expect(page.getByTestId("plan-total")).toHaveText("I alt 45 min");
  await page.getByTestId("plan-A1").getByRole("link").click();
  await expect(page.getByTestId("read")).toBeVisible();
  await page.getByTestId("back").click();
  await expect(page.getByTestId("new-title")).toHaveValue("Nordhallen i april");
  await expect(page.getByTestId("minutes-A1")).toHaveValue("45");
  await looksRight(host, "builder");
});

test("what is missing is said before a workshop is made, and a tool is taken along from where it is read", async ({ hall }) => {
  const host = await hall.host();
  const { page } = host;
  await page.getByTestId("tools").click();
  await page.getByTestId("read-A1").click();
  await page.getByTestId("choose-tool").click();
  await expect.poll(() => planned(page)).toEqual(["A1"]);
  await page.getByTestId("new-go").click();
  await expect(page.getByRole("alert").filter({ hasText: "Giv workshoppen et navn" })).toBeVisible();
  await page.getByTestId("read-E17").click();
  await page.getByTestId("choose-tool").click();
  await expect.poll(() => planned(page)).toEqual(["A1", "E17"]);
  await page.getByTestId("plan-E17").getByRole("link").click();
  await expect(page.getByTestId("choose-tool")).toHaveText("Se forløbet");
  await page.goBack();
  await page.getByTestId("remove-A1").click();
  await page.getByTestId("remove-E17").click();
  await page.getByTestId("new-go").click();
  await expect(page.getByRole("alert").filter({ hasText: "Vælg mindst ét værktøj" })).toBeVisible();
  // A step back brings the last one again.
  await page.goBack();
  await expect.poll(() => planned(page)).toEqual(["E17"]);
});

test("a ready-made programme is begun with one press, on a phone without a network", async ({ hall }) => {
  const phone = await hall.visitor();
  const { page } = phone;
  await phone.opensOffline();
  await phone.offline(async () => {
    await page.getByTestId("new-workshop").click();
    await page.getByTestId("programme-barometer-in-5-minutes").click();
    await expect(page.getByTestId("plan-total")).toHaveText("I alt 5 min");
    await expect(page.getByTestId("times-E17")).toHaveValue("2 gange");
    await looksRight(phone, "builder-phone");
    await page.getByTestId("ready-made").locator("summary").click();
    await page.getByTestId("programme-hour-on-support").click();
    await expect.poll(() => planned(page)).toEqual(["A3", "A1"]);
    await page.getByTestId("new-title").fill("En time");
    await page.getByTestId("new-go").click();
    await page.getByTestId("keep-done").click();
    await expect(page.getByTestId("lead")).toBeVisible();
  });
});

test("a programme is kept as a file, sent, and opened by another; a bad file is told in words", async ({ hall }, info) => {
  const host = await hall.host();
  const { page } = host;
  await page.getByTestId("new-workshop").click();
  await page.getByTestId("new-title").fill("Støtte: hvad nu?");
  for (const tool of ["E17", "A1"]) await page.getByTestId(`tool-${tool}`).click();
  await page.getByTestId("minutes-A1").fill("40");
  await page.getByTestId("minutes-A1").press("Tab");
  await expect(page.getByTestId("plan-total")).toHaveText("I alt 55 min");
  const [download] = await Promise.all([page.waitForEvent("download"), page.getByTestId("template-save").click()]);
  expect(download.suggestedFilename()).toBe("Støtte-hvad-nu.json");
  const saved = info.outputPath("saved.json");
  await download.saveAs(saved);
  const written = JSON.parse(await readFile(saved, "utf8")) as Record<string, unknown>;
  const expected = [{ tool: "E17" }, { tool: "A1", minutes: 40 }];
  expect(written).toEqual({ dialogtavle: "programme", version: 1, title: "Støtte: hvad nu?", language: "da", tools: expected });

  const other = await hall.visitor();
  await other.page.getByTestId("new-workshop").click();
  const open = async (content: unknown, name = "sent.json") => {
    const file = info.outputPath(name);
    await writeFile(file, typeof content === "string" ? content : JSON.stringify(content));
    await other.page.getByTestId("template-open").setInputFiles(file);
  };
  await open(written);
  await expect(other.page.getByTestId("template-opened")).toHaveText("Forløbet er åbnet.");
  await expect(other.page.getByTestId("new-title")).toHaveValue("Støtte: hvad nu?");
  await expect(other.page.getByTestId("minutes-A1")).toHaveValue("40");
  expect(await planned(other.page)).toEqual(["E17", "A1"]);

  const failed = other.page.getByTestId("template-failed");
  for (const [content, words] of [
    ["not JSON", "Det er ikke et forløb"],
    [{ tools: [] }, "Det er ikke et forløb"],
    [{ ...written, version: 2 }, "nyere udgave"],
    [{ ...written, tools: [{ tool: "A1" }, { tool: "A2", minutes: "ti" }] }, "Værktøj nummer 2 i filen"],
    [{ ...written, tools: [{ tool: "A1", minutes: 0 }] }, "Værktøj nummer 1 i filen"],
    [{ ...written, tools: Array.from({ length: 201 }, () => ({ tool: "A1" })) }, "flere end 200 værktøjer"],
    ["x".repeat(70_000), "for stor"],
  ] as const) {
    await open(content);
    await expect(failed).toContainText(words);
  }
  await other.axe();
  // Nothing of a bad file is taken.
  expect(await planned(other.page)).toEqual(["E17", "A1"]);
  await open({ ...written, tools: [{ tool: "Q99" }, { tool: "A2", later: true }] });
  await expect(other.page.getByTestId("template-opened")).toContainText("Q99");
  await expect.poll(() => planned(other.page)).toEqual(["A2"]);
});
