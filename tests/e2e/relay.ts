// The real relay as a process: started on a free port, killed, stopped, wiped.

import { spawn, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { createInterface } from "node:readline";
import { target } from "./browser.ts";

export const BINARY = process.env.DIALOGTAVLE_BIN ?? path.join(target, "debug/dialogtavle");

// How long a start or a stop may take; a relay that needs longer has hung.
const PATIENCE_MS = 10_000;

export class Relay {
  // Everything it wrote to stderr, for the report of a test that failed.
  log = "";
  #process: ChildProcess | undefined;
  #port = 0;

  private constructor(
    readonly data: string,
    readonly flags: string[],
  ) {
    process.once("exit", this.#killNow);
  }

  static async start(...flags: string[]): Promise<Relay> {
    const relay = new Relay(await mkdtemp(path.join(tmpdir(), "dialogtavle-")), flags);
    await relay.start();
    return relay;
  }

  get port(): number {
    return this.#port;
  }

  get origin(): string {
    return `http://127.0.0.1:${this.#port}`;
  }

  // Starts it; after the first time at the port it had, so that browsers find it again.
  async start(): Promise<void> {
    const listen = ["--listen", `127.0.0.1:${this.#port}`, "--data", this.data];
    const child = spawn(BINARY, ["serve", ...listen, ...this.flags], { stdio: ["ignore", "pipe", "pipe"] });
    this.#process = child;
    child.stderr.on("data", (bytes: Buffer) => (this.log += bytes));
    const failed = once(child, "error").then(([error]) => Promise.reject(new Error(`cannot start ${BINARY}: ${error}`)));
    const ended = once(child, "exit").then(() => Promise.reject(new Error(`the relay ended before it listened\n${this.log}`)));
    const late = AbortSignal.timeout(PATIENCE_MS);
    const listening = new Promise<number>((resolve, reject) => {
      late.onabort = () => reject(new Error(`the relay did not listen within ${PATIENCE_MS} ms\n${this.log}`));
      createInterface(child.stdout).on("line", (line) => {
        const port = /^listening on http:\/\/[^ ]+:(\d+)$/.exec(line)?.[1];
        if (port) resolve(Number(port));
      });
    });
    // Whichever comes first settles it; the others may still be refused later, which says nothing any more.
    for (const outcome of [failed, ended, listening]) outcome.catch(() => {});
    this.#port = await Promise.race([listening, failed, ended]);
  }

  // SIGKILL: no chance to flush anything.
  async kill(): Promise<void> {
    await this.#end("SIGKILL");
  }

  // SIGTERM: it must leave by itself, in good order.
  async stop(): Promise<void> {
    const code = await this.#end("SIGTERM");
    if (code !== 0) throw new Error(`the relay ended with ${code} on SIGTERM\n${this.log}`);
  }

  async restart(): Promise<void> {
    await this.stop();
    await this.start();
  }

  // Loses everything it stored, as a machine that was replaced.
  async wipe(): Promise<void> {
    await this.kill();
    await rm(this.data, { recursive: true });
    await this.start();
  }

  // Ends it for good and removes what it stored.
  async close(): Promise<void> {
    await this.kill();
    process.off("exit", this.#killNow);
    await rm(this.data, { recursive: true, force: true });
  }

  async #end(signal: NodeJS.Signals): Promise<number | null> {
    const child = this.#process;
    if (!child || child.exitCode !== null || child.signalCode !== null) return null;
    const ended = once(child, "exit", { signal: AbortSignal.timeout(PATIENCE_MS) });
    child.kill(signal);
    const [code] = await ended;
    return code;
  }

  #killNow = (): void => {
    this.#process?.kill("SIGKILL");
  };
}
