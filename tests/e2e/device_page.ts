// What every screen of the app shares; the roles' own pages build on it.

import path from "node:path";
import { AxeBuilder } from "@axe-core/playwright";
import { expect, type BrowserContext, type Page } from "@playwright/test";
import { target } from "./browser.ts";

// A device's own browser: `open` gives a new context with everything that was stored.
export type Power = { open(): Promise<BrowserContext>; close(): Promise<void>; kill(): Promise<void> };

export class DevicePage {
  constructor(
    public context: BrowserContext,
    public page: Page,
    // The link that this device was given.
    readonly link: string,
    // How its browser is closed and opened again, if it has one of its own.
    readonly power?: Power,
  ) {}

  // Opens the link it was given, or another, and waits until the app has taken the page's place.
  async goto(link = this.link): Promise<void> {
    await this.page.goto(link);
    await this.isStarted();
  }

  async reload(): Promise<void> {
    await this.page.reload();
    await this.isStarted();
  }

  // Closes the tab and opens where it was in another, as one does who comes back to it later.
  async openAgain(): Promise<void> {
    const address = this.page.url();
    const before = this.page;
    this.page = await this.context.newPage();
    await before.close();
    await this.goto(address);
  }

  async isStarted(): Promise<void> {
    await expect(this.page.locator("html")).toHaveAttribute("data-started", "true");
  }

  // The app is on the device whole: from here on it opens without a network.
  async opensOffline(): Promise<void> {
    await expect(this.page.locator("html")).toHaveAttribute("data-offline", "ready");
  }

  // Does something without a network. Open sockets stay open and silent, as on a phone.
  async offline<T>(work: () => Promise<T>): Promise<T> {
    await this.context.setOffline(true);
    try {
      return await work();
    } finally {
      await this.context.setOffline(false);
    }
  }

  // Keeps a picture under target/e2e/pictures, to be looked at.
  async screenshot(name: string): Promise<void> {
    await this.page.screenshot({ path: path.join(target, `e2e/pictures/${name}.png`) });
  }

  // Closes the browser as a person does. Only for a device with `ownBrowser`.
  async closeBrowser(): Promise<void> {
    await this.#power().close();
  }

  // Kills the browser: nothing hears of it, and nothing is flushed. Only for a device with `ownBrowser`.
  async killBrowser(): Promise<void> {
    await this.#power().kill();
  }

  // Opens the browser again, and the app from its front page, as from the home screen.
  async openBrowser({ offline = false } = {}): Promise<void> {
    this.context = await this.#power().open();
    await this.context.setOffline(offline);
    this.page = this.context.pages()[0] ?? (await this.context.newPage());
    await this.goto(new URL("/", this.link).href);
  }

  #power(): Power {
    if (!this.power) throw new Error("this device shares a browser; seat it with `ownBrowser: true`");
    return this.power;
  }

  // Everything has come to rest. A frame is drawn first: what has just come near enough to be drawn only moves
  // from then on, and what is skipped for being far off the screen does not move at all.
  async isStill(): Promise<void> {
    await this.page.evaluate(async () => {
      const frame = (): Promise<unknown> => new Promise(requestAnimationFrame);
      const isMoving = ({ effect, playState }: Animation): boolean =>
        playState === "running" && !!(effect as KeyframeEffect | null)?.target?.checkVisibility({ contentVisibilityAuto: true });
      await frame();
      do await frame();
      while (document.getAnimations().some(isMoving));
    });
  }

  // Nothing that axe-core objects to. Without motion from here on: what fades in while it is looked at has
  // another contrast, and looking at it takes long enough for more to come into sight.
  async axe(): Promise<void> {
    await this.page.emulateMedia({ reducedMotion: "reduce" });
    await this.isStill();
    const { violations } = await new AxeBuilder({ page: this.page }).analyze();
    const found = violations.map(({ id, help, nodes }) => `${id}: ${help}: ${nodes.map(({ html }) => html).join(" ")}`);
    expect(found).toEqual([]);
  }
}
