// WebKitGTK, driven over WebDriver: Safari's engine, not Safari.
//
// `keeps_profile.py` is the browser: the one that the driver brings forgets everything when it ends.

import { spawn, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { createServer, type AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import path from "node:path";
import type { Engine } from "./engine.ts";

const DRIVER = process.env.DIALOGTAVLE_WEBKIT ?? "/usr/bin/WebKitWebDriver";
const BROWSER = path.join(import.meta.dirname, "keeps_profile.py");
// WebDriver's name for the key of an element in its answers.
const ELEMENT = "element-6066-11e4-a52e-4f735466cecf";
// A session that is not there by then will not come.
const PATIENCE_MS = 20_000;

export class WebKit implements Engine {
  readonly name = "WebKit";
  #driver: ChildProcess | undefined;
  #session = "";

  private constructor(
    readonly profile: string,
    readonly screen: Screen,
  ) {}

  static async make(): Promise<WebKit> {
    return new WebKit(await mkdtemp(path.join(tmpdir(), "dialogtavle-webkit-")), await Screen.make());
  }

  async start(): Promise<void> {
    const port = await freePort();
    // The driver starts a program without arguments of our own; the profile's path stands in a script of its own.
    const binary = path.join(this.profile, "browser.sh");
    await writeFile(binary, `#!/bin/sh\nexec "${BROWSER}" "${this.profile}" "$@"\n`, { mode: 0o755 });
    const env = { ...process.env, DISPLAY: this.screen.display };
    // In a process group of its own, so that the driver and the browser end together.
    this.#driver = spawn(DRIVER, [`--port=${port}`, "--host=127.0.0.1"], { detached: true, stdio: "ignore", env });
    await answers(`http://127.0.0.1:${port}/status`);
    const base = `http://127.0.0.1:${port}/session`;
    const capabilities = { alwaysMatch: { "webkitgtk:browserOptions": { binary, args: [] } } };
    const { sessionId } = await ask<{ sessionId: string }>("POST", base, { capabilities });
    this.#session = `${base}/${sessionId}`;
  }

  async kill(): Promise<void> {
    const driver = this.#driver;
    this.#driver = undefined;
    if (!driver?.pid || driver.exitCode !== null) return;
    const gone = once(driver, "exit");
    process.kill(-driver.pid, "SIGKILL");
    await gone;
  }

  async goto(url: string): Promise<void> {
    await ask("POST", `${this.#session}/url`, { url });
  }

  async reload(): Promise<void> {
    await ask("POST", `${this.#session}/refresh`, {});
  }

  async run<T>(body: string, ...values: unknown[]): Promise<T> {
    return ask<T>("POST", `${this.#session}/execute/sync`, { script: body, args: values });
  }

  async click(selector: string): Promise<void> {
    const end = performance.now() + PATIENCE_MS;
    for (;;) {
      try {
        const element = await this.#find(selector);
        await this.#isStill(selector);
        await ask("POST", `${this.#session}/element/${element}/click`, {});
        return;
      } catch (error) {
        // An element that is being replaced cannot be clicked; the next one can, as the other drivers see to themselves.
        if (!(error instanceof Refused && error.isOfElement) || performance.now() > end) throw error;
      }
    }
  }

  async type(selector: string, text: string): Promise<void> {
    await ask("POST", `${this.#session}/element/${await this.#find(selector)}/value`, { text });
  }

  async remove(): Promise<void> {
    await this.kill();
    await this.screen.close();
    await rm(this.profile, { recursive: true, force: true, maxRetries: 10 });
  }

  // What moves, as a sheet that rises, is not where it was when the click comes.
  async #isStill(selector: string): Promise<void> {
    const script = `
      const [selector, done] = arguments;
      const place = () => JSON.stringify(document.querySelector(selector)?.getBoundingClientRect());
      const look = (before) => requestAnimationFrame(() => (place() === before ? done() : look(place())));
      look("");`;
    await ask("POST", `${this.#session}/execute/async`, { script, args: [selector] });
  }

  async #find(selector: string): Promise<string> {
    const body = { using: "css selector", value: selector };
    const found = await ask<Record<string, string>>("POST", `${this.#session}/element`, body);
    return found[ELEMENT] ?? "";
  }
}

// A screen that nobody sees.
class Screen {
  private constructor(
    readonly server: ChildProcess,
    readonly display: string,
  ) {}

  static async make(): Promise<Screen> {
    // It picks a free number, and writes it to its fourth file.
    const arguments_ = ["-displayfd", "3", "-screen", "0", "1280x1024x24", "-nolisten", "tcp"];
    const server = spawn("Xvfb", arguments_, { stdio: ["ignore", "ignore", "ignore", "pipe"] });
    const numbers = server.stdio[3];
    if (!numbers) throw new Error("Xvfb tells no number");
    const [number] = await once(numbers, "data", { signal: AbortSignal.timeout(PATIENCE_MS) });
    return new Screen(server, `:${String(number).trim()}`);
  }

  async close(): Promise<void> {
    const gone = once(this.server, "exit");
    this.server.kill();
    await gone;
  }
}

// What the driver answers when it does not do what it was asked.
class Refused extends Error {
  constructor(command: string, readonly code = "", message = "") {
    super(`WebKit: ${command}: ${code}: ${message}`);
  }

  get isOfElement(): boolean {
    return ["no such element", "stale element reference", "element not interactable"].includes(this.code);
  }
}

async function ask<T>(method: string, url: string, body: unknown): Promise<T> {
  const response = await fetch(url, { method, body: JSON.stringify(body), signal: AbortSignal.timeout(PATIENCE_MS) });
  const { value } = (await response.json()) as { value: T & { error?: string; message?: string } };
  if (!response.ok) throw new Refused(String(url.split("/").pop()), value.error, value.message);
  return value;
}

async function answers(url: string): Promise<void> {
  const end = performance.now() + PATIENCE_MS;
  while (performance.now() < end) {
    if (await fetch(url).then((response) => response.ok, () => false)) return;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  throw new Error(`nothing answered at ${url}`);
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, "close");
  return port;
}
