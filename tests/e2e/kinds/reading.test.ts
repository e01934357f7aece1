// Kinds that are read: a text with its contents, a search and what can be taken along from it; and how far a meeting is.

import { execFileSync } from "node:child_process";
import { expect, test } from "../hall.ts";
import type { PhonePage } from "../phone_page.ts";
import { BINARY } from "../relay.ts";
import { isForTheWall, looksRight } from "./looks.ts";

test("a text is read, searched, shown, and a piece of it taken along into an answer, offline too", async ({ hall }) => {
  await hall.workshop({ tools: ["E23"] });
  const [facilitator, projector] = [await hall.facilitator(), await hall.projector()];
  const [amina, bo] = [await hall.participant(), await hall.participant()];
  await amina.join("Amina");
  await bo.join("Bo");
  await amina.opensOffline();
  const { page } = amina;
  const first = ((await page.locator("a[data-test^=step-]").first().getAttribute("data-test")) ?? "").replace("step-", "");
  await amina.open(first);
  await looksRight(amina, "reference-phone");

  await amina.offline(async () => {
    await page.getByTestId("reading-aids").locator("summary").click();
    const contents = page.getByTestId("contents-section");
    await expect(contents).toHaveCount(4);
    await expect(contents.first()).toHaveAttribute("aria-current", "page");
    await page.getByTestId("reading-search").fill("qqq");
    await expect(page.getByTestId("reading-found")).toHaveText("Det står der ikke noget om.");
    await page.getByTestId("reading-search").fill("faellesskab LEDERE");
    await expect(page.getByTestId("reading-found")).not.toHaveAttribute("data-count", "0");
    await looksRight(amina, "reference-search");
    await page.getByTestId("reading-search").fill("");
    const title = await contents.nth(1).innerText();
    await contents.nth(1).click();
    await expect(page.getByRole("heading", { level: 1 })).toHaveText(title);

    const words = await page.locator(".reading__words").first().innerText();
    await page.getByTestId("quote").first().click();
    const sheet = page.getByTestId("quote-sheet");
    await expect(sheet).toContainText(words);
    await looksRight(amina, "reference-quote");
    const question = sheet.getByTestId("quote-into").first();
    await question.click();
    await page.getByTestId("add-note").click();
    await expect(page.getByTestId("note-draft")).toHaveValue(`»${words}«`);
    await page.getByTestId("note-draft").press("End");
    await page.getByTestId("note-draft").pressSequentially(" Det vil vi også.");
    await page.getByTestId("note-add").click();
    await expect(page.getByTestId("note")).toContainText("Det vil vi også.");
  });
  await amina.everythingIsReceived();

  await facilitator.open(first);
  await facilitator.project();
  await expect(projector.page.locator(".screen-text")).toBeVisible();
  await isForTheWall(projector, "reference-wall");
  // The other phone has what was taken along as an answer among others.
  await bo.page.goto(page.url());
  await expect(bo.page.getByTestId("note")).toContainText("Det vil vi også.");
});

test("the large screen and the phones say how far a meeting is, also one that was away", async ({ hall }) => {
  await hall.workshop({ tools: ["A3"] });
  const [facilitator, projector] = [await hall.facilitator(), await hall.projector()];
  const [phone, away] = [await hall.participant(), await hall.participant()];
  await phone.join("Amina");
  await away.join("Bo");
  const steps = projector.page.getByTestId("agenda-step");
  await expect(steps).toHaveCount(5);
  await expect(steps.locator("[aria-current]")).toHaveCount(0);
  const codes = await phone.page.locator("a[data-test^=step-]").evaluateAll((links) => links.map((link) => link.getAttribute("data-test") ?? ""));
  const open = (who: PhonePage, place: number) => who.open((codes[place] ?? "").replace("step-", ""));
  const goesTo = async (place: number): Promise<void> => {
    await facilitator.page.locator("[data-test^=lead-step-]").nth(place).click();
    await facilitator.project();
    await expect(steps.nth(place - 1)).toHaveAttribute("aria-current", "step");
  };
  await goesTo(2);
  await away.opensOffline();
  await open(away, 2);
  await expect(away.page.getByTestId("agenda-here")).toHaveText("Her er I nu.");
  await away.offline(async () => {
    await goesTo(3);
    await expect(away.page.getByTestId("agenda-here")).toHaveText("Her er I nu.");
  });
  await expect(away.page.getByTestId("agenda-here")).toHaveText("I er ved trin 3 af 5.");
  await expect(steps.nth(0)).toContainText("Gjort");
  await expect(steps.nth(3)).not.toContainText("Gjort");
  await isForTheWall(projector, "agenda-wall");

  await open(phone, 3);
  await expect(phone.page.getByTestId("agenda-here")).toHaveText("Her er I nu.");
  await looksRight(phone, "agenda-phone");
  await open(phone, 1);
  await expect(phone.page.getByTestId("agenda-here")).toHaveText("I er ved trin 3 af 5.");
});

test("no text of any tool is cut off on the large screen", async ({ hall }) => {
  const listed = execFileSync(BINARY, ["content", "list", "--json"], { encoding: "utf8" });
  const tools = (JSON.parse(listed) as { id: string; kind: string[] }[]).filter(({ kind }) => kind.includes("reference"));
  test.setTimeout(180_000);
  await hall.workshop({ tools: tools.map(({ id }) => id) });
  const [phone, projector, stock] = [await hall.participant(), await hall.projector(), await hall.stock("facilitator")];
  await phone.join("Amina");
  const links = phone.page.locator("a[data-test^=step-]");
  await expect(links).not.toHaveCount(0);
  const hrefs = await links.evaluateAll((all) => all.map((link) => link.getAttribute("href") ?? ""));
  const cut: string[] = [];
  let texts = 0;
  for (const href of hrefs) {
    const [tool, part, step] = href.split("/").slice(-3).map(decodeURIComponent);
    stock.set("focus", `${tool}/${part}.${step}`);
    await expect(projector.page.locator("#content")).toHaveAttribute("data-step", `${part}.${step}`);
    const text = projector.page.locator(".screen-text");
    if ((await text.count()) === 0) continue;
    texts += 1;
    const over = await text.evaluate((box) => {
      const foot = document.querySelector(".screen__foot")?.getBoundingClientRect().top ?? 0;
      return [box.scrollWidth - box.clientWidth, box.scrollHeight - box.clientHeight, box.getBoundingClientRect().bottom - foot];
    });
    if (over.some((pixels) => pixels > 1)) cut.push(`${part}.${step} by ${over.join(", ")}`);
  }
  expect(texts).toBeGreaterThan(100);
  expect(cut).toEqual([]);
});
