// The oldest browsers that the app promises to run in: Chrome 100, Firefox 115, Safari 16.4. What they lack is not used.

import { readFile, readdir } from "node:fs/promises";
import path from "node:path";
import mdn, { type Identifier } from "@mdn/browser-compat-data/forLegacyNode";
import { expect, test } from "@playwright/test";
import { ESLint } from "eslint";
import compat from "eslint-plugin-compat";
import postcss, { type AtRule, type ChildNode, type Declaration, type Rule } from "postcss";
import { Relay } from "./relay.ts";

const ROOT = path.resolve(import.meta.dirname, "../..");
const STYLE = path.join(ROOT, "client/style");
const FLOOR = ["chrome 100", "firefox 115", "safari 16.4", "ios_saf 16.4"];
// The same browsers, as MDN's data calls them.
const OLDEST = { chrome: 100, chrome_android: 100, firefox: 115, firefox_android: 115, safari: 16.4, safari_ios: 16.4 };
type Old = keyof typeof OLDEST;
const ALL_OLD = Object.keys(OLDEST) as Old[];

// What a browser may lack without anyone missing something.
const HARMLESS_STYLE = [
  "text-wrap", // headings then break where they must
  "text-size-adjust", // only phones in landscape have it, and those browsers do
  "-webkit-text-size-adjust",
  "cursor: pointer", // only a mouse has a cursor
  "cursor: crosshair",
  "cursor: grab",
  "accent-color", // all have it; in some, the tick may stand out less from the colour
  "::-webkit-details-marker", // what Safari calls the mark that others leave out by `list-style`
  "@page", // paper then has the browser's own margins
  "rx", // the corners of a drawing are then square
  "field-sizing", // the field then scrolls, and can be pulled larger with a mouse
  "resize", // iOS draws no handle; the field then scrolls
  "content-visibility", // notes off the screen then cost as much as those on it
  "contain-intrinsic-size",
  "format()", // old, and not in the data
];

test("no property, value, selector or rule of style is newer than the oldest browsers", async () => {
  isHarmless((await sheets()).flatMap(([file, text]) => lackingInStyle(text, file)), HARMLESS_STYLE);
});

test("the lint of styles finds what is newer, and takes it where something older stands beside it", () => {
  const named = (text: string): string[] => lackingInStyle(text, "").map(({ name }) => name);
  for (const [text, name] of Object.entries({
    "a { rotate: 3deg }": "rotate",
    "a { made-up: 1px }": "made-up",
    "a { -webkit-made-up: 1px }": "-webkit-made-up",
    "a { width: 1lh }": "lh",
    "a { grid-template-rows: subgrid }": "grid-template-rows: subgrid",
    "a { color: color-mix(in srgb, red, blue) }": "color-mix()",
    "a { --pale: rgb(from red r g b) }": "rgb(from …)",
    "a { transition: color 1s linear(0, 1) }": "linear()",
    "a:has(b) { color: red }": ":has",
    "a { & b { color: red } }": "nesting",
    "@container (min-width: 1px) { a { color: red } }": "@container",
    "@media (width > 1px) { a { color: red } }": "@media (… < …)",
    "@media (scripting: none) { a { color: red } }": "@media (scripting)",
    // A browser takes what has var() in it unread, and what stands before is lost.
    "a { height: 100vh; height: calc(100dvh - var(--header)) }": "dvh",
  })) {
    expect(named(text), text).toEqual([name]);
  }
  expect(named("a { height: 100vh; height: 100dvh; -webkit-user-select: none; user-select: none }")).toEqual([]);
});

