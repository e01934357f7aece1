// The figures of one run, as one JSON file that two runs can be compared by.

import { mkdir, readFile, writeFile } from "node:fs/promises";
import { cpus, loadavg, totalmem } from "node:os";
import path from "node:path";
import { target } from "../browser.ts";

const FILE = process.env.DIALOGTAVLE_BENCH ?? path.join(target, "bench/client.json");

export type Figure = {
  // What was measured, in words.
  name: string;
  unit: "ms" | "bytes";
  // What DESIGN asks for, if it does.
  budget?: number;
  median: number;
  p95: number;
  samples: number;
  // How many programs wanted a processor in the last minute: on more than the machine has, others were in the way.
  load: number;
};

// A percentile of samples, by the nearest rank.
export function percentile(samples: number[], share: number): number {
  const sorted = [...samples].sort((a, b) => a - b);
  return sorted[Math.max(0, Math.ceil(share * sorted.length) - 1)] ?? Number.NaN;
}

export function figure(name: string, unit: Figure["unit"], samples: number[], budget?: number): Figure {
  const round = (value: number): number => Math.round(value * 10) / 10;
  const [median, p95] = [round(percentile(samples, 0.5)), round(percentile(samples, 0.95))];
  return { name, unit, ...(budget !== undefined && { budget }), median, p95, samples: samples.length, load: round(loadavg()[0] ?? 0) };
}

// Puts figures into the file in place of older ones of the same names.
export async function report(figures: Figure[]): Promise<void> {
  const before = await readFile(FILE, "utf8").then((text) => JSON.parse(text).figures as Figure[], () => []);
  const names = new Set(figures.map(({ name }) => name));
  const machine = `${cpus().length} × ${cpus()[0]?.model ?? "unknown"}, ${Math.round(totalmem() / 2 ** 30)} GiB`;
  const commit = process.env.DIALOGTAVLE_COMMIT ?? "unknown";
  const all = [...before.filter(({ name }) => !names.has(name)), ...figures];
  await mkdir(path.dirname(FILE), { recursive: true });
  await writeFile(FILE, `${JSON.stringify({ commit, machine, figures: all }, null, 2)}\n`);
  for (const { name, median, p95, unit, budget } of figures) {
    console.log(`${name}: median ${median} ${unit}, p95 ${p95} ${unit}${budget === undefined ? "" : `; budget ${budget} ${unit}`}`);
  }
}
