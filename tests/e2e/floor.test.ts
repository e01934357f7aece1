// The oldest browsers that the app promises to run in: Chrome 100, Firefox 115, Safari 16.4. What they lack is not used.

import { readFile, readdir } from "node:fs/promises";
import path from "node:path";
import { expect, test } from "@playwright/test";
import doiuse from "doiuse";
import { ESLint } from "eslint";
import compat from "eslint-plugin-compat";
import postcss from "postcss";

const ROOT = path.resolve(import.meta.dirname, "../..");
const FLOOR = ["chrome 100", "firefox 115", "safari 16.4", "ios_saf 16.4"];

// Features that a browser may lack without anyone missing something.
const HARMLESS = [
  "css-touch-action", // Safari knows the values that are used
  "css3-cursors-grab", // only a mouse has a cursor
  "css-resize", // iOS draws no handle; the field grows by itself
  "css-clip-path", // basic shapes are known to all; only references to SVG are not
  "css-content-visibility", // notes off the screen then cost as much as those on it
  "css-masks", // clip-path again, counted twice
  "text-size-adjust", // only phones in landscape have it, and those browsers do
  "viewport-unit-variants", // 100vh stands before each of them
  "css-paged-media", // paper then has the browser's own margins
  "multicolumn", // a row of the printed form may then be cut in two
];

test("no style is used that the oldest browsers lack", async () => {
  const found: string[] = [];
  const style = path.join(ROOT, "client/style");
  const sheets = (await readdir(style, { recursive: true })).filter((file) => file.endsWith(".css"));
  expect(sheets).toContain("base.css");
  for (const file of sheets) {
    const onFeatureUsage = ({ message }: { message: string }): void => void found.push(message);
    const text = await readFile(path.join(style, file), "utf8");
    await postcss(doiuse({ browsers: FLOOR, ignore: HARMLESS, onFeatureUsage })).process(text, { from: path.join(style, file) });
  }
  expect(found).toEqual([]);
});

test("no script outside the app uses what the oldest browsers lack", async () => {
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
  const results = await eslint.lintFiles(["client/*.js"]);
  expect(results.map(({ filePath }) => path.basename(filePath))).toContain("boot.js");
  const found = results.flatMap(({ filePath, messages }) =>
    messages.map(({ line, message }) => `${path.basename(filePath)}:${line}: ${message}`),
  );
  expect(found).toEqual([]);
});
