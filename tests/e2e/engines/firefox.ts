// Firefox, driven over WebDriver BiDi.

import { mkdtemp, readdir, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import puppeteer, { type Browser, type Page } from "puppeteer-core";
import type { Engine } from "./engine.ts";

const BINARY = process.env.DIALOGTAVLE_FIREFOX ?? "/usr/bin/firefox-esr";
const PATIENCE_MS = 10_000;

export class Firefox implements Engine {
  readonly name = "Firefox";
  #browser: Browser | undefined;
  #page: Page | undefined;

  private constructor(readonly profile: string) {}

  static async make(): Promise<Firefox> {
    return new Firefox(await mkdtemp(path.join(tmpdir(), "dialogtavle-firefox-")));
  }

  async start(): Promise<void> {
    this.#browser = await puppeteer.launch({
      browser: "firefox",
      executablePath: BINARY,
      headless: true,
      userDataDir: this.profile,
    });
    this.#page = await this.#browser.newPage();
  }

  async kill(): Promise<void> {
    const process = this.#browser?.process();
    this.#browser = undefined;
    if (!process || process.exitCode !== null || process.signalCode !== null) return;
    const gone = new Promise((resolve) => process.once("exit", resolve));
    process.kill("SIGKILL");
    await gone;
    await this.#isTidied();
  }

  async goto(url: string): Promise<void> {
    await this.#open().goto(url);
  }

  async reload(): Promise<void> {
    await this.#open().reload();
  }

  async run<T>(body: string, ...values: unknown[]): Promise<T> {
    const call = `return (function () { ${body} }).apply(null, ${JSON.stringify(values)})`;
    return (await this.#open().evaluate(`(() => { ${call} })()`)) as T;
  }

  async click(selector: string): Promise<void> {
    await this.#open().locator(selector).click();
  }

  async type(selector: string, text: string): Promise<void> {
    await this.#open().locator(selector).click();
    await this.#open().keyboard.type(text);
  }

  async remove(): Promise<void> {
    await this.kill();
    await rm(this.profile, { recursive: true, force: true, maxRetries: 10 });
  }

  // Puppeteer has put the settings back that it found in the profile; a start in the middle of that would fail.
  async #isTidied(): Promise<void> {
    const end = performance.now() + PATIENCE_MS;
    while ((await readdir(this.profile)).some((file) => file.endsWith(".puppeteer"))) {
      if (performance.now() > end) throw new Error(`the settings in ${this.profile} were not put back`);
      await new Promise((resolve) => setTimeout(resolve, 10));
    }
  }

  #open(): Page {
    if (!this.#page) throw new Error("Firefox is not started");
    return this.#page;
  }
}
