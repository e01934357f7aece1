// A stock automerge-repo client, as a program of somebody else's would dial the relay.

import { EventEmitter, once } from "node:events";
import { generateAutomergeUrl, ImmutableString, Repo, type AutomergeUrl, type DocHandle } from "@automerge/automerge-repo";
import { WebSocketClientAdapter } from "@automerge/automerge-repo-network-websocket";
import * as Automerge from "@automerge/automerge";
import bs58 from "bs58";
import type { Workshop } from "./workshop.ts";

// The parts of the board that these tests read and write; shared/src/documents describes them all.
export type Board = {
  schema: number;
  people: Record<string, { name: string | ImmutableString; mark: number }>;
  marks: Record<string, number>;
  checks: Record<string, number>;
  rows: Record<string, unknown>;
  notes: Record<string, Note>;
};

export type Note = {
  place: string | ImmutableString;
  level?: number;
  author?: string | ImmutableString;
  at: number;
  order: string | ImmutableString;
  text: string;
};

export type Control = {
  schema: number;
  settings: Record<string, string | ImmutableString>;
  tools: Record<string, { order: string | ImmutableString; content: Uint8Array }>;
};

// The containers of the board, for whoever puts there what no app would.
export type Containers = Record<
  "people" | "marks" | "checks" | "supports" | "notes" | "rows" | "texts" | "registers" | "removals",
  Record<string, unknown>
>;

// How long a change may be on its way; a bound, and no guess.
const PATIENCE_MS = 10_000;

type FromClientMessage = Parameters<WebSocketClientAdapter["send"]>[0];

// The stock adapter, which says when it has sent something about a document.
export class WatchedLine extends WebSocketClientAdapter {
  readonly sent = new EventEmitter();

  override send(message: FromClientMessage): void {
    super.send(message);
    if ("documentId" in message && message.documentId) this.sent.emit(message.documentId);
  }
}

export class StockPeer {
  private constructor(
    readonly repo: Repo,
    readonly line: WatchedLine,
    readonly board: DocHandle<Board>,
    readonly control: DocHandle<Control>,
  ) {}

  static async dial(url: string, documents: Workshop["documents"]): Promise<StockPeer> {
    const line = new WatchedLine(url);
    const repo = new Repo({ network: [line] });
    const signal = AbortSignal.timeout(PATIENCE_MS);
    const [board, control] = await Promise.all([
      repo.find<Board>(documents.board as AutomergeUrl, { signal }),
      repo.find<Control>(documents.control as AutomergeUrl, { signal }),
    ]);
    return new StockPeer(repo, line, board, control);
  }

  // The first tool of the programme, by the random id of its entry.
  get tool(): string {
    const tools = Object.entries(this.control.doc().tools).sort(([, one], [, other]) => (String(one.order) < String(other.order) ? -1 : 1));
    return tools[0]?.[0] ?? "";
  }

  // Puts an example of level 3 on the board as the app would, whole and in one change.
  addExample(text: string): void {
    this.board.change((board) => this.#put(board, text));
  }

  #put(board: Board, text: string): void {
    const at = Date.now();
    const word = (value: string): ImmutableString => new ImmutableString(value);
    const order = word(`${at.toString(16).padStart(12, "0")}i`);
    board.notes[randomId()] = { place: word(`${this.tool}/support.now/all/all/all`), level: 3, at, order, text };
  }

  // Writes anything at all into the board, in one change, as no app would; and waits until the relay has heard of it.
  async scribble(write: (board: Containers & Record<string, unknown>) => void): Promise<void> {
    await this.isHeard(this.board, () => this.board.change((board) => write(board as unknown as Containers & Record<string, unknown>)));
  }

  // The id of a note on the board.
  noteId(text: string): string {
    const found = Object.entries(this.board.doc().notes).find(([, note]) => note.text === text);
    if (!found) throw new Error(`nobody wrote ${text}`);
    return found[0];
  }

  // The id of somebody on the board.
  person(name: string): string {
    const found = Object.entries(this.board.doc().people).find(([, person]) => String(person.name) === name);
    if (!found) throw new Error(`nobody is called ${name}`);
    return found[0];
  }

