// What the pharmacy's page has of the built-in trials and products: what doses read, and no more.
import type { Plugin } from "esbuild";
import type { Product, Regimen } from "../src/dose/products/model.js";
import type { Assumption, Trial } from "../src/trial/index.js";

/** The same without some of its fields. */
const without = <Whole extends object, Key extends keyof Whole>(whole: Whole, ...keys: Key[]): Omit<Whole, Key> =>
  Object.fromEntries(Object.entries(whole).filter(([key]) => !keys.includes(key as Key))) as Omit<Whole, Key>;

/** A question that is not asked for a dose is known by its key, so that an answer to it is taken; its words are not there. */
const questionOfDoses = (own: Assumption): Assumption =>
  own.neededFor.some((use) => use === "dose" || use === "preparation")
    ? own
    : { key: own.key, question: "", neededFor: own.neededFor, format: own.format };

/** Without criteria in words, endpoints, places and notes. */
const trialOfDoses = (trial: Trial): Trial => ({
  ...without(trial, "locations", "phases", "purpose"),
  // Of a dose the sources of its arm, its questions and its limits are told.
  provenance: Object.fromEntries(
    Object.entries(trial.provenance).filter(([path]) => /^(?:arms|assumptions|eligibility|$)/u.test(path)),
  ),
  conditions: [],
  outcomes: [],
  interventions: trial.interventions.map(({ id, name }) => ({ id, name })),
  arms: trial.arms.map((arm) => without(arm, "note")),
  parts: trial.parts.map((part) => without(part, "note")),
  eligibility: { ...trial.eligibility, inclusion: [], exclusion: [] },
  assumptions: trial.assumptions.map(questionOfDoses),
  contradictions: trial.contradictions
    .filter(({ bearsOn }) => bearsOn.includes("dose"))
    .map((contradiction) => ({ ...contradiction, statement: "" })),
});

const regimenOfDoses = (regimen: Regimen): Regimen => ({
  ...(regimen.indication?.ageYears === undefined ? without(regimen, "indication") : regimen),
  title: "",
});

/** Without what is on no paper: storage, and when a source was read. */
const productOfDoses = (product: Product): Product => ({
  ...without(product, "storage", "expiry"),
  regimens: product.regimens.map(regimenOfDoses),
  readOn: {},
});

const reduced = (value: Trial | readonly Product[]): unknown =>
  "arms" in value ? trialOfDoses(value) : value.map(productOfDoses);

/** Puts the facts of trials and products into the program as they are read, without those that no dose reads. */
export const factsOfDoses: Plugin = {
  name: "facts-of-doses",
  setup: (own) => {
    own.onLoad(
      { filter: /\/src\/(?:trials\/(?:sle|uc|t1d|t2d)|dose\/products\/\w+Products)\.ts$/ },
      async ({ path }) => {
        const values = Object.entries((await import(path)) as Readonly<Record<string, Trial | readonly Product[]>>);
        const exported = values.map(
          ([name, value]) => `export const ${name} = /* @__PURE__ */ deepFreeze(${JSON.stringify(reduced(value))});\n`,
        );
        const foundation = new URL("../src/foundation/index.ts", import.meta.url).pathname;
        return {
          contents: `import { deepFreeze } from ${JSON.stringify(foundation)};\n${exported.join("")}`,
          loader: "ts",
        };
      },
    );
  },
};