test("no script uses what the oldest browsers lack", async () => {
  const eslint = new ESLint({
    cwd: ROOT,
    overrideConfigFile: true,
    overrideConfig: {
      ...compat.configs["flat/recommended"],
      // The newest syntax that all of them read; a newer one is an error of the parser.
      languageOptions: { ecmaVersion: 2022, sourceType: "module" },
      settings: { browsers: FLOOR },
    },
  });
  const results = [
    ...(await eslint.lintFiles(["client/*.js"])),
    ...(await eslint.lintText(await glue(), { filePath: path.join(ROOT, "client/glue.js") })),
  ];
  expect(results.map(({ filePath }) => path.basename(filePath))).toContain("boot.js");
  const found = results.flatMap(({ filePath, messages }) =>
    messages.map(({ line, message }) => `${path.basename(filePath)}:${line}: ${message}`),
  );
  expect(found).toEqual([]);
});

// What the app itself takes from browsers and some lack, each with what it does there.
const HARMLESS_API = [
  "Element.requestFullscreen", // refused on an iPhone, and the page stays as it is: platform/page.rs
  "Document.exitFullscreen",
  "Document.fullscreenElement",
  "Navigator.wakeLock", // the screen then sleeps as it always did: platform/wake_lock.rs
  // Not these, but others of their names:
  "HTMLInputElement.capture", // a listener's option
  "HTMLInputElement.search_event", // a role, and the type of a field
  "Window.open", // whether a dialog is open, and the database
];

// Interfaces that others are kinds of; Cargo.toml does not name them.
const PARENTS = ["EventTarget", "Node", "UIEvent"];

test("the app takes no interface, method or event from web-sys that is newer than the oldest browsers", async () => {
  const cargo = await readFile(path.join(ROOT, "client/Cargo.toml"), "utf8");
  const wanted = [...(/web-sys = [^\]]*\]/.exec(cargo)?.[0] ?? "").matchAll(/"(\w+)"/g)].map(([, name = ""]) => name);
  expect(wanted).toContain("IdbDatabase");
  // Dictionaries and enumerations are no interfaces; what holds them is.
  const names = wanted.filter((name) => !/Init$|PropertyBag$|^BinaryType$/.test(name));
  const rust = path.join(ROOT, "client/src");
  const files = (await readdir(rust, { recursive: true })).filter((file) => file.endsWith(".rs"));
  const source = (await Promise.all(files.map((file) => readFile(path.join(rust, file), "utf8")))).join("\n");
  isHarmless(lackingInRust([...names, ...PARENTS], await glue(), source), HARMLESS_API);
});

test("the lint of the app finds what is newer", () => {
  const named = (...app: Parameters<typeof lackingInRust>): string[] => lackingInRust(...app).map(({ name }) => name);
  expect(named(["EyeDropper", "Navigator"], "getObject(arg0).virtualKeyboard; arg0.userAgent", "")).toEqual([
    "EyeDropper",
    "Navigator.virtualKeyboard",
  ]);
  expect(named(["Document"], "arg0.startViewTransition()", 'Listener::on_document("scrollend", |_| {})')).toEqual([
    "Document.scrollend_event",
    "Document.startViewTransition",
  ]);
  expect(named(["Navigator"], "", 'Reflect::get(&navigator, &"wakeLock".into())')).toEqual(["Navigator.wakeLock"]);
});

// Something that some of the oldest browsers lack, and who lacks it where.
type Lack = { name: string; message: string };
// Something that is used, as MDN's data has it: by the name `key` there, and by the name `called` here.
type Feature = { name: string; node: Identifier | undefined; key?: string; called?: string };

// Nothing is lacking but what is harmless, and nothing is said to be harmless that is not lacking.
function isHarmless(found: Lack[], harmless: string[]): void {
  expect(found.filter(({ name }) => !harmless.includes(name)).map(({ message }) => message)).toEqual([]);
  expect(harmless.filter((name) => !found.some((lack) => lack.name === name))).toEqual([]);
}

// Whether a browser has it, by the name that it is called by, whole and for everyone. What the data does not know, nobody has.
function has(old: Old, { node, key = "", called = key }: Feature): boolean {
  return [node?.__compat?.support[old] ?? []].flat().some((one) => {
    const since = typeof one.version_added === "string" ? parseFloat(one.version_added.replace("≤", "")) : Infinity;
    const isWhole = !one.flags && !one.version_removed && !one.partial_implementation;
    return isWhole && since <= OLDEST[old] && (one.alternative_name ?? (one.prefix ?? "") + key) === called;
  });
}

