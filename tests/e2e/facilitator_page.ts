// A facilitator's laptop.

import { expect, type Locator } from "@playwright/test";
import { BoardPage, type Column } from "./board_page.ts";
import type { Step } from "./phone_page.ts";
import type { Role } from "./workshop.ts";

export class FacilitatorPage extends BoardPage {
  // Makes a workshop from the front page, and keeps the link that leads it.
  async makeWorkshop(title: string, ...tools: string[]): Promise<void> {
    await this.page.getByTestId("new-workshop").click();
    await this.page.getByTestId("new-title").fill(title);
    for (const tool of tools) await this.page.getByTestId(`tool-${tool}`).click();
    await this.page.getByTestId("new-go").click();
    const sheet = this.page.getByTestId("keep-sheet");
    await expect(sheet).toBeVisible();
    await sheet.getByTestId("keep-copy").click();
    expect(await this.#copied()).toContain("/#/w/");
    await sheet.getByTestId("keep-done").click();
    await expect(sheet).toBeHidden();
  }

  // Copies the link for a role, as one would to pass it on.
  async copyLink(role: Role): Promise<string> {
    await this.page.getByTestId("links").click();
    const sheet = this.page.getByTestId("links-sheet");
    await sheet.getByTestId(`copy-${role}`).click();
    const link = await this.#copied();
    await this.closeSheet(sheet);
    return link;
  }

  // Opens one of the tools' steps; the first one of this name.
  async open(step: Step | (string & {})): Promise<void> {
    const button = this.page.getByTestId(`lead-step-${step}`).first();
    // Parts that the group is not at are folded; before the desk is drawn nothing is there at all.
    await expect(button).toBeAttached();
    if (!(await button.isVisible())) await this.page.locator("details.programme__part").filter({ has: button }).locator("summary").click();
    await button.click();
    await expect(button).toHaveAttribute("aria-current", "step");
  }

  // Sets the level that the group agreed on.
  async agree(column: Column, level: number): Promise<void> {
    await this.open(column);
    await this.page.getByTestId(`agreed-${column}-${level}`).click();
    await this.seesAgreed(column, level);
  }

  override async seesAgreed(column: Column, level: number): Promise<void> {
    await expect(this.page.getByTestId(`agreed-${column}-${level}`)).toHaveAttribute("aria-pressed", "true");
    await expect(this.page.getByTestId(`settle-${column}`)).toHaveCount(0);
  }

  // Chooses one of the values that met.
  async settle(column: Column, level: number): Promise<void> {
    await this.open(column);
    await this.page.getByTestId(`settle-${column}-${level}`).click();
    await this.seesAgreed(column, level);
  }

  // Puts the step that is open on the large screen.
  async project(): Promise<void> {
    await this.page.getByTestId("project").click();
    await expect(this.page.getByTestId("projected").first()).toBeVisible();
  }

  // Adds a tool to the programme.
  async addTool(tool: string): Promise<void> {
    const sheet = await this.openTools();
    await sheet.getByTestId(`tool-${tool}`).click();
    await expect(sheet).toBeHidden();
  }

  async openTools(): Promise<Locator> {
    await this.page.getByTestId("lead-tools").click();
    const sheet = this.page.getByTestId("tools-sheet");
    await expect(sheet).toBeVisible();
    return sheet;
  }

  // Someone on the list of those who take part, by their name and whether they are here.
  person(name: string, state: "her nu" | "ikke her nu"): Locator {
    const exactly = this.page.getByText(state, { exact: true });
    return this.page.getByTestId("person").filter({ hasText: name }).filter({ has: exactly });
  }

  async seesPeople(people: number): Promise<void> {
    await expect(this.page.getByTestId("people-count")).toHaveAttribute("data-count", String(people));
  }

  async #copied(): Promise<string> {
    await this.context.grantPermissions(["clipboard-read", "clipboard-write"]);
    return this.page.evaluate(() => navigator.clipboard.readText());
  }
}
