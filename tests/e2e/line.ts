// The line between a browser and the relay: a small TCP proxy that can be cut, fall silent, or be slow in either direction.

import { once } from "node:events";
import { connect, createServer, type AddressInfo, type Server, type Socket } from "node:net";

type State = "open" | "silent" | "cut";

// Milliseconds that each direction takes longer: `up` from browser to relay, `down` back.
export type Delay = { up?: number; down?: number };

export class Line {
  #state: State = "open";
  #delay: Required<Delay> = { up: 0, down: 0 };
  #sockets = new Set<Socket>();
  // What waits for a silent line to speak again.
  #waiting: (() => void)[] = [];
  #server: Server;

  private constructor(relayPort: () => number) {
    this.#server = createServer((browser) => this.#join(browser, relayPort()));
  }

  static async to(relayPort: () => number): Promise<Line> {
    const line = new Line(relayPort);
    line.#server.listen(0, "127.0.0.1");
    await once(line.#server, "listening");
    return line;
  }

  get origin(): string {
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
  }

  // Closes every connection and refuses new ones. The browser still believes that it is online.
  cut(): void {
    this.#state = "cut";
    for (const socket of this.#sockets) socket.resetAndDestroy();
  }

  // Leaves connections open and lets nothing through: what a phone meets in a lift.
  silence(): void {
    this.#state = "silent";
  }

  restore(): void {
    this.#state = "open";
    for (const go of this.#waiting.splice(0)) go();
  }

  delay(delay: Delay): void {
    this.#delay = { up: 0, down: 0, ...delay };
  }

  async close(): Promise<void> {
    this.cut();
    this.#server.close();
    await once(this.#server, "close");
  }

  #join(browser: Socket, port: number): void {
    this.#sockets.add(browser);
    browser.on("close", () => this.#sockets.delete(browser));
    browser.on("error", () => browser.destroy());
    if (this.#state === "cut") {
      browser.resetAndDestroy();
      return;
    }
    const relay = connect(port, "127.0.0.1");
    this.#sockets.add(relay);
    relay.on("close", () => this.#sockets.delete(relay));
    relay.on("error", () => browser.resetAndDestroy());
    this.#carry(browser, relay, "up");
    this.#carry(relay, browser, "down");
  }

  // One direction, in order, whatever the delay becomes on the way.
  #carry(from: Socket, to: Socket, direction: keyof Delay): void {
    let before = Promise.resolve();
    const then = (deliver: () => void): void => {
      const due = performance.now() + this.#delay[direction];
      before = before.then(() => this.#until(due)).then(deliver);
    };
    from.on("data", (bytes) => then(() => void (to.writable && to.write(bytes))));
    from.on("end", () => then(() => void (to.writable && to.end())));
    from.on("close", () => then(() => void to.destroy()));
  }

  async #until(due: number): Promise<void> {
    const left = due - performance.now();
    if (left > 0) await new Promise<void>((resolve) => setTimeout(resolve, left));
    while (this.#state === "silent") await new Promise<void>((resolve) => this.#waiting.push(resolve));
  }
}