function lacking(features: Feature[], place: string, isCovered = (_: Old): boolean => false): Lack[] {
  return features.flatMap((feature) => {
    const lack = ALL_OLD.filter((old) => !has(old, feature) && !isCovered(old));
    return lack.length ? [{ name: feature.name, message: `${place}: ${feature.name}: not in ${lack.join(", ")}` }] : [];
  });
}

async function sheets(): Promise<[file: string, text: string][]> {
  const files = (await readdir(STYLE, { recursive: true })).filter((file) => file.endsWith(".css"));
  expect(files).toContain("base.css");
  return Promise.all(files.map(async (file) => [file, await readFile(path.join(STYLE, file), "utf8")] as [string, string]));
}

function lackingInStyle(text: string, file: string): Lack[] {
  const found: Lack[] = [];
  const place = (node: ChildNode): string => `${file}:${node.source?.start?.line}`;
  const sheet = postcss.parse(text);
  sheet.walkAtRules((rule) => void found.push(...lacking(ofAtRule(rule), place(rule)), ...lackingIn(rule, place)));
  sheet.walkRules((rule) => void found.push(...lacking(ofSelector(rule), place(rule)), ...lackingIn(rule, place)));
  return found;
}

// What stands in one pair of braces. Something older beside it covers what a browser skips as it reads; one with var() it
// takes unread.
function lackingIn(braces: Rule | AtRule, place: (node: ChildNode) => string): Lack[] {
  const declarations = (braces.nodes ?? []).filter((node) => node.type === "decl");
  return declarations.flatMap((one) => {
    const isBeside = (other: Declaration): boolean => other !== one && unprefixed(other.prop) === unprefixed(one.prop);
    const beside = declarations.filter(isBeside).map(ofDeclaration);
    const [property, ...words] = ofDeclaration(one);
    const isUnread = one.value.includes("var(");
    const isCovered = (old: Old): boolean =>
      !(isUnread && has(old, property)) && beside.some((features) => features.every((feature) => has(old, feature)));
    const isKnown = ALL_OLD.every((old) => has(old, property));
    return lacking(isKnown ? words : [property], place(one), isCovered);
  });
}

type Groups = Record<string, Identifier>;
const css = mdn.css as Identifier;
const unprefixed = (name: string): string => name.replace(/^-(webkit|moz)-/, "");

function ofDeclaration({ prop, value, parent }: Declaration): [property: Feature, ...words: Feature[]] {
  const descriptors = parent?.type === "atrule" ? css["at-rules"]?.[(parent as AtRule).name] : undefined;
  const keys = prop.startsWith("--") ? ["custom-property"] : [prop, unprefixed(prop)];
  const found = keys.map((key) => ({ key, node: descriptors?.[key] ?? css.properties?.[key] })).find(({ node }) => node);
  const { key, node } = found ?? { key: prop, node: undefined };
  const called = key === "custom-property" ? key : prop;
  // When a browser learnt a word is told of the name without a prefix alone.
  return [{ name: prop, node, key, called }, ...ofValue(prop, value, called === key ? node : undefined)];
}

