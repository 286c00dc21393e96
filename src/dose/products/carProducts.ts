import { deepFreeze } from "../../foundation/index.js";
import type { Product, Regimen } from "./model.js";
import { READ } from "./sources.js";

const YESCARTA = "drugs.com; MHRA SmPC";
const KYMRIAH = "clinicaladvisor.com; FDA media/107978, Table 37; PMC7656920";
const CARVYKTI = "drugs.com; Medscape";
const BREYANZI = "Medscape; SmPC";

const ZUMA_3 = "drugsnews.net, of the US prescribing information after ZUMA-3";
const MPR = "butalbitalapap.org, copy of an eMPR monograph";
const PIPELINE = "pipeline-evidence.pages.dev";
const ADULT = { from: "18" };

const TWO_MILLION: Omit<Regimen, "id" | "title"> = {
  target: { kind: "per-kg", amount: "2000000" },
  range: { minimum: { kind: "per-kg", amount: "1000000" }, maximum: { kind: "per-kg", amount: "2000000" } },
  cap: "200000000",
  source: YESCARTA,
};
const TWO_MILLION_TITLE = "2E6/kg, range 1E6 to 2E6/kg, at most 2E8 from 100 kg on";

/** CAR T-cell products: numbers of their sources and nothing else. */
export const CAR_PRODUCTS: readonly Product[] = /* @__PURE__ */ deepFreeze<Product[]>([
  {
    id: "yescarta",
    name: "Yescarta",
    unitKind: "cells",
    regimens: [
      {
        id: "label",
        title: TWO_MILLION_TITLE,
        ...TWO_MILLION,
        indication: {
          statement: "Adults with relapsed or refractory large B-cell lymphoma.",
          source: "medtourcn.com, of the FDA's approval",
          ageYears: ADULT,
        },
      },
    ],
    facts: [{ topic: "finalVolume", statement: "About 68 mL.", source: YESCARTA }],
    readOn: { "drugs.com": READ, "medtourcn.com, of the FDA's approval": READ },
  },
  {
    id: "tecartus",
    name: "Tecartus",
    unitKind: "cells",
    regimens: [
      {
        id: "mcl",
        title: `Mantle cell lymphoma: ${TWO_MILLION_TITLE}`,
        ...TWO_MILLION,
        indication: {
          statement: "Adults with relapsed or refractory mantle cell lymphoma.",
          source: MPR,
          ageYears: ADULT,
        },
      },
      {
        id: "all",
        title: "Acute lymphoblastic leukaemia of adults: 1E6/kg, at most 1E8 from 100 kg on",
        target: { kind: "per-kg", amount: "1000000" },
        cap: "100000000",
        indication: {
          statement: "Adults with relapsed or refractory B-cell precursor acute lymphoblastic leukaemia.",
          source: MPR,
          ageYears: ADULT,
        },
        source: ZUMA_3,
      },
    ],
    facts: [
      { topic: "containerVolume", statement: "One bag of about 68 mL.", source: MPR },
      {
        topic: "rate",
        statement: "The bag within 30 minutes.",
        source: MPR,
        says: [{ of: "minutes", maximum: "30" }],
      },
    ],
    readOn: { [MPR]: READ, [ZUMA_3]: READ },
  },
  {
    id: "kymriah",
    name: "Kymriah",
    unitKind: "car-positive-cells",
    regimens: [
      {
        id: "paediatric",
        title: "Up to 50 kg 0.2E6 to 5.0E6/kg; above 50 kg 0.1E8 to 2.5E8",
        range: [
          {
            below: { kg: "50", included: true },
            range: { minimum: { kind: "per-kg", amount: "200000" }, maximum: { kind: "per-kg", amount: "5000000" } },
          },
          {
            above: { kg: "50", included: false },
            range: { minimum: { kind: "flat", amount: "10000000" }, maximum: { kind: "flat", amount: "250000000" } },
          },
        ],
        indication: {
          statement: "B-cell precursor acute lymphoblastic leukaemia, up to 25 years of age.",
          source: PIPELINE,
          ageYears: { below: "26" },
        },
        source: KYMRIAH,
      },
      {
        id: "adult",
        title: "0.6E8 to 6.0E8",
        range: { minimum: { kind: "flat", amount: "60000000" }, maximum: { kind: "flat", amount: "600000000" } },
        indication: {
          statement: "Adults with relapsed or refractory large B-cell or follicular lymphoma.",
          source: `${PIPELINE}; Blood Advances 4 (2020) 5414`,
          ageYears: ADULT,
        },
        source: KYMRIAH,
      },
    ],
    facts: [
      {
        topic: "rate",
        statement: "10 to 20 mL/min.",
        source: KYMRIAH,
        says: [{ of: "rateMlPerMin", minimum: "10", maximum: "20" }],
      },
      {
        topic: "stability",
        statement: "30 minutes after thawing.",
        source: KYMRIAH,
        says: [{ of: "stabilityMinutes", maximum: "30" }],
      },
      { topic: "dmso", statement: "7.5 % v/v.", source: KYMRIAH, says: [{ of: "dmsoPercentVv", oneOf: ["7.5"] }] },
      {
        topic: "minimumViability",
        statement:
          "At least 80 % in the US; 70 % in academic use and in Japan's trial of products out of specification.",
        source: KYMRIAH,
        says: [{ of: "viability", minimum: "0.8" }],
      },
      {
        topic: "containerVolume",
        statement: "Bags of 10 to 30 mL and of 30 to 50 mL.",
        source: "EJHP 29 (2022) Suppl 1, A153",
        says: [{ of: "fillMl", minimum: "10", maximum: "50" }],
      },
    ],
    readOn: { [PIPELINE]: READ, "Blood Advances 4 (2020) 5414": READ, "EJHP 29 (2022) Suppl 1, A153": READ },
  },
  {
    id: "carvykti",
    name: "Carvykti",
    unitKind: "cells",
    regimens: [
      {
        id: "label",
        title: "0.5E6 to 1.0E6/kg, at most 1E8",
        range: { minimum: { kind: "per-kg", amount: "500000" }, maximum: { kind: "per-kg", amount: "1000000" } },
        cap: "100000000",
        indication: {
          statement: "Adults with relapsed or refractory multiple myeloma.",
          source: "drugs.com",
          ageYears: ADULT,
        },
        source: CARVYKTI,
      },
    ],
    facts: [
      {
        topic: "stability",
        statement: "2.5 h after thawing.",
        source: CARVYKTI,
        says: [{ of: "stabilityMinutes", maximum: "150" }],
      },
      {
        topic: "rate",
        statement: "Within 30 minutes.",
        source: CARVYKTI,
        says: [{ of: "minutes", maximum: "30" }],
      },
    ],
    readOn: { "drugs.com": READ },
  },
  {
    id: "breyanzi",
    name: "Breyanzi",
    unitKind: "cells",
    regimens: [
      {
        id: "us",
        title: "US: 50E6 to 110E6",
        range: { minimum: { kind: "flat", amount: "50000000" }, maximum: { kind: "flat", amount: "110000000" } },
        indication: {
          statement: "Adults with relapsed or refractory large B-cell lymphoma.",
          source: "Medscape",
          ageYears: ADULT,
        },
        source: BREYANZI,
      },
      {
        id: "eu",
        title: "EU: target 100E6, range 44E6 to 120E6",
        target: { kind: "flat", amount: "100000000" },
        range: { minimum: { kind: "flat", amount: "44000000" }, maximum: { kind: "flat", amount: "120000000" } },
        source: BREYANZI,
      },
    ],
    facts: [
      { topic: "other", statement: "CD8 to CD4 1:1.", source: BREYANZI },
      {
        topic: "containerVolume",
        statement: "A vial holds 4.6 mL.",
        source: BREYANZI,
        says: [{ of: "fillMl", oneOf: ["4.6"] }],
      },
      {
        topic: "containerContent",
        statement: "A vial holds 6.9E6 to 322E6 (1.5E6 to 70E6/mL).",
        source: BREYANZI,
        says: [
          { of: "content", minimum: "6900000", maximum: "322000000" },
          { of: "perMl", minimum: "1500000", maximum: "70000000" },
        ],
      },
    ],
    readOn: { Medscape: READ },
  },
  {
    id: "aucatzyl",
    name: "Aucatzyl",
    unitKind: "cells",
    regimens: [
      {
        id: "day",
        title: "One of the two days that share 410E6; at most 400E6, because the smallest bag is 10E6",
        range: { minimum: { kind: "flat", amount: "10000000" }, maximum: { kind: "flat", amount: "400000000" } },
        indication: {
          statement: "Adults with relapsed or refractory B-cell precursor acute lymphoblastic leukaemia.",
          source: "bigmoleculewatch.com, of the FDA's approval",
          ageYears: ADULT,
        },
        source: "drugs.com",
      },
    ],
    facts: [
      {
        topic: "containerContent",
        statement: "Bags of 10E6, 100E6 and 300E6.",
        source: "drugs.com",
        says: [
          { of: "content", oneOf: ["10000000", "100000000", "300000000"] },
          { of: "dose", multipleOf: "10000000" },
        ],
      },
      {
        topic: "administrations",
        statement: "Day 1 and Day 10 ± 2; the share of each day goes by the per cent of blasts.",
        source: "drugs.com",
      },
      { topic: "other", statement: "The 10E6 bag (10 mL) is not infused in full.", source: "drugs.com" },
    ],
    readOn: { "drugs.com": READ, "bigmoleculewatch.com, of the FDA's approval": READ },
  },
]);
