// The large screen.

import { expect, type Locator } from "@playwright/test";
import type { Column } from "./board_page.ts";
import { DevicePage } from "./device_page.ts";

export class ProjectorPage extends DevicePage {
  level(column: Column, level: number): Locator {
    return this.page.getByTestId(`column-${column}-level-${level}`);
  }

  // How many people stand on a level.
  async seesPeople(column: Column, level: number, people: number): Promise<void> {
    await expect(this.level(column, level)).toHaveAttribute("data-count", String(people));
  }

  note(text: string): Locator {
    return this.page.getByTestId("projector-note").filter({ hasText: text });
  }

  async seesNote(text: string): Promise<void> {
    await expect(this.note(text)).toBeVisible();
  }

  async seesNoNote(text: string): Promise<void> {
    await expect(this.note(text)).toHaveCount(0);
  }

  // The level that is agreed on, or all levels that met and are not settled, from the lowest up.
  async seesAgreed(column: Column, ...levels: number[]): Promise<void> {
    await expect(this.page.getByTestId(`projector-agreed-${column}`)).toHaveText(levels.join(" / "));
  }

  // What it says while its line is gone.
  get away(): Locator {
    return this.page.getByTestId("projector-away");
  }

  // Nothing to press (but the keyboard's way past the head, which every page has), and nothing that hangs over the edge.
  async isForLookingAt(): Promise<void> {
    await expect(this.page.locator(":is(button, input, textarea, a[href]:not(.skip)):visible")).toHaveCount(0);
    const overflow = await this.page.evaluate(() => {
      const { scrollWidth, scrollHeight, clientWidth, clientHeight } = document.documentElement;
      return [scrollWidth - clientWidth, scrollHeight - clientHeight];
    });
    expect(overflow).toEqual([0, 0]);
  }
}