// The units and functions of a value, and those of its words that the data has something to say about.
function ofValue(prop: string, value: string, property: Identifier | undefined): Feature[] {
  const plain = value.replace(/"[^"]*"|'[^']*'|url\([^)]*\)|--[\w-]+|#[\da-f]+\b/gi, " ");
  const words = [...plain.matchAll(/(?<![\w-])(\.?\d[\d.]*)?(-?[a-z][\w-]*)(\((\s*from\b)?)?/gi)];
  return words.flatMap(([, number, word = "", call, from]): Feature[] => {
    if (number) return ofUnit(word);
    if (!call) return property?.[word]?.__compat ? [{ name: `${prop}: ${word}`, node: property[word] }] : [];
    const node = property?.[word] ?? ofFunction(word);
    return from ? [{ name: `${word}(from …)`, node: node?.relative_syntax }] : [{ name: `${word}()`, node }];
  });
}

// Functions stand among the types, or under the type or a property that they are of.
function ofFunction(name: string): Identifier | undefined {
  const under = [...Object.values(css.types as Groups), ...Object.values(css.properties as Groups)];
  return css.types?.[name] ?? under.map((group) => group[name] ?? group[`${name}-function`]).find((node) => node?.__compat);
}

function ofUnit(unit: string): Feature[] {
  const size = { s: "small", l: "large", d: "dynamic" }[/^([sld])v/.exec(unit)?.[1] ?? ""];
  const group = size ? `viewport_percentage_units_${size}` : unit.startsWith("cq") ? "container_query_length_units" : unit;
  const node = css.types?.length?.[group];
  return node ? [{ name: unit, node }] : [];
}

function ofAtRule({ name, params }: AtRule): Feature[] {
  const node = css["at-rules"]?.[name];
  if (name !== "media") return [{ name: `@${name}`, node }];
  const features = [...params.matchAll(/\(\s*([a-z-]+)/g)].map(([, feature = ""]) => feature.replace(/^(min|max)-/, ""));
  return [
    { name: "@media", node },
    ...features.map((feature) => ({ name: `@media (${feature})`, node: node?.[feature] })),
    ...(/[<>]/.test(params) ? [{ name: "@media (… < …)", node: node?.range_syntax }] : []),
    ...(/\bor\b/.test(params) ? [{ name: "@media … or …", node: node?.or_syntax }] : []),
  ];
}

function ofSelector({ selector, parent }: Rule): Feature[] {
  if (parent?.type === "atrule" && (parent as AtRule).name.endsWith("keyframes")) return [];
  const plain = selector.replace(/\[[^\]]*\]/g, "");
  return [
    ...[...plain.matchAll(/::?([a-z-]+)/g)].map(([name, word = ""]) => ({ name, node: css.selectors?.[word] })),
    ...(parent?.type === "rule" ? [{ name: "nesting", node: css.selectors?.nesting }] : []),
    ...(/\sof\s/.test(plain) ? [{ name: ":nth-child(… of …)", node: css.selectors?.["nth-child"]?.of_syntax }] : []),
  ];
}

// What wasm-bindgen writes has every method and property that any of the app's Rust calls, by its own name.
async function glue(): Promise<string> {
  const relay = await Relay.start();
  try {
    const page = await (await fetch(relay.origin)).text();
    const [, address] = /<link rel="modulepreload" href="([^"]*)"/.exec(page) ?? [];
    return await (await fetch(`${relay.origin}${address}`)).text();
  } finally {
    await relay.close();
  }
}

function lackingInRust(names: string[], glue: string, source: string): Lack[] {
  const called = new Set([...glue.matchAll(/\barg\d+\)?\.(\w+)/g)].map(([, name]) => name));
  // What web-sys does not know is asked for by name.
  for (const [, name] of source.matchAll(/Reflect::get\([^;]*?"(\w+)"\.into\(\)/g)) called.add(name);
  // web-sys writes Html, Idb, Dom and Url where the standards have capitals.
  const interfaces = new Map(Object.entries(mdn.api).map(([name, node]) => [name.toLowerCase(), { name, node }]));
  return names.flatMap((wanted) => {
    const { name, node } = interfaces.get(wanted.toLowerCase()) ?? { name: wanted, node: {} as Identifier };
    const used = Object.entries(node).filter(([member]) => {
      const event = /^(\w+)_event$/.exec(member)?.[1];
      return event ? new RegExp(`"${event}"|\\bon${event}=`).test(source) : called.has(member);
    });
    return lacking([{ name, node }, ...used.map(([member, node]) => ({ name: `${name}.${member}`, node }))], "client");
  });
}
