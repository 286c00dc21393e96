import { deepFreeze } from "../../foundation/index.js";
import type { Bound } from "../preparation/model.js";
import type { Indication, Product } from "./model.js";
import { READ } from "./sources.js";

const DRUGS = "drugs.com";
const NEXUS = "group-nexus.jp";
const EBVALLO = "SmPC; oladoctor";
const ZOLGENSMA = "drugs.com; zolgensma-hcp";
/** 3, 3.5, ..., 21 kg: the upper limits. */
const ZOLGENSMA_BANDS: readonly string[] = Array.from({ length: 37 }, (_, index) => String(3 + index / 2));
const ELEVIDYS = "MHLW notice";
const NIKKEI = "medical.nikkeibp.co.jp";
const RETHYMIC_LABEL = "openFDA, label of Rethymic";
/** One infusion of Lantidra is one bag, which holds so much at most. */
const ONE_BAG: Bound = { kind: "flat", amount: "1000000" };
const TYPE_1: Indication = {
  statement: "Adults with type 1 diabetes and repeated severe hypoglycaemia.",
  source: DRUGS,
  ageYears: { from: "18" },
};

/** Stromal cells, virus-specific T cells, islets, tissue, vectors and lymphocytes: numbers of their sources and nothing else. */
export const STROMAL_AND_OTHER_PRODUCTS: readonly Product[] = /* @__PURE__ */ deepFreeze<Product[]>([
  {
    id: "ryoncil",
    name: "Ryoncil",
    unitKind: "cells",
    regimens: [
      {
        id: "label",
        title: "2E6 MSC/kg",
        target: { kind: "per-kg", amount: "2000000" },
        indication: {
          statement: "Children from 2 months on with steroid-refractory acute graft-versus-host disease.",
          source: DRUGS,
          // Two months are 0.1666... years: whoever is stated as 0.16 or 0.17 is two months old.
          ageYears: { from: "0.16", below: "18" },
        },
        source: DRUGS,
      },
    ],
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
    storage: {
      statement: "At -135 °C or below in the vapour phase of liquid nitrogen, until it is thawed for use.",
      source: DRUGS,
    },
    readOn: { [DRUGS]: READ },
  },
  {
    id: "temcell",
    name: "Temcell",
    unitKind: "cells",
    regimens: [
      {
        id: "label",
        title: "2E6/kg",
        target: { kind: "per-kg", amount: "2000000" },
        indication: {
          statement: "Acute graft-versus-host disease after stem cell transplantation; no age is stated.",
          source: NEXUS,
        },
        source: NEXUS,
      },
    ],
    facts: [
      {
        topic: "containerContent",
        statement: "A bag holds 72E6 cells.",
        source: NEXUS,
        says: [{ of: "content", oneOf: ["72000000"] }],
      },
      {
        topic: "finalVolume",
        statement: "18 mL of saline are added to a bag.",
        source: NEXUS,
      },
      { topic: "rate", statement: "About 4 mL/min.", source: NEXUS },
      { topic: "administrations", statement: "Twice a week for 4 weeks, at least 3 days apart.", source: NEXUS },
      {
        topic: "containerVolume",
        statement: "A bag holds 10.8 mL.",
        source: NIKKEI,
        says: [{ of: "fillMl", oneOf: ["10.8"] }],
      },
    ],
    readOn: { [NEXUS]: READ, [NIKKEI]: READ },
  },
  {
    id: "ebvallo",
    name: "Ebvallo",
    unitKind: "cells",
    regimens: [
      {
        id: "label",
        title: "2E6/kg",
        target: { kind: "per-kg", amount: "2000000" },
        indication: {
          statement: "From 2 years on, with EBV-positive lymphoproliferative disease after transplantation.",
          source: "oladoctor",
          ageYears: { from: "2" },
        },
        source: EBVALLO,
      },
    ],
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
    readOn: { oladoctor: READ },
  },
  {
    id: "lantidra",
    name: "Lantidra",
    unitKind: "islet-equivalents",
    regimens: [
      {
        id: "first",
        title: "First infusion, at least 5,000 EIN/kg, at most 1E6 EIN",
        range: { minimum: { kind: "per-kg", amount: "5000" }, maximum: ONE_BAG },
        indication: TYPE_1,
        source: DRUGS,
      },
      {
        id: "later",
        title: "Later infusions, at least 4,500 EIN/kg, at most 1E6 EIN",
        range: { minimum: { kind: "per-kg", amount: "4500" }, maximum: ONE_BAG },
        indication: TYPE_1,
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
    storage: { statement: "In the insulated container at 15 to 25 °C.", source: DRUGS },
    expiry: { statement: "6 hours after its release.", source: DRUGS },
    readOn: { [DRUGS]: READ },
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
    indication: {
      statement: "Children with congenital athymia.",
      source: RETHYMIC_LABEL,
      ageYears: { below: "18" },
    },
    readOn: { [RETHYMIC_LABEL]: READ },
  },
  {
    id: "zolgensma",
    name: "Zolgensma",
    unitKind: "vector-genomes",
    regimens: [],
    facts: [
      {
        topic: "dose",
        statement:
          "Upper limit of the weight band × 5.5 mL/kg, half-up to 0.1 mL; bands of 2.6 to 3.0, 3.1 to 3.5 and so on to 21.0 kg.",
        source: ZOLGENSMA,
      },
      {
        topic: "containerVolume",
        statement: "A kit holds vials of 5.5 and of 8.3 mL: in all the volume / 8.3 mL, up to a whole number.",
        source: ZOLGENSMA,
      },
    ],
    volume: {
      rule: { kind: "band-upper-limit", bandUpperKg: ZOLGENSMA_BANDS, mlPerKg: "5.5", stepMl: "0.1" },
      vialMl: "8.3",
      source: ZOLGENSMA,
    },
    indication: {
      statement: "Children below 2 years with spinal muscular atrophy, of 2.6 to 21.0 kg.",
      source: ZOLGENSMA,
      ageYears: { below: "2" },
      weightKg: { from: "2.6", to: "21" },
    },
    readOn: { "drugs.com": READ, "zolgensma-hcp": READ },
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
    indication: {
      statement: "Duchenne muscular dystrophy, from 4 years on (US); of 10 kg or more (Japan).",
      source: `elevidys.com; ${ELEVIDYS}`,
      ageYears: { from: "4" },
      weightKg: { from: "10" },
    },
    readOn: { [ELEVIDYS]: READ, "elevidys.com": READ },
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
    readOn: {},
  },
]);
