// An ear on the line between a browser and the relay: it hears every byte that leaves the browser, whoever sends it there:
// the page, its service worker, a beacon on leaving.

import { once } from "node:events";
import { connect, createServer, type AddressInfo, type Server, type Socket } from "node:net";
import { inflateRawSync } from "node:zlib";

const HEAD_END = Buffer.from("\r\n\r\n");
const UPGRADE = /^GET [^]*\r\nupgrade: websocket\r\n/i;
// Less than any words that are listened for, as they are stored or written.
const LEAST = 12;

export class Ear {
  #server: Server;
  #sockets = new Set<Socket>();
  // What each connection carried up, byte for byte.
  #heard: Buffer[][] = [];

  private constructor(relayPort: () => number) {
    this.#server = createServer((browser) => {
      const relay = connect(relayPort(), "127.0.0.1");
      const heard: Buffer[] = [];
      this.#heard.push(heard);
      browser.on("data", (bytes: Buffer) => heard.push(Buffer.from(bytes)));
      for (const socket of [browser, relay]) {
        this.#sockets.add(socket);
        socket.on("error", () => socket.destroy());
        socket.on("close", () => this.#sockets.delete(socket));
      }
      browser.pipe(relay).pipe(browser);
    });
  }

  static async on(relayPort: () => number): Promise<Ear> {
    const ear = new Ear(relayPort);
    ear.#server.listen(0, "127.0.0.1");
    await once(ear.#server, "listening");
    return ear;
  }

  get origin(): string {
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
  }

  // Which of these words left the browser: as they are, in a message of a websocket, or compressed within either.
  hears(...words: string[]): string[] {
    const said = this.#said();
    const all = [...said, ...said.flatMap(inflated)];
    return words.filter((one) => {
      const forms = formsOf(one);
      return all.some((bytes) => forms.some((form) => bytes.includes(form)));
    });
  }

  // Whoever only fetches has sent nothing: no websocket was asked for, and nothing but GET and HEAD.
  get onlyFetches(): boolean {
    const heads = this.#said().map((bytes) => bytes.subarray(0, Math.max(bytes.indexOf(HEAD_END) + 2, 0)).toString("latin1"));
    return heads.every((head) => /^(GET|HEAD) [^]*/.test(head) && !UPGRADE.test(head));
  }

  async close(): Promise<void> {
    for (const socket of this.#sockets) socket.destroy();
    this.#server.close();
    await once(this.#server, "close");
  }

  // Requests as they stand, and every message of every websocket, unmasked.
  #said(): Buffer[] {
    return this.#heard.flatMap((pieces) => {
      const bytes = Buffer.concat(pieces);
      const head = bytes.indexOf(HEAD_END);
      const isSocket = head >= 0 && UPGRADE.test(bytes.subarray(0, head + 2).toString("latin1"));
      return isSocket ? [bytes.subarray(0, head), ...messages(bytes.subarray(head + HEAD_END.length))] : requests(bytes);
    });
  }
}

// The requests on one connection, each from its head on.
function requests(bytes: Buffer): Buffer[] {
  const starts = [...bytes.toString("latin1").matchAll(/(?:GET|HEAD|POST|PUT|DELETE) [^ ]+ HTTP\/1\.1\r\n/g)].map(({ index }) => index);
  return starts.map((start, which) => bytes.subarray(start, starts[which + 1] ?? bytes.length));
}

// The messages in what a browser sent on a websocket (RFC 6455, section 5.2); one that is not whole yet is left out.
function messages(bytes: Buffer): Buffer[] {
  const found: Buffer[] = [];
  let parts: Buffer[] = [];
  for (let at = 0; at + 2 <= bytes.length; ) {
    const [first, second] = [bytes.readUInt8(at), bytes.readUInt8(at + 1)];
    const short = second & 0x7f;
    const extra = short === 126 ? 2 : short === 127 ? 8 : 0;
    const start = at + 2 + extra + 4;
    if (start > bytes.length) break;
    const length = extra === 2 ? bytes.readUInt16BE(at + 2) : extra === 8 ? Number(bytes.readBigUInt64BE(at + 2)) : short;
    if (start + length > bytes.length) break;
    if (!(second & 0x80)) throw new Error("a browser masks what it sends");
    const mask = bytes.subarray(start - 4, start);
    parts.push(Buffer.from(bytes.subarray(start, start + length).map((byte, index) => byte ^ mask.readUInt8(index % 4))));
    if (first & 0x80) {
      found.push(Buffer.concat(parts));
      parts = [];
    }
    at = start + length;
  }
  return found;
}

// Whatever unpacks from any place within: Automerge deflates long columns and changes. A request's head is plain.
function inflated(bytes: Buffer): Buffer[] {
  const found: Buffer[] = [];
  const head = /^[A-Z]+ [^ ]+ HTTP\//.test(bytes.subarray(0, 200).toString("latin1")) ? bytes.indexOf(HEAD_END) : 0;
  if (head < 0) return found;
  for (let at = head; at < bytes.length; at++) {
    try {
      const plain = inflateRawSync(bytes.subarray(at), { maxOutputLength: 1 << 20 });
      if (plain.length >= LEAST) found.push(plain);
    } catch {
      // Nothing is packed here.
    }
  }
  return found;
}

// How words may be written.
function formsOf(words: string): Buffer[] {
  const plain = [Buffer.from(words, "utf8"), Buffer.from(words, "utf16le"), Buffer.from(encodeURIComponent(words))];
  return [...plain, ...[0, 1, 2].map((offset) => insideBase64(words, offset))];
}

// The words as they stand in the middle of base64 that began `offset` bytes before them.
function insideBase64(words: string, offset: number): Buffer {
  const bytes = Buffer.concat([Buffer.alloc(offset), Buffer.from(words, "utf8")]);
  const whole = bytes.toString("base64");
  return Buffer.from(whole.slice(Math.ceil((offset * 8) / 6), Math.floor((bytes.length * 8) / 6)));
}
