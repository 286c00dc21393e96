import { readFileSync, writeFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import {
  computeProductVolume,
  cumulativeExposure,
  prepare,
  prescribe,
  recordAdministration,
  toPrescriptionText,
  type AdministeredDose,
  type Preparation,
  type PreparationOrder,
  type Step,
} from "../../src/dose/index.js";
import { AllocellError, digestOf } from "../../src/foundation/index.js";
import { toWorksheetHtml } from "../../src/report/index.js";
import { VERSION } from "../../src/version.js";
import { PRESCRIPTIONS } from "../laws/prescriptions.js";
import { EXAMPLES, plainText, prepareExample } from "../unit/report/exampleOrders.js";

/**
 * What preparations said, frozen before their formulas were told once: see README.md in the folder. Written by
 * ALLOCELL_UPDATE=1 where a file or a row is missing, and never over one that is there.
 */
const FOLDER = new URL("./preparations/", import.meta.url);

/** What a run of a call gives; undefined where it refuses. */
function attempt<T>(run: () => T): T | undefined {
  try {
    return run();
  } catch (error) {
    if (AllocellError.is(error)) return undefined;
    throw error;
  }
}

/** The orders and records as they were drawn then: what draws them today does not change them. */
const { orders, products, records } = JSON.parse(readFileSync(new URL("orders.json", FOLDER), "utf8")) as {
  readonly orders: readonly PreparationOrder[];
  readonly products: readonly PreparationOrder[];
  readonly records: readonly Parameters<typeof recordAdministration>[0][];
};
const ofOrders = orders.map(prepare);
const ofProducts = products.map(prepare);
const ofRecords = records.map((record) => recordAdministration(record));
const ofExamples = EXAMPLES.map((name) => ({ name, ...prepareExample(name) }));
const prescriptions = Object.entries(PRESCRIPTIONS).map(([name, order]) => ({ name, made: prescribe(order) }));
const exposures = ofRecords.flatMap((dose, index) => {
  const next = ofRecords[index + 1];
  const pair: AdministeredDose[] = next === undefined ? [dose] : [dose, next];
  return attempt(() => cumulativeExposure(pair)) ?? [];
});
const volumes = ["10.5", "13.55", "70.5"].map((kg) => computeProductVolume("elevidys", kg));

/** Digests by id of step and by part, so that a change names what changed. */
function digestsOf(steps: readonly Step[]): Readonly<Record<string, Readonly<Record<string, string>>>> {
  const ids = [...new Set(steps.map(({ id }) => id))].sort();
  return Object.fromEntries(
    ids.map((id) => {
      const own = steps.filter((step) => step.id === id);
      const digest = (part: (step: Step) => unknown): string => digestOf(own.map(part)).slice(0, 16);
      return [
        id,
        {
          count: String(own.length),
          title: digest(({ title }) => title),
          formula: digest(({ formula }) => formula),
          worked: digest(({ worked }) => worked),
          inputs: digest(({ inputs }) => inputs),
          value: digest((step) => [step.result, "exact" in step ? step.exact : "", step.rounding]),
          source: digest(({ source }) => source),
        },
      ];
    }),
  );
}

const partsOf = (preparations: readonly Preparation[]): Readonly<Record<string, string>> => {
  const parts = [...new Set(preparations.flatMap((made) => Object.keys(made)))]
    .filter((part) => part !== "steps")
    .sort();
  return Object.fromEntries(
    parts.map((part) => [
      part,
      digestOf(preparations.map((made) => made[part as keyof Preparation] ?? null)).slice(0, 16),
    ]),
  );
};

const DIGESTS = {
  "200 random orders": { results: partsOf(ofOrders), steps: digestsOf(ofOrders.flatMap(({ steps }) => steps)) },
  "50 orders of licensed products": {
    results: partsOf(ofProducts),
    steps: digestsOf(ofProducts.flatMap(({ steps }) => steps)),
  },
  "50 records of what was given": {
    results: { all: digestOf(ofRecords.map((made) => ({ ...made, steps: [] }))).slice(0, 16) },
    steps: digestsOf([...ofRecords, ...exposures].flatMap(({ steps }) => steps)),
  },
  "volumes by weight": { steps: digestsOf(volumes.flatMap(({ steps }) => steps)) },
};

const stepText = ({ title, formula, worked, rounding, source }: Step): string =>
  [title, `  ${formula}`, `  ${worked}`, `  ${rounding}; ${source}`].join("\n");

const readable = [
  ...ofExamples.map(({ name, preparation }) => ({ name: `examples/${name}`, preparation })),
  // With several lots, ranges and other weights: the longest records.
  ...[...ofOrders]
    .sort((a, b) => b.steps.length - a.steps.length)
    .slice(0, 6)
    .map((preparation, index) => ({ name: `random order ${index + 1}`, preparation })),
];

const FILES: Readonly<Record<string, string>> = {
  "steps.txt": readable
    .map(({ name, preparation }) => [`== ${name}`, ...preparation.steps.map(stepText)].join("\n"))
    .join("\n\n"),
  "prescriptions.txt": prescriptions.map(({ name, made }) => `== ${name}\n${toPrescriptionText(made)}`).join("\n"),
  "worksheets.txt": ofExamples
    .map(({ name, preparation, document }) => {
      const text = plainText(toWorksheetHtml(preparation, document, "en")).replaceAll(VERSION, "VERSION");
      // The digest of the order changes with what an order says, which is nothing of a formula.
      const lines = text.replace(/\b[0-9a-f]{64}\b/g, "SHA-256").split(/\s{2,}/u);
      return [`== ${name}`, ...lines].join("\n");
    })
    .join("\n\n"),
  "digests.json": JSON.stringify(DIGESTS, null, 1),
};

describe("what preparations said", { tags: ["DOSE-004", "PREP-001"] }, () => {
  it.each(Object.entries(FILES))("is still so in %s", (name, text) => {
    const file = new URL(name, FOLDER);
    const known = attemptRead(file);
    const isNew = known === undefined || (name.endsWith(".json") && keeps(JSON.parse(text), JSON.parse(known)));
    if (isNew && process.env["ALLOCELL_UPDATE"] === "1") writeFileSync(file, `${text}\n`);
    else expect(`${text}\n`).toBe(known);
  });
});

/** Whether everything that was known is as it was: what a result has more may be written down, too. */
const keeps = (now: unknown, known: unknown): boolean =>
  typeof known === "object" && known !== null
    ? typeof now === "object" &&
      now !== null &&
      Object.entries(known).every(([key, value]) => keeps((now as Readonly<Record<string, unknown>>)[key], value))
    : now === known;

function attemptRead(file: URL): string | undefined {
  try {
    return readFileSync(file, "utf8");
  } catch {
    return undefined;
  }
}
