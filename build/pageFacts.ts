// What the pharmacy's page has of the built-in trials and products: what doses read, and no more.
import type { Plugin } from "esbuild";
import type { Product, Regimen } from "../src/dose/products/model.js";
import type { Assumption, Trial } from "../src/trial/index.js";

/** A question that is not asked for a dose is known by its key, so that an answer to it is taken; its words are not there. */
const questionOfDoses = (own: Assumption): Assumption =>
  own.neededFor.some((use) => use === "dose" || use === "preparation")
    ? own
    : { key: own.key, question: "", neededFor: own.neededFor, format: own.format };

const withoutNote = <Part extends { readonly note?: string }>({ note: _, ...own }: Part): Omit<Part, "note"> => own;

/** Without criteria in words, endpoints, places and notes. */
function trialOfDoses(trial: Trial): Trial {
  const { locations: _l, conditions: _c, outcomes: _o, ...own } = trial;
  return {
    ...own,
    conditions: [],
    outcomes: [],
    interventions: trial.interventions.map(({ id, name }) => ({ id, name })),
    arms: trial.arms.map(withoutNote),
    parts: trial.parts.map(withoutNote),
    eligibility: { ...trial.eligibility, inclusion: [], exclusion: [] },
    assumptions: trial.assumptions.map(questionOfDoses),
    contradictions: trial.contradictions
      .filter(({ bearsOn }) => bearsOn.includes("dose"))
      .map((contradiction) => ({ ...contradiction, statement: "" })),
  };
}

function regimenOfDoses({ indication, ...own }: Regimen): Regimen {
  return { ...own, title: "", ...(indication?.ageYears === undefined ? {} : { indication }) };
}

/** Without what is on no paper: storage, and when a source was read. */
function productOfDoses({ storage: _s, expiry: _e, ...own }: Product): Product {
  return { ...own, regimens: own.regimens.map(regimenOfDoses), readOn: {} };
}

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
