import { input, type Formula } from "./formula.js";
import {
  EXPOSURE_FORMULAS,
  FIRST_FORMULAS,
  heightInput,
  measuredWeight,
  weightInput,
  type PrescriptionFormulaId,
} from "./prescriptionFormulas.js";
import { readFormulas, type ReadFormulas } from "./readFormulas.js";
import type { SourceWord } from "./sources.js";

const DELIVERED = "Delivered dose of the rounded volume";
const DMSO = "DMSO of the day";
const THE_ORDER = "the order" satisfies SourceWord;
const LABEL_AND_RECOVERY = "label and recovery" satisfies SourceWord;
const DMSO_PRACTICE = "practice from Bekkem 2013: 1 g/kg/day" satisfies SourceWord;
const ENDOTOXIN = "PMC5079635: 5 EU/kg";

const base = input("base of the sex", "kg");
const targetInput = input("target", "{unit}");
const drawInput = input("drawn volume", "mL");
const deliveredInput = input("delivered", "{unit}");
const concentrationInput = input("actual concentration", "{unit}/mL");
const labelConcentration = input("label concentration", "{counted}/mL");
const graduationInput = input("graduation", "mL");
const fillInput = input("fill volume", "mL");
const finalInput = input("final volume", "mL");
const rateInput = input("rate", "mL/min");
const durationInput = input("duration", "min");
const otherDmso = input("from other products that day", "g");
const otherEndotoxin = input("from other products that day", "EU");
const administration = input("administration {number}", "{unit}");

// What several formulas have in common.
const factors = { r: input("recovery", ""), v: input("viability", ""), p: input("purity", "") };
const FACTORS = "recovery {r}⟨ × viability {v}⟩⟨ × purity {p}⟩";
const ideal = "base {B} + 2.3 × (height {h} / 2.54 - 60)";
const bases = "B = 50 (male) or 45.5 (female)";
const reweigh = {
  line: "d% = 100 × ({now} - reference {r}) / {r}; the new weight counts if |d%| {comparison} threshold T",
  after: "T = {T} %; {weighedOn}, {referenceWeighedOn}",
  inputs: { now: measuredWeight, r: input("weight at {reference}", "kg"), T: input("threshold", "%") },
  unit: "%",
  rounding: "percent",
  source: THE_ORDER,
} as const;
const containers = { unit: "{containers}", rounding: "up" } as const;
const emptied = {
  inputs: {
    n: input("containers", ""),
    x: input("extractable volume", "mL"),
    e: input("emptied volume", "mL"),
    C: concentrationInput,
  },
  unit: "{unit}",
};
const concentration = {
  title: "Actual concentration of lot {lot}",
  unit: "{unit}/mL",
  source: LABEL_AND_RECOVERY,
} as const;
const bandVolume = {
  inputs: {
    w: measuredWeight,
    b: input("weight that counts", "kg"),
    m: input("volume for each kilogram", "mL/kg"),
  },
  unit: "mL",
};

/**
 * The id of a formula of a dose. What stands before the colon is the step; docs/dose-formulas.md has each with its
 * units, rounding, source and a worked example.
 */
export type FormulaId =
  | PrescriptionFormulaId
  | "weight:reference"
  | "weight:ideal"
  | "weight:predicted"
  | "weight:adjusted"
  | "weight:lean"
  | "reweigh:stays"
  | "reweigh:new"
  | "target:whole"
  | "together"
  | "range"
  | "usable"
  | "usable-by-volume"
  | "label-difference"
  | "containers"
  | "containers:by-volume"
  | "containers:several"
  | "emptied"
  | "emptied:whole"
  | "concentration:measured"
  | "concentration:volume"
  | "concentration:content"
  | "draw"
  | "draw:several"
  | "residual"
  | "delivered"
  | "delivered:several"
  | "rounding-error"
  | "given-per-kg"
  | "final-volume"
  | "diluent"
  | "final-concentration"
  | "minutes"
  | "minutes:hourly"
  | "rate"
  | "ml-per-kg-per-hour"
  | "cells-per-kg-per-min"
  | "drops-per-min"
  | "stability"
  | "dmso:percent"
  | "dmso:mg"
  | "dmso:others"
  | "dmso-per-kg"
  | "dmso-most-containers"
  | "endotoxin"
  | "endotoxin:others"
  | "band-volume:upper"
  | "band-volume:rounded"
  | "vials"
  | "administered"
  | "deviation"
  | "cumulative"
  | "cumulative-per-kg";

