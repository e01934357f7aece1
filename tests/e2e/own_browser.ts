// A browser with a profile on disk, which can be closed or killed and opened again with all that it stored.

import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { chromium, type BrowserContext, type BrowserContextOptions } from "@playwright/test";
import { launchOptions } from "./browser.ts";

export class OwnBrowser {
  #context: BrowserContext | undefined;

  private constructor(
    readonly profile: string,
    readonly options: BrowserContextOptions,
  ) {}

  static async make(options: BrowserContextOptions): Promise<OwnBrowser> {
    return new OwnBrowser(await mkdtemp(path.join(tmpdir(), "dialogtavle-profile-")), options);
  }

  async open(): Promise<BrowserContext> {
    this.#context = await chromium.launchPersistentContext(this.profile, { ...launchOptions, ...this.options });
    return this.#context;
  }

  // As a person closes it.
  async close(): Promise<void> {
    await this.#context?.close();
    this.#context = undefined;
  }

  // SIGKILL: no page hears of it, and nothing is flushed.
  async kill(): Promise<void> {
    const context = this.#context;
    const session = await context?.browser()?.newBrowserCDPSession();
    if (!context || !session) throw new Error("this browser is not open");
    const { processInfo } = await session.send("SystemInfo.getProcessInfo");
    const browser = processInfo.find(({ type }) => type === "browser");
    if (!browser) throw new Error("the browser does not tell its process");
    const closed = new Promise<void>((resolve) => void context.once("close", () => resolve()));
    process.kill(browser.id, "SIGKILL");
    await closed;
    this.#context = undefined;
  }

  // Closes it for good and removes what it stored.
  async remove(): Promise<void> {
    await this.close();
    // Its helpers may still be writing when the browser is gone.
    await rm(this.profile, { recursive: true, force: true, maxRetries: 10 });
  }
}
