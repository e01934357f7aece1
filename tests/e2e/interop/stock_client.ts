// Stock automerge-repo of either major version, as one kind of client: what differs between them is here.

import * as two from "@automerge/automerge-repo";
import { WebSocketClientAdapter } from "@automerge/automerge-repo-network-websocket";
import * as one from "automerge-repo-1";
import { BrowserWebSocketClientAdapter } from "automerge-repo-network-websocket-1";

// How long anything may take; a bound, and no guess.
const PATIENCE_MS = 20_000;
// How soon a client dials again.
const RETRY_MS = 200;

export type List = { items: string[] };

type Handle = one.DocHandle<List> | two.DocHandle<List>;

// A document as one client has it.
export class SharedList {
  constructor(
    readonly handle: Handle,
    readonly read: () => List | undefined,
  ) {}

  get url(): string {
    return this.handle.url;
  }

  get items(): string[] {
    return [...(this.read()?.items ?? [])];
  }

  add(item: string): void {
    this.handle.change((list: List) => void list.items.push(item));
  }

  say(message: unknown): void {
    this.handle.broadcast(message);
  }

  // What the others say next.
  hears(): Promise<unknown> {
    return new Promise((resolve, reject) => {
      const late = setTimeout(() => reject(new Error(`heard nothing for ${PATIENCE_MS} ms`)), PATIENCE_MS);
      (this.handle as two.DocHandle<List>).once("ephemeral-message", ({ message }) => {
        clearTimeout(late);
        resolve(message);
      });
    });
  }

  async has(...items: string[]): Promise<void> {
    const holds = (): boolean => items.every((item) => this.items.includes(item));
    const handle = this.handle as two.DocHandle<List>;
    await new Promise<void>((resolve, reject) => {
      const end = (error?: Error): void => {
        clearTimeout(late);
        handle.off("change", look);
        if (error) reject(error);
        else resolve();
      };
      const look = (): void => void (holds() && end());
      const late = setTimeout(() => end(new Error(`no ${items.join()} within ${PATIENCE_MS} ms; ${this.items.length} items`)), PATIENCE_MS);
      handle.on("change", look);
      look();
    });
  }
}

export abstract class StockClient {
  // Dials, and dials again whenever the line is lost.
  abstract dial(address: string): void;
  abstract create(): SharedList;
  abstract find(url: string): Promise<SharedList>;
  abstract close(): Promise<void>;
}

class Current extends StockClient {
  readonly #repo: two.Repo;

  constructor(peer?: string) {
    super();
    this.#repo = new two.Repo({ network: [], ...(peer ? { peerId: peer as two.PeerId } : {}) });
  }

  dial(address: string): void {
    this.#repo.networkSubsystem.addNetworkAdapter(new Line(address, RETRY_MS));
  }

  create(): SharedList {
    const handle = this.#repo.create<List>({ items: [] });
    return new SharedList(handle, () => handle.doc());
  }

  async find(url: string): Promise<SharedList> {
    // Until somebody has brought it, it is unavailable.
    const signal = AbortSignal.timeout(PATIENCE_MS);
    const handle = await this.#repo.find<List>(url as two.AutomergeUrl, { signal, allowableStates: ["ready", "unavailable"] });
    await handle.whenReady(["ready"], { signal });
    return new SharedList(handle, () => handle.doc());
  }

  async close(): Promise<void> {
    await this.#repo.shutdown();
  }
}

// In Node the adapters throw when a line is reset, which a browser would not tell them; they dial again either way.
class Line extends WebSocketClientAdapter {
  override onError = (): void => {};
}

class OldLine extends BrowserWebSocketClientAdapter {
  override onError = (): void => {};
}

class Previous extends StockClient {
  readonly #repo: one.Repo;
  readonly #lines: BrowserWebSocketClientAdapter[] = [];

  constructor(peer?: string) {
    super();
    this.#repo = new one.Repo({ network: [], ...(peer ? { peerId: peer as one.PeerId } : {}) });
  }

  dial(address: string): void {
    const line = new OldLine(address, RETRY_MS);
    this.#lines.push(line);
    this.#repo.networkSubsystem.addNetworkAdapter(line);
  }

  create(): SharedList {
    const handle = this.#repo.create<List>({ items: [] });
    return new SharedList(handle, () => handle.docSync());
  }

  async find(url: string): Promise<SharedList> {
    const handle = this.#repo.find<List>(url as one.AutomergeUrl);
    await handle.whenReady();
    return new SharedList(handle, () => handle.docSync());
  }

  async close(): Promise<void> {
    for (const line of this.#lines) line.disconnect();
  }
}

export const MAJORS: Record<string, new (peer?: string) => StockClient> = {
  "automerge-repo 2": Current,
  "automerge-repo 1": Previous,
};
