// Somebody's own program writes into the board what no app would, by ordinary changes and with a good link: what is sound
// is shown, what is not is left out, and everybody goes on.

import { ImmutableString } from "@automerge/automerge-repo";
import * as Automerge from "@automerge/automerge";
import { expect, test } from "./hall.ts";
import type { DevicePage } from "./device_page.ts";
import type { PhonePage, Step } from "./phone_page.ts";
import { randomId, type Containers } from "./stock_peer.ts";

// What is left out says so, so that a screen that shows it is found by it.
const NONSENSE = "Vrøvl";
const SOUND = "Vi spørger til hinanden";
const WITHOUT_LEVEL = "Et eksempel, hvis trin ingen kan læse";
const STEPS: Step[] = ["now", "ambition", "obstacles", "signs", "time-frame", "agreed"];

// A field of the tool, the person who is meant, and a note of theirs.
type Meant = { field(name: string, person?: string): string; person: string; note: string };
type Board = Containers & Record<string, unknown>;

const word = (value: string): ImmutableString => new ImmutableString(value);
const long = (start: string): string => start.padEnd(20_000, "x");
// Everything that is no entry, no text and no level.
const wrongTypes = (): unknown[] => [7, -1, true, null, NONSENSE, word(NONSENSE), [3, NONSENSE], { x: NONSENSE }, new Uint8Array([3]), new Date(0)];

// Everything that is no level of the table, of five.
const noLevels = (): unknown[] => [99, -1, 6, 300, 2 ** 40, "3", word("3"), true, null, [3], { level: 3 }, new Uint8Array([3])];

// A note in which nothing is wrong but what is said.
const note = (place: string, wrong: Record<string, unknown> = {}): Record<string, unknown> => ({
  place: word(place),
  at: Date.now(),
  order: word(`${Date.now().toString(16).padStart(12, "0")}i`),
  text: NONSENSE,
  ...wrong,
});