  // Raises the schema of both documents, as a facilitator's newer app would.
  migrate(schema: number): void {
    this.board.change((board) => {
      board.schema = schema;
    });
    this.control.change((control) => {
      control.schema = schema;
    });
  }

  // Writes the content of all tools anew, as an app does that knows another form of them.
  rewriteTools(content: Uint8Array): void {
    this.control.change((control) => {
      for (const tool of Object.values(control.tools)) tool.content = content;
    });
  }

  // Prepares so many heads for the board that it then takes only what comes after one of them: what a device writes
  // meanwhile elsewhere fits no more. Gives what puts them there.
  crowd(heads: number): () => void {
    const [genesis] = Automerge.getAllChanges(this.board.doc());
    if (!genesis) throw new Error("the board has no genesis");
    const aside = Array.from({ length: heads - 1 }, (_, number) => {
      const [begun] = Automerge.applyChanges(Automerge.init<Board>(), [genesis]);
      const change = Automerge.getLastLocalChange(Automerge.change(begun, (board) => void (board.marks[`noise ${number}`] = 1)));
      if (!change) throw new Error("nothing was changed");
      return change;
    });
    return () =>
      this.board.update((board) => {
        const after = Automerge.change(board, (board) => void (board.marks["noise"] = 1));
        return Automerge.applyChanges(after, aside)[0];
      });
  }

  // Sets one of control's settings.
  set(name: string, value: string): void {
    this.control.change((control) => {
      control.settings[name] = new ImmutableString(value);
    });
  }

  async sees(name: string, value: string): Promise<void> {
    await until(this.control, `${name} is ${value}`, () => String(this.control.doc().settings[name]) === value);
  }

  // Takes the place of whoever put `text` on the board, and makes their next change in their name.
  forge(text: string, forged: string): void {
    this.board.update((board) => {
      const note = Object.values(board.notes).find((note) => note.text === text);
      // An object's id ends in the actor that made it.
      const author = note && Automerge.getObjectId(note)?.split("@")[1];
      if (!author) throw new Error(`nobody wrote ${text}`);
      return Automerge.change(Automerge.clone(board, { actor: author }), (board) => this.#put(board, forged));
    });
  }

  // Writes, and waits until the relay has heard of it: frames of one line are heard in order, so what is asked after
  // the write is answered after it.
  async isHeard(document: Pick<DocHandle<unknown>, "documentId">, write: () => void): Promise<void> {
    const sent = once(this.line.sent, document.documentId, { signal: AbortSignal.timeout(PATIENCE_MS) });
    write();
    await sent;
    const nowhere = this.repo.find(generateAutomergeUrl(), { signal: AbortSignal.timeout(PATIENCE_MS) });
    const answer = await nowhere.then(() => "a document that nobody made", (error: unknown) => String(error));
    if (!answer.includes("unavailable")) throw new Error(`the relay did not answer: ${answer}`);
  }

  // The texts of all notes as this peer has them.
  notes(): string[] {
    return Object.values(this.board.doc().notes).map(({ text }) => text);
  }

  people(): string[] {
    return Object.values(this.board.doc().people).map(({ name }) => String(name));
  }

  async seesNote(text: string): Promise<void> {
    await until(this.board, `it has the note ${text}`, () => this.notes().includes(text));
  }

  async seesPerson(name: string): Promise<void> {
    await until(this.board, `it has the person ${name}`, () => this.people().includes(name));
  }

  async close(): Promise<void> {
    await this.repo.shutdown();
  }
}

// Waits for changes of a document until it holds.
export async function until<T>(handle: DocHandle<T>, what: string, holds: () => boolean): Promise<void> {
  if (holds()) return;
  await new Promise<void>((resolve, reject) => {
    const late = setTimeout(() => end(reject, new Error(`waited ${PATIENCE_MS} ms in vain until ${what}`)), PATIENCE_MS);
    const look = (): void => void (holds() && end(resolve));
    const end = <A extends unknown[]>(settle: (...values: A) => void, ...values: A): void => {
      clearTimeout(late);
      handle.off("change", look);
      settle(...values);
    };
    handle.on("change", look);
  });
}

// The id of an entry that nobody has made yet.
export function randomId(): string {
  return bs58.encode(crypto.getRandomValues(new Uint8Array(16)));
}