/**
 * Every formula of a dose, told once: from its line come the value, the printed formula and the worked line.
 *
 * What stands before a colon in an id is the step's id; several formulas of one step differ in what follows it.
 */
export const FORMULAS: Readonly<Record<FormulaId, Formula>> = {
  ...FIRST_FORMULAS,
  // the weight and the body surface that a dose goes by
  "weight:reference": {
    title: "Dosing weight",
    line: "w = reference weight {a}",
    inputs: { a: ["reference weight, which stays", "kg"] },
    unit: "kg",
  },
  "weight:ideal": {
    title: "Dosing weight: ideal weight, {sex}",
    line: `w = ${ideal}; ${bases}`,
    inputs: { a: measuredWeight, h: heightInput, B: base },
    unit: "kg",
  },
  "weight:predicted": {
    title: "Dosing weight: predicted weight, {sex}",
    line: `w = base {B} + 0.91 × (height {h} - 152.4); ${bases}`,
    inputs: { a: measuredWeight, h: heightInput, B: base },
    unit: "kg",
  },
  "weight:adjusted": {
    title: "Dosing weight: adjusted weight, {sex}",
    line: `w = (1 - factor {f}) × (${ideal}) + {f} × measured weight {a}; ${bases}`,
    inputs: { a: measuredWeight, h: heightInput, B: base, f: ["factor", ""] },
    unit: "kg",
  },
  "weight:lean": {
    title: "Dosing weight: lean weight, {sex}",
    line: "w = slope {k} × measured weight {a} - constant {c} × ({a} / height {h})²; k = 1.10 (male) or 1.07 (female), c = 148 (female)",
    inputs: { a: measuredWeight, h: heightInput, k: ["slope", ""], c: ["constant", "cm²/kg"] },
    unit: "kg",
  },
  "reweigh:stays": { title: "Change of weight: the reference weight stays", ...reweigh },
  "reweigh:new": { title: "Change of weight: the new weight is used", ...reweigh },
  // the target of one administration
  "target:whole": {
    title: "Target: all that the containers hold",
    line: "target = Σ {y} over the lots",
    inputs: { y: ["cells of the emptied containers", "{unit}"] },
    unit: "{unit}",
    source: LABEL_AND_RECOVERY,
  },
  together: {
    title: "All components together",
    line: "sum = Σ {delivered} over the components",
    inputs: { delivered: deliveredInput },
    unit: "{unit}",
  },
  range: {
    title: "Range of the dose at this weight",
    line: "⟨least dose {lo} <= ⟩target {t}⟨ <= greatest dose {hi}⟩",
    expression: "{t}",
    before: "⟨{lo} <= ⟩{t}⟨ <= {hi}⟩",
    inputs: { lo: ["least dose", "{unit}"], hi: ["greatest dose", "{unit}"], t: targetInput },
    unit: "{unit}",
  },
  // containers
  usable: {
    title: "Usable in one of lot {lot}, by content",
    line: `u = content {k} × ${FACTORS}`,
    inputs: { k: ["content in {counted}", "{counted}"], ...factors },
    unit: "{unit}",
    source: "label, count basis declared in the order",
  },
  "usable-by-volume": {
    title: "Usable in one of lot {lot}, by volume",
    line: `u = label concentration {c} × extractable volume {e} × ${FACTORS}`,
    inputs: { c: labelConcentration, e: ["extractable volume", "mL"], ...factors },
    unit: "{unit}",
    source: "label",
  },
  "label-difference": {
    title: "Do the label's values agree, lot {lot}?",
    line: "difference = 100 × (label concentration {c} - {k} / {f}) / (content {k} / fill volume {f})",
    inputs: { c: labelConcentration, k: ["content", "{counted}"], f: fillInput },
    unit: "%",
    rounding: "percent",
  },
  containers: {
    title: "Containers to thaw",
    line: "n = ceiling({target} × (1 + overfill {o} / 100) / usable {u})",
    ...containers,
    inputs: { target: targetInput, o: ["overfill", "%"], u: ["usable in one of lot {lot}", "{unit}"] },
  },
  "containers:by-volume": {
    title: "Containers to thaw, by the volume that can be drawn",
    line: "n = ceiling(draw {V} / extractable volume {e}); more than ceiling(target × (1 + overfill o / 100) / usable u)",
    ...containers,
    inputs: {
      target: targetInput,
      o: ["overfill", "%"],
      u: ["usable in one of lot {lot}", "{unit}"],
      V: ["draw", "mL"],
      e: ["extractable volume", "mL"],
    },
  },
  "containers:several": {
    title: "Containers to thaw",
    line: "containers = Σ {n}; lots by expiry until Σ containers n × usable cells u >= target × (1 + overfill o / 100); within a lot the fewest containers, then the least left over",
    before: "Σ {n} × {u} >= {target} × (1 + {o} / 100)",
    ...containers,
    inputs: {
      target: targetInput,
      o: ["overfill", "%"],
      n: ["containers of lot {lot}", ""],
      u: ["usable in one of lot {lot}", "{unit}"],
    },
  },
  // the draw
  emptied: {
    title: "Cells of lot {lot}, emptied",
    line: "y = emptied {e} × concentration {C}; e = containers n × extractable volume x, down to the graduation",
    ...emptied,
  },
  "emptied:whole": {
    title: "Cells of lot {lot}, emptied",
    line: "y = emptied {e} × concentration {C}; e = containers n × extractable volume x",
    ...emptied,
  },
  "concentration:measured": {
    ...concentration,
    line: "C = measured after thawing",
    expression: "{C}",
    inputs: { C: ["measured concentration", "{unit}/mL"] },
    source: "measurement",
  },
  "concentration:volume": {
    ...concentration,
    line: "C = label concentration {c} × factor {q}",
    inputs: { c: labelConcentration, q: ["factor", ""] },
  },
  "concentration:content": {
    ...concentration,
    line: "C = usable cells {u} / fill volume {f}",
    inputs: { u: ["usable cells of one container", "{unit}"], f: fillInput },
  },
  draw: {
    title: "Volume to draw",
    line: "draw = {target} / concentration {C}",
    inputs: { target: targetInput, C: concentrationInput, g: graduationInput },
    unit: "mL",
    source: "the order: graduation of the syringe",
  },
  "draw:several": {
    title: "Volume to draw: earlier lots emptied, the rest from lot {lot}",
    line: "draw = emptied mL {e} + ({target} - emptied cells {y}) / concentration {C} of the last lot",
    inputs: {
      e: ["volume of the emptied lots", "mL"],
      target: targetInput,
      y: ["cells of the emptied lots", "{unit}"],
      C: concentrationInput,
      g: graduationInput,
    },
    unit: "mL",
    source: "the order: graduation of the syringe",
  },
  residual: {
    title: "Left in the containers, at least {dead} mL",
    line: "residual = Σ n × fill - draw",
    expression: "{fill} - {draw}",
    inputs: { fill: ["filled volume", "mL"], draw: drawInput, dead: ["dead volume", "mL"] },
    unit: "mL",
  },
  delivered: {
    title: DELIVERED,
    line: "delivered = {draw} × concentration {C}",
    inputs: { draw: drawInput, C: concentrationInput },
    unit: "{unit}",
  },
  "delivered:several": {
    title: DELIVERED,
    line: "delivered = emptied cells {y} + draw {x} × concentration {C} of the last lot",
    inputs: {
      y: ["cells of the emptied lots", "{unit}"],
      x: ["drawn from the last lot", "mL"],
      C: concentrationInput,
    },
    unit: "{unit}",
  },
  "rounding-error": {
    title: "Error of rounding",
    line: "e% = 100 × ({delivered} - {target}) / {target}",
    inputs: { delivered: deliveredInput, target: targetInput },
    unit: "%",
    rounding: "percent",
  },
  "given-per-kg": {
    title: "Dose per kg that is given",
    line: "dose per kg = {target} / weight {w}",
    inputs: { target: targetInput, w: weightInput },
    unit: "{unit}/kg",
    rounding: "reading",
  },
  // the bag and its infusion
  "final-volume": {
    title: "Final volume with the diluent of each container",
    line: "V = {draw} + containers {n} × diluent {d}",
    inputs: { draw: drawInput, n: ["thawed containers", ""], d: ["diluent for each container", "mL"] },
    unit: "mL",
    source: THE_ORDER,
  },
  diluent: {
    title: "Diluent to the final volume",
    line: "diluent = final volume {V} - {draw}",
    inputs: { V: finalInput, draw: drawInput },
    unit: "mL",
    source: THE_ORDER,
  },
  "final-concentration": {
    title: "Final concentration",
    line: "final concentration = {delivered} / final volume {V}",
    inputs: { delivered: deliveredInput, V: finalInput },
    unit: "{unit}/mL",
    rounding: "reading",
  },
  minutes: {
    title: "Duration of the infusion",
    line: "minutes = final volume {V} / rate {R}",
    inputs: { V: finalInput, R: rateInput },
    unit: "min",
    rounding: "reading",
    source: THE_ORDER,
  },
  "minutes:hourly": {
    title: "Duration of the infusion",
    line: "minutes = 60 × final volume {V} / rate {R}",
    inputs: { V: finalInput, R: ["rate", "mL/h"] },
    unit: "min",
    rounding: "reading",
    source: THE_ORDER,
  },
  rate: {
    title: "Rate of the infusion",
    line: "rate = final volume {V} / minutes {t}",
    inputs: { V: finalInput, t: durationInput },
    unit: "mL/min",
    rounding: "reading",
    source: THE_ORDER,
  },
  "ml-per-kg-per-hour": {
    title: "Volume for each kilogram and hour",
    line: "60 × rate {R} / weight {w}",
    inputs: { R: rateInput, w: weightInput },
    unit: "mL/kg/h",
    rounding: "reading",
  },
  "cells-per-kg-per-min": {
    title: "Cells for each kilogram and minute",
    line: "{delivered} / (weight {w} × minutes {t})",
    inputs: { delivered: deliveredInput, w: weightInput, t: durationInput },
    unit: "{unit}/kg/min",
    rounding: "reading",
  },
  "drops-per-min": {
    title: "Drops a minute",
    line: "rate {R} × drops per mL {F}",
    inputs: { R: rateInput, F: ["drop factor", "drops/mL"] },
    unit: "drops/min",
    rounding: "reading",
  },
  stability: {
    title: "Minutes left when infusion and flush end",
    line: "spare = {stability} - ({hold} from thaw to start + {minutes} + {flush})",
    after: "{thawedAt} – {startAt}",
    inputs: {
      stability: ["stability after thawing", "min"],
      hold: ["from thaw to start", "min"],
      minutes: durationInput,
      flush: ["line flush", "min"],
    },
    unit: "min",
    rounding: "minutesUp",
    source: THE_ORDER,
  },
  // the day
  "dmso:percent": {
    title: DMSO,
    line: "DMSO = {draw} × {p}[ % v/v] / 100 × 1.10[ g/mL] + {other}",
    inputs: { draw: drawInput, p: ["DMSO", "% v/v"], other: otherDmso },
    unit: "g",
  },
  "dmso:mg": {
    title: DMSO,
    line: "DMSO = {draw} × {m}[ mg/mL] / 1000 + {other}",
    inputs: { draw: drawInput, m: ["DMSO", "mg/mL"], other: otherDmso },
    unit: "g",
  },
  "dmso:others": { title: DMSO, line: "DMSO = {other}", inputs: { other: otherDmso }, unit: "g", source: THE_ORDER },
  "dmso-per-kg": {
    title: "DMSO for each kilogram, at most {limit} g/kg",
    line: "{DMSO} / measured weight {b}",
    inputs: { DMSO: ["DMSO of the day", "g"], b: measuredWeight },
    unit: "g/kg",
    rounding: "fourPlaces",
    source: DMSO_PRACTICE,
  },
  "dmso-most-containers": {
    title: "Most containers of the day by DMSO",
    line: "(limit {L} × {b} - {other}) / DMSO {g} of the largest container",
    inputs: { L: ["limit", "g/kg"], b: measuredWeight, other: otherDmso, g: ["DMSO of the largest container", "g"] },
    unit: "",
    rounding: "down",
    source: DMSO_PRACTICE,
  },
  endotoxin: {
    title: "Endotoxin, at most {limit} EU",
    line: "{draw} × {E}[ EU/mL] + {other}; at most 5 EU/kg × b",
    inputs: { draw: drawInput, E: ["endotoxin", "EU/mL"], other: otherEndotoxin, b: measuredWeight },
    unit: "EU",
    citation: ENDOTOXIN,
  },
  "endotoxin:others": {
    title: "Endotoxin, at most {limit} EU",
    line: "{other}; at most 5 EU/kg × b",
    inputs: { other: otherEndotoxin, b: measuredWeight },
    unit: "EU",
    citation: ENDOTOXIN,
  },
  // volumes by weight
  "band-volume:upper": {
    title: "Volume by weight",
    line: "V = upper limit of the band {b} × [mL/kg ]{m}",
    ...bandVolume,
  },
  "band-volume:rounded": { title: "Volume by weight", line: "V = rounded weight {b} × [mL/kg ]{m}", ...bandVolume },
  vials: {
    title: "Vials",
    line: "n = ceiling(volume {V} / volume of a vial)",
    expression: "ceiling({V} / {vial})",
    inputs: { V: ["volume", "mL"], vial: ["volume of a vial", "mL"] },
    unit: "vials",
    rounding: "up",
  },
  // over all administrations
  ...EXPOSURE_FORMULAS,
  // what was given
  administered: {
    title: "Administered dose",
    line: "actual = infused {i} / prepared {p} × viable cells prepared {c}",
    inputs: { i: ["infused volume", "mL"], p: ["prepared volume", "mL"], c: ["prepared at infusion", "{unit}"] },
    unit: "{unit}",
  },
  deviation: {
    title: "Deviation from the planned dose",
    line: "deviation% = 100 × ({actual} - {planned}) / {planned}",
    inputs: { actual: ["administered", "{unit}"], planned: ["planned", "{unit}"] },
    unit: "%",
    rounding: "percentOfClass",
  },
  cumulative: {
    title: "Cumulative exposure",
    line: "total = Σ actual",
    expression: "Σ {a}",
    inputs: { a: administration },
    unit: "{unit}",
  },
  "cumulative-per-kg": {
    title: "Cumulative exposure for each kilogram",
    line: "Σ actual / w, each with its own dosing weight",
    expression: "Σ {a} / {w}",
    inputs: { a: administration, w: weightInput },
    unit: "{unit}/kg",
    rounding: "reading",
  },
};

/** All of them, each read once, when the program starts. */
export const ALL_FORMULAS: ReadFormulas<FormulaId> = /* @__PURE__ */ readFormulas(FORMULAS);