const ATTACKS: Record<string, (board: Board, meant: Meant) => void> = {
  "something else where entries belong": (board) => {
    for (const container of ["people", "notes", "rows", "removals"] as const) {
      for (const value of wrongTypes()) board[container][randomId()] = value;
      for (const key of [NONSENSE, "all", "0", "../..", long(NONSENSE)]) board[container][key] = { name: word(NONSENSE), mark: 1 };
    }
  },
  "notes that lack something, or have it in another form": (board, { field }) => {
    const place = field("now");
    for (const wrong of [{ at: "nu" }, { at: null }, { order: 7 }, { order: NONSENSE }, { place: NONSENSE }, { place: place }, { place: 7 }]) {
      board.notes[randomId()] = note(place, wrong);
    }
    for (const text of wrongTypes().filter((value) => typeof value !== "string")) board.notes[randomId()] = note(place, { text });
    const { text: _, ...silent } = note(place);
    board.notes[randomId()] = silent;
  },
  "places, steps and people that there are none of": (board, { field, person }) => {
    for (const place of [field("sideways"), `${randomId()}/support.now/all/all/all`, field("now").replace("support.", ""), field("now") + "/all", long(field("now"))]) {
      board.notes[randomId()] = note(place);
      board.marks[place.replace(/all$/, person)] = 3;
      board.texts[place] = NONSENSE;
      board.registers[place] = word(`1;;${NONSENSE}`);
    }
    board.marks[field("now", randomId())] = 3;
    board.checks[field("now", randomId())] = 3;
  },
  "levels that the table does not have": (board, { field }) => {
    const machine = randomId();
    board.people[machine] = { name: word("Maskinen"), mark: 7 };
    for (const level of noLevels()) {
      // The same person, in a round of its own.
      board.marks[field("now", machine).replace("/all/all/", `/all/${randomId()}/`)] = level;
      board.notes[randomId()] = note(field("now"), { level, text: WITHOUT_LEVEL });
    }
  },
  "people who lack something, or have too much of it": (board) => {
    for (const wrong of [{ mark: 1 }, { name: word(NONSENSE) }, { name: NONSENSE, mark: 1 }, { name: 7, mark: 1 }]) board.people[randomId()] = wrong;
    for (const mark of [300, -1, "1", null]) board.people[randomId()] = { name: word(NONSENSE), mark };
    board.people[randomId()] = { name: word("Navnløs\n".repeat(500)), mark: 9, group: NONSENSE };
  },
  "other values where a date, a text and an answer belong": (board, { field, person, note }) => {
    board.texts[field("time-frame")] = 7;
    board.registers[field("time-frame")] = [NONSENSE];
    for (const value of wrongTypes()) {
      board.checks[field(`check-${randomId()}`, person)] = value;
      board.texts[field(`text-${randomId()}`)] = value;
      board.supports[`${note}/${randomId()}`] = value;
    }
    board.supports[NONSENSE] = 1;
  },
  "dates that are none, far away and in the past": (board, { field }) => {
    board.registers[field("time-frame")] = word(`${Number.MIN_SAFE_INTEGER};${NONSENSE};2027-99-99`);
  },
  "rows of no kind, and actions without words": (board, { field }) => {
    const row = (wrong: Record<string, unknown>) => (board.rows[randomId()] = { ...note(field("actions")), kind: word("action"), ...wrong });
    for (const kind of [7, NONSENSE, word(NONSENSE)]) row({ kind });
    row({ "text:what": word(NONSENSE), "value:status": 7, "value:by": word("1;;i morgen"), "value:who": [NONSENSE] });
    row({ "value:status": word(`1;;${NONSENSE}`), "value:by": word("1;;2027-13-45"), [long("value:")]: 7 });
  },
  "removals that name what nobody saw": (board, { person, note }) => {
    for (const target of [person, note]) {
      for (const heads of [NONSENSE, null, new Uint8Array(32).fill(7), new Uint8Array(5), new Uint8Array()]) {
        board.removals[randomId()] = { target: word(target), heads, at: 1, by: word(NONSENSE), reason: word(NONSENSE) };
      }
    }
  },
};

// Listens from here on to what the browsers of these devices complain of.
function complaints(...devices: DevicePage[]): string[] {
  const heard: string[] = [];
  for (const { context } of devices) context.on("console", (message) => void (message.type() === "error" && heard.push(message.text())));
  return heard;
}

async function showsNoNonsense({ page }: DevicePage): Promise<void> {
  await expect(page.getByText(NONSENSE)).toHaveCount(0);
}

