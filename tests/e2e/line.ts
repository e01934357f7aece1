// The line between a browser and the relay: a small TCP proxy that can be cut, fall silent, be slow in either direction, or
// let no websocket through.

import { once } from "node:events";
import { connect, createServer, type AddressInfo, type Server, type Socket } from "node:net";

type State = "open" | "silent" | "cut";

// Milliseconds that each direction takes longer: `up` from browser to relay, `down` back.
export type Delay = { up?: number; down?: number };

// What a network does to websockets: it answers for the relay that there are none, or lets one open and then breaks it, or
// lets both sides join and then breaks it as soon as the browser says more.
export type Blocking = "refuses" | "breaks" | "breaks what has joined";

const UPGRADE = /^GET [^]*\r\nupgrade: websocket\r\n/i;
const REFUSAL = "HTTP/1.1 403 Forbidden\r\ncontent-length: 0\r\nconnection: close\r\n\r\n";

export class Line {
  #state: State = "open";
  #blocking: Blocking | undefined;
  // Open ones, with how often the browser has said something since it asked for one.
  #websockets = new Map<Socket, number>();
  #delay: Required<Delay> = { up: 0, down: 0 };
  #allowance: { direction: keyof Delay; bytes: number; cut: () => void } | undefined;
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

  // Is cut, as by `cut`, once so many more bytes have gone that way.
  cutAfter(direction: keyof Delay, bytes: number): Promise<void> {
    return new Promise((cut) => (this.#allowance = { direction, bytes, cut }));
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

  // Lets no websocket through from here on, nor any that is open. All else goes on.
  blockWebsockets(how: Blocking): void {
    this.#blocking = how;
    for (const socket of this.#websockets.keys()) socket.resetAndDestroy();
  }

  allowWebsockets(): void {
    this.#blocking = undefined;
  }

  async close(): Promise<void> {
    this.cut();
    this.#server.close();
    await once(this.#server, "close");
  }

  #join(browser: Socket, port: number): void {
    this.#sockets.add(browser);
    browser.on("close", () => {
      this.#sockets.delete(browser);
      this.#websockets.delete(browser);
    });
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
    from.on("data", (bytes) => {
      if (this.#isUsedUp(direction, bytes.length)) return;
      if (direction === "down" || this.#passes(from, bytes)) then(() => void (to.writable && to.write(bytes)));
    });
    from.on("end", () => then(() => void (to.writable && to.end())));
    from.on("close", () => then(() => void to.destroy()));
  }

  // Whether these bytes are more than the line was to carry; then it is cut.
  #isUsedUp(direction: keyof Delay, bytes: number): boolean {
    if (this.#allowance?.direction !== direction) return false;
    this.#allowance.bytes -= bytes;
    if (this.#allowance.bytes >= 0) return false;
    const { cut } = this.#allowance;
    this.#allowance = undefined;
    this.cut();
    cut();
    return true;
  }

  // Whether these bytes of a browser get through. A websocket has a connection of its own, which begins with asking for it.
  #passes(browser: Socket, bytes: Buffer): boolean {
    const said = this.#websockets.get(browser);
    if (said !== undefined) this.#websockets.set(browser, said + 1);
    else if (UPGRADE.test(bytes.toString("latin1"))) this.#websockets.set(browser, 0);
    if (!this.#blocking || !this.#websockets.has(browser)) return true;
    if (this.#blocking === "refuses") browser.end(REFUSAL);
    // What it says first is that it joins.
    else if (said === undefined || (this.#blocking === "breaks what has joined" && said === 0)) return true;
    else browser.resetAndDestroy();
    return false;
  }

  async #until(due: number): Promise<void> {
    const left = due - performance.now();
    if (left > 0) await new Promise<void>((resolve) => setTimeout(resolve, left));
    while (this.#state === "silent") await new Promise<void>((resolve) => this.#waiting.push(resolve));
  }
}
