// A board that is as long as a long workshop makes it: its history is made here, and reaches the relay by a stock
// client's own sync.

import * as Automerge from "@automerge/automerge";
import { ImmutableString } from "@automerge/automerge-repo";
import bs58 from "bs58";
import type { Hall } from "../hall.ts";
import type { Board, StockPeer } from "../stock_peer.ts";

const PEOPLE = 30;
// One in so many changes puts a new note on the board; the rest type in one of them, a letter each.
const LETTERS_A_NOTE = 70;
// What a person does before they hear of the others again.
const ROUND = 20;
// Changes that are sent at once: well within the relay's longest frame.
const PORTION = 1_000;
const SENTENCE = "Vi ringer til hinanden efter en hård vagt, og vi aftaler hvem der gør det. ";
// The questions of A1 that take notes, and whether a note belongs to a level.
const FIELDS: [string, boolean][] = [
  ["support.now", true],
  ["support.ambition", true],
  ["support.obstacles", false],
  ["support.signs", false],
];
const FIRST_NOTE_AT = Date.UTC(2026, 0, 5, 9);

type Doc = Automerge.Doc<Board>;

type Person = { id: string; doc: Doc; note: string };

// Thirty people who join, write notes letter by letter, and meet again every twenty changes.
class Group {
  made = 0;
  #board: Doc;
  #people: Person[];

  constructor(
    board: Doc,
    readonly tool: string,
  ) {
    this.#board = Automerge.clone(board, { actor: randomActor() });
    this.#people = Array.from({ length: PEOPLE }, () => ({ id: randomId(), doc: Automerge.clone(board, { actor: randomActor() }), note: "" }));
  }

  // Works on until this many changes were made, and gives those that are new.
  workUntil(changes: number): Automerge.Change[] {
    const before = Automerge.getHeads(this.#board);
    while (this.made < changes) this.#round(changes);
    return Automerge.getChangesSince(this.#board, before);
  }

  #round(changes: number): void {
    const isFirst = this.made === 0;
    for (const person of this.#people) {
      person.doc = Automerge.merge(person.doc, this.#board);
      if (isFirst) this.#join(person);
      for (let step = 0; step < ROUND && this.made < changes; step++) this.#write(person);
    }
    for (const { doc } of this.#people) this.#board = Automerge.merge(this.#board, doc);
  }

  #join(person: Person): void {
    const name = word(`Deltager ${this.#people.indexOf(person) + 1}`);
    this.#change(person, (board) => (board.people[person.id] = { name, mark: this.#people.indexOf(person) }));
  }

  // One letter more in one's own note; a new note when it is long enough.
  #write(person: Person): void {
    const length = person.doc.notes[person.note]?.text.length ?? LETTERS_A_NOTE;
    if (length >= LETTERS_A_NOTE) this.#begin(person);
    else this.#change(person, (board) => Automerge.splice(board, ["notes", person.note, "text"], length, 0, SENTENCE[length % SENTENCE.length]));
  }

  #begin(person: Person): void {
    person.note = randomId();
    const at = FIRST_NOTE_AT + this.made;
    const [field = "", hasLevel] = FIELDS[this.made % FIELDS.length] ?? [];
    const level = hasLevel ? { level: 1 + (this.made % 5) } : {};
    const place = word(`${this.tool}/${field}/all/all/all`);
    const order = word(`${at.toString(16).padStart(12, "0")}i`);
    const author = word(person.id);
    this.#change(person, (board) => (board.notes[person.note] = { place, ...level, author, at, order, text: SENTENCE.slice(0, 1) }));
  }

  #change(person: Person, edit: (board: Board) => void): void {
    person.doc = Automerge.change(person.doc, { time: 0 }, (board) => edit(board));
    this.made++;
  }
}

// Fills the hall's board, to one length after the other; the last note that stands on it says so.
export class LongBoard {
  #group: Group | undefined;

  private constructor(
    readonly hall: Hall,
    readonly peer: StockPeer,
  ) {}

  static async of(hall: Hall): Promise<LongBoard> {
    return new LongBoard(hall, await hall.stock("participant"));
  }

  // What the last note says when the board is this long: an obstacle, and an example of level 3.
  static last(changes: number): string {
    return `Tavlen er ${changes} ændringer lang`;
  }

  // The board is this many changes long, and the relay has them all. Gives the text of the newest example.
  async reach(changes: number): Promise<string> {
    const { peer } = this;
    const group = (this.#group ??= new Group(peer.board.doc() as Doc, peer.tool));
    const last = LongBoard.last(changes);
    while (group.made < changes) {
      // A portion at a time: a client that works for long without a word is taken for gone.
      const portion = group.workUntil(Math.min(changes, group.made + PORTION));
      await peer.isHeard(peer.board, () => peer.board.update((board) => Automerge.applyChanges(board, portion)[0]));
    }
    await peer.isHeard(peer.board, () => this.#say(last));
    const length = Automerge.stats(peer.board.doc()).numChanges;
    if (length < changes) throw new Error(`the board is ${length} changes long, and not ${changes}`);
    return last;
  }

  #say(text: string): void {
    const at = Date.now();
    const order = word(`${at.toString(16).padStart(12, "0")}i`);
    const place = (field: string) => word(`${this.peer.tool}/${field}/all/all/all`);
    this.peer.board.change((board) => {
      board.notes[randomId()] = { place: place("support.now"), level: 3, at, order, text };
      board.notes[randomId()] = { place: place("support.obstacles"), at, order, text };
    });
  }
}

function word(text: string): ImmutableString {
  return new ImmutableString(text);
}

function randomId(): string {
  return bs58.encode(crypto.getRandomValues(new Uint8Array(16)));
}

function randomActor(): string {
  return Buffer.from(crypto.getRandomValues(new Uint8Array(16))).toString("hex");
}