test("what makes no sense on a board is left out on phone, desk and wall, and everybody goes on", async ({ hall }) => {
  // Every question is looked at on three screens, by one who was there and by one who comes later.
  test.slow();
  const [desk, projector, phone] = [await hall.facilitator(), await hall.projector(), await hall.participant()];
  const [program, late] = [await hall.stock("participant"), await hall.participant({ opens: false })];
  const heard = complaints(desk, projector, phone, late);
  await phone.join("Amina");
  await phone.open("now");
  await phone.place(3);
  await phone.write(SOUND);
  await program.seesPerson("Amina");
  await program.seesNote(SOUND);
  const meant: Meant = {
    field: (name, person = "all") => `${program.tool}/support.${name}/all/all/${person}`,
    person: program.person("Amina"),
    note: program.noteId(SOUND),
  };

  await desk.open("now");
  for (const [index, [what, attack]] of Object.entries(ATTACKS).entries()) {
    await test.step(what, async () => {
      await program.scribble((board) => attack(board, meant));
      program.addExample(`Et sundt program ${index}`);
      await phone.seesNote(`Et sundt program ${index}`);
      await phone.write(`Amina bagefter ${index}`);
      for (const screen of [desk, projector]) await screen.seesNote(`Amina bagefter ${index}`);
      for (const screen of [phone, desk, projector]) await showsNoNonsense(screen);
    });
  }
  await test.step("words with something in them that is no letter", async () => {
    const path = ["notes", meant.note, "text"];
    await program.isHeard(program.board, () =>
      program.board.change((board) => {
        Automerge.splitBlock(board, path, 2, { type: NONSENSE, parents: [], attrs: {} });
        Automerge.mark(board, path, { start: 0, end: 4, expand: "both" }, "bold", true);
      }),
    );
    await expect(phone.note("spørger til hinanden")).toHaveCount(1);
    const field = await phone.openNote("spørger til hinanden");
    await field.press("Control+End");
    await field.pressSequentially(" hver dag");
    await phone.doneWithNote();
    await desk.seesNote("spørger til hinanden hver dag");
  });
  await test.step("a root that is written over", async () => {
    await program.scribble((board) => {
      for (const container of ["people", "marks", "notes", "texts"]) Object.assign(board, { [container]: NONSENSE });
      Reflect.deleteProperty(board, "registers");
      Object.assign(board, { schema: 99, kind: "control", [NONSENSE]: { [NONSENSE]: [NONSENSE] }, [long("nøgle")]: 7 });
    });
    await phone.write("Amina til sidst");
    await projector.seesNote("Amina til sidst");
  });

  await late.goto();
  await late.join("Bo");
  for (const one of [phone, late]) await goesOn(one);
  await late.open("now");
  await late.seesPeople(3, 1);
  await late.place(3);
  await late.seesNote("Amina til sidst");
  for (const step of STEPS) {
    await desk.open(step);
    await desk.project();
    for (const screen of [desk, projector]) await showsNoNonsense(screen);
    await projector.isForLookingAt();
  }
  await desk.open("now");
  await desk.project();
  for (const level of [1, 2, 4, 5]) await projector.seesPeople("now", level, 0);
  await projector.seesPeople("now", 3, 2);
  // Words that can be read are never lost.
  await expect(desk.note(WITHOUT_LEVEL)).toHaveCount(noLevels().length);
  for (const name of ["Amina", "Bo"]) await expect(desk.person(name, "her nu")).toHaveCount(1);
  // Whose names and marks can be read are there: the machine, and who has a very long name.
  await desk.seesPeople(4);
  for (const screen of [phone, desk, projector]) await screen.axe();
  expect(heard).toEqual([]);
});

test("an example of a level that the table does not have is shown, and no such level", async ({ hall }) => {
  const [desk, projector, program] = [await hall.facilitator(), await hall.projector(), await hall.stock("participant")];
  const place = `${program.tool}/support.now/all/all/all`;
  await program.scribble((board) => {
    for (const level of [6, 99]) board.notes[randomId()] = note(place, { level, text: WITHOUT_LEVEL });
  });
  await desk.open("now");
  for (const screen of [desk, projector]) {
    await expect(screen.note(WITHOUT_LEVEL)).toHaveCount(2);
    await expect(screen.page.getByText(/^Trin (6|99)$/)).toHaveCount(0);
  }
});

// All of the tool's questions are there to be answered, and what is written there is received.
async function goesOn(phone: PhonePage): Promise<void> {
  for (const step of STEPS) {
    await phone.open(step);
    await showsNoNonsense(phone);
    await expect(phone.page.getByTestId("taken-off")).toHaveCount(0);
  }
  await phone.open("time-frame");
  await phone.timeWords.press("Control+End");
  await phone.timeWords.pressSequentially("Inden jul. ");
  await phone.open("agreed");
  await expect(phone.page.getByTestId("agreed-time")).toContainText("Inden jul.");
  await phone.openOverview();
  await phone.page.getByTestId("to-actions").click();
  await expect(phone.page.getByRole("heading", { name: "Hvem gør hvad" })).toBeVisible();
  await showsNoNonsense(phone);
  await phone.everythingIsReceived();
}
