// A participant's phone.

import { expect, type Locator } from "@playwright/test";
import { BoardPage, type Column } from "./board_page.ts";

export type Step = Column | "obstacles" | "signs" | "time-frame" | "agreed";

// The address of a step names workshop, role, tool, part and step; that of the actions no more than that.
const STEP = /#\/t(\/[^/]+){5}$|\/actions$/;

export class PhonePage extends BoardPage {
  async join(name: string): Promise<void> {
    await this.page.getByTestId("join-name").fill(name);
    await this.page.getByTestId("join-go").click();
    await this.hasJoined();
  }

  async joinWithoutName(): Promise<void> {
    await this.page.getByTestId("join-anonymous").check();
    await this.page.getByTestId("join-go").click();
    await this.hasJoined();
  }

  async hasJoined(): Promise<void> {
    await expect(this.page.getByTestId("join-go")).toHaveCount(0);
    await expect(this.page.getByTestId("sync")).toBeVisible();
  }

  // Opens one of the tools' steps from the overview; the first one of this name.
  async open(step: Step | (string & {})): Promise<void> {
    await this.openOverview();
    const link = this.page.getByTestId(`step-${step}`).first();
    // A part with several steps is folded where there are other parts. Some kinds come a moment after the overview.
    await expect(link).toBeAttached();
    if (!(await link.isVisible())) await this.page.getByTestId("part").filter({ has: link }).locator("summary").click();
    await link.click();
    await this.page.waitForURL(new RegExp(`/${step}$`));
  }

  // Goes back, question by question, to where all of them stand.
  async openOverview(): Promise<void> {
    while (STEP.test(this.page.url())) {
      const before = this.page.url();
      await this.page.getByTestId("back").click();
      await this.page.waitForURL((now) => now.href !== before);
    }
    await expect(this.page.locator("[data-test^=tool-card-]").first()).toBeVisible();
  }

  // Opens the only workshop of this device from the front page.
  async openOwnWorkshop(): Promise<void> {
    await this.page.getByTestId("workshop").click();
    await this.hasJoined();
  }

  level(level: number): Locator {
    return this.page.getByTestId(`level-${level}`);
  }

  // Stands on a level of the question that is open.
  async place(level: number): Promise<void> {
    await this.level(level).click();
    await this.standsOn(level);
  }

  async standsOn(level: number): Promise<void> {
    await expect(this.level(level)).toHaveAttribute("aria-checked", "true");
  }

  async standsNowhere(): Promise<void> {
    await expect(this.page.locator("[data-test^=level-][aria-checked=true]")).toHaveCount(0);
  }

  // How many people the open question shows on a level, oneself among them.
  async seesPeople(level: number, people: number): Promise<void> {
    const words = people === 1 ? "Én har valgt det" : `${people} har valgt det`;
    await expect(this.level(level)).toHaveAccessibleName(people ? new RegExp(`${words}$`) : /(?<!har valgt det)$/);
  }

  async openWriter(): Promise<Locator> {
    await this.page.locator("[data-test=add-note], [data-test=add-example]").click();
    const draft = this.page.getByTestId("note-draft");
    await expect(draft).toBeVisible();
    return draft;
  }

  // Writes a note to the open question, and puts it on the board.
  async write(text: string): Promise<void> {
    const draft = await this.openWriter();
    await draft.fill(text);
    await this.page.getByTestId("note-add").click();
    await expect(this.page.getByTestId("note-sheet")).toBeHidden();
    await this.seesNote(text);
  }

  // Puts somebody beside the phone on the board, and writes for them from now on.
  async addCompanion(name: string): Promise<void> {
    const sheet = await this.openPeople();
    await sheet.getByTestId("companion-name").fill(name);
    await sheet.getByTestId("companion-add").click();
    await expect(sheet).toBeHidden();
    await this.writesFor(name);
  }

  // Writes for another of this phone's people from now on.
  async switchTo(name: string): Promise<void> {
    const sheet = await this.openPeople();
    await sheet.getByTestId("own-person").filter({ hasText: name }).click();
    await expect(sheet).toBeHidden();
    await this.writesFor(name);
  }

  async writesFor(name: string): Promise<void> {
    await expect(this.page.getByText(`Du skriver for ${name}`, { exact: true })).toBeVisible();
  }

  async openPeople(): Promise<Locator> {
    await this.openOverview();
    await this.page.getByTestId("people").click();
    const sheet = this.page.getByTestId("people-sheet");
    await expect(sheet).toBeVisible();
    return sheet;
  }

  // The time frame's words: a field that everyone writes in.
  get timeWords(): Locator {
    return this.page.getByTestId("time-words");
  }
}
