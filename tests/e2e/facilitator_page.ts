// A facilitator's laptop.

import { expect } from "@playwright/test";
import { BoardPage, type Column } from "./board_page.ts";

export class FacilitatorPage extends BoardPage {
  // Sets the level that the group agreed on.
  async agree(column: Column, level: number): Promise<void> {
    await this.page.getByTestId(`agree-${column}-${level}`).click();
    await expect(this.page.getByTestId(`agree-${column}-${level}`)).toHaveAttribute("aria-checked", "true");
  }

  // Chooses one of two values that met.
  async settle(column: Column, level: number): Promise<void> {
    await this.page.getByTestId(`settle-${column}-${level}`).click();
    await this.seesAgreed(column, level);
  }
}
