import { deepFreeze } from "../../foundation/index.js";
import type { Indication, Product, Regimen } from "./model.js";
import { READ } from "./sources.js";

const HEMACORD = "recallguide.org";
const LENMELDY = "CenterWatch; SmPC";
const CHILDRENS = "childrenshospital.org";
const CASGEVY = "rxreasoner.com, of the FDA's and the EMA's product information";
const OMISIRGE = "fda.report";

const leukodystrophy = (subtype: string): Indication => ({
  statement: `Children with ${subtype} metachromatic leukodystrophy.`,
  source: "CenterWatch",
  ageYears: { below: "18" },
});

/** A dose of CD34+ cells: at least so many, and where stated at most, for each kilogram. */
function cd34(
  id: string,
  title: string,
  minimum: string,
  source: string,
  indication: Indication,
  maximum?: string,
): Regimen {
  const end = { kind: "per-kg" } as const;
  return {
    id,
    title,
    range: {
      minimum: { ...end, amount: minimum },
      ...(maximum === undefined ? {} : { maximum: { ...end, amount: maximum } }),
    },
    indication,
    source,
  };
}

/** Cord blood and gene-modified CD34+ cells: numbers of their sources and nothing else. */
export const STEM_CELL_PRODUCTS: readonly Product[] = /* @__PURE__ */ deepFreeze<Product[]>([
  {
    id: "hemacord",
    name: "Hemacord",
    unitKind: "total-nucleated-cells",
    regimens: [
      {
        id: "label",
        title: "At least 2.5E7 TNC/kg at cryopreservation",
        range: { minimum: { kind: "per-kg", amount: "25000000" } },
        indication: {
          statement:
            "Transplantation from an unrelated donor in disorders of the haematopoietic system; no age is stated.",
          source: HEMACORD,
        },
        source: HEMACORD,
      },
    ],
    facts: [
      {
        topic: "containerContent",
        statement: "A unit holds at least 5E8.",
        source: HEMACORD,
        says: [{ of: "content", minimum: "500000000" }],
      },
      { topic: "other", statement: "At most 1 g DMSO/kg a day.", source: HEMACORD },
      {
        topic: "stability",
        statement: "4 h (4 to 25 °C), or 24 h at 4 °C if washed.",
        source: HEMACORD,
        says: [{ of: "stabilityMinutes", maximum: "240" }],
      },
    ],
    readOn: { [HEMACORD]: READ },
  },
  {
    id: "lenmeldy",
    name: "Lenmeldy / Libmeldy",
    unitKind: "cd34-cells",
    regimens: [
      cd34(
        "minimum-4.2",
        "At least 4.2E6 CD34/kg (by subtype), at most 30E6",
        "4200000",
        LENMELDY,
        leukodystrophy("pre-symptomatic late infantile"),
        "30000000",
      ),
      cd34(
        "minimum-9",
        "At least 9E6 CD34/kg (by subtype), at most 30E6",
        "9000000",
        LENMELDY,
        leukodystrophy("pre-symptomatic early juvenile"),
        "30000000",
      ),
      cd34(
        "minimum-6.6",
        "At least 6.6E6 CD34/kg (by subtype), at most 30E6",
        "6600000",
        LENMELDY,
        leukodystrophy("early symptomatic early juvenile"),
        "30000000",
      ),
    ],
    facts: [
      {
        topic: "containerContent",
        statement: "2E6 to 10E6/mL.",
        source: LENMELDY,
        says: [{ of: "perMl", minimum: "2000000", maximum: "10000000" }],
      },
      {
        topic: "containerVolume",
        statement: "A bag holds 10 to 20 mL.",
        source: LENMELDY,
        says: [{ of: "fillMl", minimum: "10", maximum: "20" }],
      },
      { topic: "dmso", statement: "55 mg/mL.", source: LENMELDY, says: [{ of: "dmsoMgPerMl", oneOf: ["55"] }] },
    ],
    readOn: { CenterWatch: READ },
  },
  {
    id: "skysona",
    name: "Skysona",
    unitKind: "cd34-cells",
    regimens: [
      cd34("label", "At least 5.0E6 CD34/kg", "5000000", "label", {
        statement: "Boys of 4 to 17 years with early, active cerebral adrenoleukodystrophy.",
        source: CHILDRENS,
        ageYears: { from: "4", below: "18" },
      }),
    ],
    facts: [
      {
        topic: "other",
        statement: "One dose in one or two bags.",
        source: "medcentralhub.com, of the US prescribing information",
      },
    ],
    readOn: { [CHILDRENS]: READ, "medcentralhub.com, of the US prescribing information": READ },
  },
  {
    id: "casgevy",
    name: "Casgevy",
    unitKind: "cd34-cells",
    regimens: [
      cd34("label", "At least 3E6 CD34/kg", "3000000", "label", {
        statement:
          "From 12 years on, with sickle cell disease and recurrent crises or transfusion-dependent β-thalassaemia.",
        source: CASGEVY,
        ageYears: { from: "12" },
      }),
    ],
    facts: [
      { topic: "other", statement: "One dose in one or more vials; all of them are given.", source: CASGEVY },
      {
        topic: "containerContent",
        statement: "4E6 to 13E6/mL.",
        source: "medicines.org.uk",
        says: [{ of: "perMl", minimum: "4000000", maximum: "13000000" }],
      },
    ],
    readOn: { [CASGEVY]: READ, "medicines.org.uk": READ },
  },
  {
    id: "omisirge",
    name: "Omisirge",
    unitKind: "cells",
    regimens: [],
    facts: [
      {
        topic: "administrations",
        statement: "Two bags, CF and NF; NF starts within 1 h after CF.",
        source: OMISIRGE,
      },
      {
        topic: "containerVolume",
        statement: "A kit holds bags of 10, 20, 40 and 80 mL.",
        source: "openFDA, NDC 73441-800",
      },
    ],
    indication: {
      statement:
        "From 12 years on in haematologic malignancies, from 6 years on in severe aplastic anaemia, without a compatible donor.",
      source: `${OMISIRGE}; healthday.com`,
      ageYears: { from: "6" },
    },
    readOn: { [OMISIRGE]: READ, "healthday.com": READ, "openFDA, NDC 73441-800": READ },
  },
]);
