// What phones and facilitators' laptops share: the sync word with its sheet, sheets, and undo.

import { expect, type Locator } from "@playwright/test";
import { DevicePage } from "./device_page.ts";

// A silent line is noticed within 10 s; words follow at once.
const NOTICED_MS = 15_000;

// How many things that were done here have come how far.
export type Delivery = { onDevice?: number; sent?: number; received?: number };

export type Column = "now" | "ambition";

export class BoardPage extends DevicePage {
  // The numbers behind the sync word, exactly, as soon as they are so.
  async seesDelivery(delivery: Delivery): Promise<void> {
    const sheet = await this.openSyncSheet();
    const rows = { "count-on-device": delivery.onDevice, "count-sent": delivery.sent, "count-received": delivery.received };
    for (const [row, count] of Object.entries(rows)) {
      if (count !== undefined) await expect(sheet.getByTestId(row), row).toHaveText(String(count), { timeout: NOTICED_MS });
    }
    await this.closeSheet(sheet);
  }

  // The word in the corner: how everything stands.
  async seesSyncWord(word: string | RegExp): Promise<void> {
    await expect(this.page.getByTestId("sync")).toHaveText(word, { timeout: NOTICED_MS });
  }

  // Everything that was done here is received by the board.
  async everythingIsReceived(): Promise<void> {
    await this.seesSyncWord("Modtaget");
  }

  async openSyncSheet(): Promise<Locator> {
    await this.page.getByTestId("sync").click();
    const sheet = this.page.getByTestId("sync-sheet");
    await expect(sheet).toBeVisible();
    return sheet;
  }

  // Presses 'Prøv nu', unless the line came back by itself and took the button away.
  async tryNow(): Promise<void> {
    const sheet = await this.openSyncSheet();
    await sheet.getByTestId("try-now").evaluateAll((buttons) => buttons.forEach((button) => (button as HTMLElement).click()));
    await this.closeSheet(sheet);
  }

  // Whether the sheet says that the line is the slower one.
  async seesSlowerLine(isSlower: boolean): Promise<void> {
    const sheet = await this.openSyncSheet();
    const words = isSlower ? ["Langsommere linje. Alt kommer frem, bare lidt senere."] : [];
    await expect(sheet.getByTestId("slower-line")).toHaveText(words, { timeout: NOTICED_MS });
    await this.closeSheet(sheet);
  }

  // The device is in another network, and its browser says so.
  async changesNetwork(): Promise<void> {
    await this.page.evaluate(() => dispatchEvent(new Event("online")));
  }

  async closeSheet(sheet: Locator): Promise<void> {
    await sheet.getByTestId("sheet-close").click();
    await expect(sheet).toBeHidden();
  }

  // A note that stands on this screen.
  note(text: string): Locator {
    return this.page.getByTestId("note").filter({ hasText: text });
  }

  async seesNote(text: string): Promise<void> {
    await expect(this.note(text)).toBeVisible();
  }

  async seesNoNote(text: string): Promise<void> {
    await expect(this.note(text)).toHaveCount(0);
  }

  async openNote(text: string): Promise<Locator> {
    await this.note(text).getByTestId("note-edit").click();
    const field = this.page.getByTestId("note-text");
    await expect(field).toBeVisible();
    return field;
  }

  async doneWithNote(): Promise<void> {
    await this.page.getByTestId("note-done").click();
    await expect(this.page.getByTestId("note-editor")).toBeHidden();
  }

  async seesAgreed(column: Column, level: number): Promise<void> {
    await expect(this.page.getByTestId(`agreed-${column}-${level}`)).toBeVisible();
    await expect(this.page.getByTestId(`settle-${column}`)).toHaveCount(0);
  }

  // Levels that were agreed on while apart, and wait for someone to settle them: all of them, side by side.
  async seesMet(column: Column, ...levels: number[]): Promise<void> {
    await expect(this.page.locator(`[data-test^="settle-${column}-"]`)).toHaveCount(levels.length);
    for (const level of levels) await expect(this.page.getByTestId(`settle-${column}-${level}`)).toBeVisible();
  }
}
