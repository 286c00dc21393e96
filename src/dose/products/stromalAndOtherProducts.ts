import { deepFreeze } from "../../foundation/index.js";
import type { Product } from "./model.js";

const DRUGS = "drugs.com";
const NEXUS = "group-nexus.jp";
const EBVALLO = "SmPC; oladoctor";
const ZOLGENSMA = "drugs.com; zolgensma-hcp";
const ELEVIDYS = "MHLW notice";

/** Stromal cells, virus-specific T cells, islets, tissue, vectors and lymphocytes: numbers of their sources and nothing else. */
export const STROMAL_AND_OTHER_PRODUCTS: readonly Product[] = /* @__PURE__ */ deepFreeze<Product[]>([
  {
    id: "ryoncil",
    name: "Ryoncil",
    unitKind: "cells",
    regimens: [{ id: "label", title: "2E6 MSC/kg", target: { kind: "per-kg", amount: "2000000" }, source: DRUGS }],
    facts: [
      {
        topic: "containerContent",
        statement: "A vial holds 25E6 cells.",
        source: DRUGS,
        says: [{ of: "content", oneOf: ["25000000"] }],
      },
      {
        topic: "containerVolume",
        statement: "A vial holds 3.8 mL.",
        source: DRUGS,
        says: [{ of: "fillMl", oneOf: ["3.8"] }],
      },
      {
        topic: "other",
        statement: "The label also states 6.68E6 cells/mL, which differs from 25E6 / 3.8 mL by 1.54 %.",
        source: DRUGS,
      },
      {
        topic: "administrations",
        statement: "8 infusions, two a week for 4 weeks, at least 3 days apart; response on Day 28 ± 2.",
        source: DRUGS,
      },
    ],
  },
  {
    id: "temcell",
    name: "Temcell",
    unitKind: "cells",
    regimens: [{ id: "label", title: "2E6/kg", target: { kind: "per-kg", amount: "2000000" }, source: NEXUS }],
    facts: [
      {
        topic: "containerContent",
        statement: "A bag holds 72E6 cells.",
        source: NEXUS,
        says: [{ of: "content", oneOf: ["72000000"] }],
      },
      { topic: "finalVolume", statement: "18 mL of saline are added to a bag.", source: NEXUS },
      { topic: "rate", statement: "About 4 mL/min.", source: NEXUS },
      { topic: "administrations", statement: "Twice a week for 4 weeks, at least 3 days apart.", source: NEXUS },
    ],
  },
  {
    id: "ebvallo",
    name: "Ebvallo",
    unitKind: "cells",
    regimens: [{ id: "label", title: "2E6/kg", target: { kind: "per-kg", amount: "2000000" }, source: EBVALLO }],
    facts: [
      {
        topic: "other",
        statement: "The drawn volume goes by the actual concentration on lot sheet and carton, not by the nominal one.",
        source: EBVALLO,
      },
      {
        topic: "containerContent",
        statement: "A lot holds 2.8E7 to 7.3E7 cells/mL.",
        source: EBVALLO,
        says: [{ of: "perMl", minimum: "28000000", maximum: "73000000" }],
      },
    ],
    goesByActualConcentration: true,
  },
  {
    id: "lantidra",
    name: "Lantidra",
    unitKind: "islet-equivalents",
    regimens: [
      {
        id: "first",
        title: "First infusion, at least 5,000 EIN/kg",
        range: { minimum: { kind: "per-kg", amount: "5000" } },
        source: DRUGS,
      },
      {
        id: "later",
        title: "Later infusions, at least 4,500 EIN/kg",
        range: { minimum: { kind: "per-kg", amount: "4500" } },
        source: DRUGS,
      },
    ],
    facts: [
      {
        topic: "containerContent",
        statement: "At most 1E6 EIN a bag.",
        source: DRUGS,
        says: [{ of: "content", maximum: "1000000" }],
      },
      { topic: "other", statement: "At most 10 cc of tissue.", source: DRUGS },
    ],
  },
  {
    id: "rethymic",
    name: "Rethymic",
    unitKind: "tissue-mm2",
    regimens: [],
    facts: [
      {
        topic: "dose",
        statement: "5,000 to 22,000 mm² for each m² of body surface, at most 42 slices.",
        source: DRUGS,
      },
    ],
  },
  {
    id: "zolgensma",
    name: "Zolgensma",
    unitKind: "vector-genomes",
    regimens: [],
    facts: [
      {
        topic: "dose",
        statement: "Upper limit of the weight band × 5.5 mL/kg, half-up to 0.1 mL; the sources in hand list no bands.",
        source: ZOLGENSMA,
      },
      { topic: "containerVolume", statement: "Vials: the volume / 8.3 mL, up to a whole number.", source: ZOLGENSMA },
    ],
    volume: {
      rule: { kind: "band-upper-limit", bandUpperKg: [], mlPerKg: "5.5", stepMl: "0.1" },
      vialMl: "8.3",
      source: ZOLGENSMA,
    },
  },
  {
    id: "elevidys",
    name: "Elevidys",
    unitKind: "vector-genomes",
    regimens: [],
    facts: [
      {
        topic: "dose",
        statement: "Japan: weight half-up to 1 kg, one vial of 10 mL for each kilogram; from 70 kg on the same.",
        source: ELEVIDYS,
      },
      { topic: "containerVolume", statement: "A vial holds 10 mL.", source: ELEVIDYS },
    ],
    volume: {
      rule: { kind: "rounded-weight", stepKg: "1", mlPerKg: "10", flatFromKg: "70" },
      vialMl: "10",
      source: ELEVIDYS,
    },
  },
  {
    id: "dli",
    name: "Donor lymphocytes",
    unitKind: "cd3-cells",
    regimens: [],
    facts: [
      {
        topic: "dose",
        statement:
          "First dose in three groups: up to 1E7, 1E7 to 1E8, 1E8 CD3/kg and more; below 1E8 is advised (Bar 2013).",
        source: "PMC8357755",
      },
      {
        topic: "administrations",
        statement: "A series of 0.69E6, 0.78E6 and 2.31E6/kg, 28 days apart.",
        source: "PMC8357755",
      },
    ],
  },
]);
