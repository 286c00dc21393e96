import { readFileSync } from "node:fs";
import { administrationDay } from "./dosingWeight.js";
import type { Weighed } from "./dosingWeight.js";
import { divided, isAbove, isBelow, isSame, read, times, whole } from "./fraction.js";
import type { Fraction } from "./fraction.js";
import type { GivenRecord } from "./given.js";
import { volumeOf } from "./bag.js";
import type { Kind, Limit, Limits, Lot, Order, Range, Worksheet } from "./shape.js";
import type { Drawn } from "./syringe.js";

/** docs/plausibility.md: its tables are read, the rest of it is written here a second time. */
const page = readFileSync("docs/plausibility.md", "utf8");

const tableOf = (name: string): readonly (readonly string[])[] =>
  (new RegExp(`<!-- ${name} -->([^]*)<!-- /${name} -->`, "u").exec(page)?.[1] ?? "")
    .split("\n")
    .filter((line) => line.startsWith("| ") && !line.startsWith("| --"))
    .slice(1)
    .map((line) =>
      line
        .split("|")
        .slice(1, -1)
        .map((cell) => cell.trim()),
    );

interface Ends {
  readonly least: Fraction | undefined;
  readonly most: Fraction | undefined;
}

interface Row {
  readonly id: string;
  /** Of each field the names that lead to it; `*` is every place of a list. */
  readonly fields: readonly (readonly string[])[];
  readonly counts: readonly string[];
  readonly possible: Ends;
  readonly usual: Ends;
  readonly oneOf: readonly Fraction[];
}

const endsOf = (text: string): Ends => {
  const [, least, most] = /^([0-9.]+) to ([0-9.]+)$/u.exec(text) ?? [];
  const [, side, only] = /^at (least|most) ([0-9.]+)$/u.exec(text) ?? [];
  const low = least ?? (side === "least" ? only : undefined);
  const high = most ?? (side === "most" ? only : undefined);
  return { least: low === undefined ? undefined : read(low), most: high === undefined ? undefined : read(high) };
};

const rows: readonly Row[] = tableOf("values").map(
  ([id = "", , , fields = "", counts = "", possible = "", usual = ""]) => ({
    id: id.replaceAll("`", ""),
    fields: [...fields.matchAll(/`([a-z][A-Za-z.*]+\.[A-Za-z0-9.*]+)`/gu)].map(([, field = ""]) => field.split(".")),
    counts: counts === "" ? [] : counts.split(", "),
    possible: endsOf(possible),
    usual: endsOf(usual),
    oneOf: usual.includes(" or ") ? usual.split(" or ").map(read) : [],
  }),
);

const rowById: ReadonlyMap<string, Row> = new Map(rows.map((row) => [row.id, row]));

const weights = tableOf("weights").map(([years = "", , least = "", most = ""]) => ({
  years: read(years),
  least: read(least),
  most: read(most),
}));

const isOutside = (value: Fraction, { least, most }: Ends): boolean =>
  (least !== undefined && isBelow(value, least)) || (most !== undefined && isAbove(value, most));

/** What a number of an order is held against, and where it stands. */
type Found = readonly [id: string, path: string, value: Fraction];

/** Adds the numbers that stand at a field, each with its place. */
const addValuesAt = (found: Found[], id: string, holder: unknown, keys: readonly string[], at = 0, path = ""): void => {
  const key = keys[at];
  if (key === undefined) {
    if (typeof holder !== "string" && typeof holder !== "number") return;
    const value = read(String(holder));
    if (value.top !== 0n) found.push([id, path, value]);
  } else if (typeof holder === "object" && holder !== null) {
    const inner = (name: string, one: unknown): void => {
      addValuesAt(found, id, one, keys, at + 1, path === "" ? name : `${path}.${name}`);
    };
    if (key !== "*") inner(key, (holder as Record<string, unknown>)[key]);
    else
      (holder as unknown[]).forEach((one, place) => {
        inner(String(place), one);
      });
  }
};

/** Fields of a row that counts something, and the ends of doses, are looked at below. */
const plainRows = rows.filter(({ counts }) => counts.length === 0);

const ofFields = (order: Order): readonly Found[] => {
  const found: Found[] = [];
  for (const { id, fields } of plainRows) for (const keys of fields) addValuesAt(found, id, order, keys);
  return found;
};

const forKind = (ids: readonly string[], kind: Kind): string | undefined =>
  ids.find((id) => rows.some((row) => row.id === id && row.counts.includes(kind)));

const ROW_OF_KIND = { flat: "flatDose", "per-kg": "dosePerKg", "per-m2": "dosePerM2" } as const;
const doseRow = (kind: Limit["kind"], counted: Kind): string | undefined =>
  forKind(
    ["", "Nucleated", "Islets"].map((ending) => `${ROW_OF_KIND[kind]}${ending}`),
    counted,
  );

/** What is unusual of the limits of several components together. */
export const strangeTogether = (together: Limits, counted: Kind): readonly string[] => {
  const { cap, range, hard, soft } = together;
  const ends = (one: Range | undefined, path: string): readonly (readonly [Limit | undefined, string])[] => [
    [one?.minimum, `${path}.minimum.amount`],
    [one?.maximum, `${path}.maximum.amount`],
  ];
  const ranges =
    range !== undefined && "length" in range
      ? range.flatMap((band, place) => ends(band.range, `together.range.${place}.range`))
      : ends(range, "together.range");
  const all = [
    ...ranges,
    ...ends(hard, "together.hard"),
    ...ends(soft, "together.soft"),
    [cap === undefined ? undefined : { kind: "flat" as const, amount: cap.amount }, "together.cap"] as const,
  ];
  return all.flatMap(([limit, path]) => {
    const id = limit === undefined ? undefined : doseRow(limit.kind, counted);
    return limit === undefined || id === undefined || judge([id, path, read(limit.amount)]) === "usual" ? [] : [path];
  });
};

const ofDose = (order: Order, isLabel: boolean): readonly Found[] => {
  const { rule, levels, cap, range, hard, soft } = order.dose;
  const one = (kind: Limit["kind"], amount: string, path: string, counted = rule.unitKind): readonly Found[] => {
    const id = doseRow(kind, counted);
    return id === undefined ? [] : [[id, path, read(amount)]];
  };
  const both = (ends: Range | undefined, path: string): readonly Found[] =>
    (["minimum", "maximum"] as const).flatMap((end) => {
      const limit = ends?.[end];
      return limit === undefined ? [] : one(limit.kind, limit.amount, `${path}.${end}.amount`);
    });
  const ranges =
    range !== undefined && "length" in range
      ? range.flatMap((band, place) => both(band.range, `dose.range.${place}.range`))
      : both(range, "dose.range");
  return [
    ...("amount" in rule ? one(rule.kind, rule.amount, "dose.rule") : []),
    ...(isLabel
      ? []
      : levels.flatMap((level, place) => {
          const isOrdered = "amount" in rule && level.kind === rule.kind && level.amount === rule.amount;
          return isOrdered ? [] : one(level.kind, level.amount, `dose.levels.${place}.amount`, level.unitKind);
        })),
    ...(cap === undefined || isLabel ? [] : one("flat", cap.amount, "dose.cap")),
    ...both(hard, "dose.hard"),
    ...both(soft, "dose.soft"),
    ...(isLabel ? [] : ranges),
  ];
};

const perMl = (lot: Lot): Fraction => divided(read(lot.content), read(lot.fillMl));

const ofLots = (lots: readonly Lot[]): readonly Found[] =>
  lots.flatMap((lot, place): readonly Found[] => {
    const at = (field: string): string => `lots.${place}.${field}`;
    const first = lots.find(({ counted }) => counted === lot.counted) ?? lot;
    const label = lot.labelPerMl;
    const measured = lot.measuredPerMl;
    const cells = times(read(lot.content), read(lot.viability ?? "1"), read(lot.purity ?? "1"));
    const ofKind: readonly Found[] = [
      ["containerConcentration", at("content"), perMl(lot)],
      ...(label === undefined ? [] : [["containerConcentration", at("labelPerMl"), read(label)] as const]),
      ...(measured === undefined ? [] : [["containerConcentration", at("measuredPerMl"), read(measured)] as const]),
    ];
    return [
      ["extractableShare", at("extractableMl"), divided(read(lot.extractableMl), read(lot.fillMl))],
      ...(forKind(["containerConcentration"], lot.counted) === undefined ? [] : ofKind),
      ["lotsAgree", at("content"), divided(perMl(lot), perMl(first))],
      ...(label === undefined ? [] : [["labelShare", at("labelPerMl"), divided(read(label), perMl(lot))] as const]),
      ...(measured === undefined
        ? []
        : [["measuredShare", at("measuredPerMl"), divided(times(read(measured), read(lot.fillMl)), cells)] as const]),
    ];
  });

const ofBody = ({ weight, participant }: Order): readonly Found[] => {
  if (weight === undefined || participant?.heightCm === undefined) return [];
  const metres = divided(read(participant.heightCm), whole(100));
  return [["bmi", "participant.heightCm", divided(read(weight.weightKg), times(metres, metres))]];
};

/** Ages of the rows "for whom" of docs/products.md, by product and regimen: "an adult is 18 years or older". */
const agesFor: ReadonlyMap<string, readonly [from: Fraction, to: Fraction]> = new Map(
  readFileSync("docs/products.md", "utf8")
    .split("\n")
    .flatMap((line) => {
      const [, product = "", what = "", said = ""] = line.split("|").map((cell) => cell.trim());
      if (!what.startsWith("for whom")) return [];
      const number = (pattern: RegExp): number | undefined => {
        const found = pattern.exec(said)?.[1];
        return found === undefined ? undefined : Number(found);
      };
      const months = number(/from (\d+) months on/iu);
      const first = number(/from (\d+) years/iu) ?? number(/of (\d+) to \d+ years/u);
      const last = number(/of \d+ to (\d+) years/u) ?? number(/up to (\d+) years/u);
      const below = number(/below (\d+) years/u);
      const isChild = said.startsWith("Children");
      const from =
        months === undefined ? whole(first ?? (said.startsWith("Adults") ? 18 : 0)) : divided(whole(months), whole(12));
      const to = last === undefined ? (below ?? (isChild ? 18 : 120)) : last + 1;
      if (
        months === undefined &&
        first === undefined &&
        last === undefined &&
        below === undefined &&
        !/^(?:Adults|Children)/u.test(said)
      )
        return [];
      return [[`${product} ${/`(.*)`/u.exec(what)?.[1] ?? ""}`, [from, whole(to)] as const] as const];
    }),
);

/** Usual weights at the participant's age, or else at those for whom the regimen of a product is. */
const usualWeight = (order: Order): Ends | undefined => {
  const age = order.participant?.ageYears;
  const dose = order.dose as { readonly from: string; readonly product?: string; readonly regimen?: string };
  const named = [...agesFor].filter(([key]) => key.startsWith(`${dose.product ?? "?"} `));
  const ofProduct =
    agesFor.get(`${dose.product ?? ""} ${dose.regimen ?? ""}`) ??
    (dose.regimen === undefined && named.length === 1 ? named[0]?.[1] : undefined);
  const ages = age === undefined ? ofProduct : ([read(age), read(age)] as const);
  if (ages === undefined) return undefined;
  const below = weights.filter((one) => !isAbove(one.years, ages[0])).at(-1);
  const above = weights.find((one) => !isBelow(one.years, ages[1])) ?? weights.at(-1);
  return { least: below?.least, most: above?.most };
};

const dayNumber = (date: string): number => Date.parse(`${date}T00:00:00Z`) / 86_400_000;

const strangeDates = (order: Order): readonly string[] => {
  const day = dayNumber(administrationDay(order));
  const isFar = (date: string | undefined, days: number): boolean =>
    date !== undefined && Math.abs(dayNumber(date) - day) > days;
  const { identification, weight } = order;
  const near: readonly (readonly [string, string | undefined])[] = [
    ["preparedOn", order.preparedOn],
    ["identification.plannedOn", identification?.plannedOn],
    ["identification.window.from", identification?.window?.from],
    ["identification.window.to", identification?.window?.to],
    ["weight.weighedOn", weight?.weighedOn],
    ["weight.reweigh.referenceWeighedOn", weight?.reweigh?.referenceWeighedOn],
  ];
  return [
    ...near.filter(([, date]) => isFar(date, 730)).map(([path]) => path),
    ...(order.lots ?? []).flatMap(({ expiresOn }, place) =>
      isFar(expiresOn, 10_957) ? [`lots.${place}.expiresOn`] : [],
    ),
  ];
};

/** Of a licensed product: what its sources state takes the place of a row. */
export interface Labelled {
  readonly rate: boolean;
  readonly stability: boolean;
}

/** What the chain computed. */
export interface Made {
  readonly drawn: Drawn | undefined;
  readonly minutes: Fraction | undefined;
  readonly surface: Fraction | undefined;
}

/** What whole containers hold, in all and for each kilogram. */
const ofWhole = ({ dose }: Order, weighed: Weighed | undefined, drawn: Drawn | undefined): readonly Found[] => {
  if (dose.rule.kind !== "whole-containers" || drawn === undefined) return [];
  const [inAll, perKg] = [doseRow("flat", dose.rule.unitKind), doseRow("per-kg", dose.rule.unitKind)];
  return [
    ...(inAll === undefined ? [] : [[inAll, "lots", drawn.delivered] as const]),
    ...(perKg === undefined || weighed === undefined
      ? []
      : [[perKg, "lots", divided(drawn.delivered, weighed.dosing)] as const]),
  ];
};

const ofComputed = (
  order: Order,
  weighed: Weighed | undefined,
  { drawn, minutes, surface }: Made,
  label: Labelled | undefined,
): readonly Found[] => {
  const { draw, infusion, clock } = order;
  const volume = volumeOf(order, drawn);
  const ofVolume =
    infusion.diluentPerContainerMl !== undefined
      ? "infusion.diluentPerContainerMl"
      : infusion.finalVolumeMl === undefined
        ? "draw"
        : "infusion.finalVolumeMl";
  const timed =
    infusion.minutes !== undefined
      ? "minutes"
      : infusion.rateMlPerHour !== undefined
        ? "rateMlPerHour"
        : "rateMlPerMin";
  const draws = (drawn?.each ?? []).map(({ volume: each, count }) => divided(each, whole(count)));
  const greatest = draws.reduce<Fraction | undefined>(
    (most, one) => (most === undefined || isAbove(one, most) ? one : most),
    undefined,
  );
  return [
    ...(surface === undefined ? [] : [["bodySurface", "dose.surface", surface] as const]),
    ...ofWhole(order, weighed, drawn),
    ...(draw === undefined || greatest === undefined
      ? []
      : [["graduationsDrawn", "draw.graduationMl", divided(greatest, read(draw.graduationMl))] as const]),
    ...(weighed === undefined || volume === undefined
      ? []
      : [["volumePerKg", ofVolume, divided(volume, weighed.dosing)] as const]),
    ...(minutes === undefined || volume === undefined || label?.rate === true
      ? []
      : [
          ["rate", `infusion.${timed}`, divided(volume, minutes)] as const,
          ["minutes", `infusion.${timed}`, minutes] as const,
        ]),
    ...(clock === undefined || label?.stability === true
      ? []
      : [["stability", "clock.stabilityMinutes", whole(clock.stabilityMinutes)] as const]),
  ];
};

const judge = ([id, , value]: Found): "impossible" | "unlikely" | "usual" => {
  const row = rowById.get(id);
  if (row === undefined) throw new Error(`docs/plausibility.md has no row ${id}`);
  if (isOutside(value, row.possible)) return "impossible";
  const isListed = row.oneOf.length === 0 || row.oneOf.some((one) => isSame(one, value));
  return isListed && !isOutside(value, row.usual) ? "usual" : "unlikely";
};

/** docs/plausibility.md, a second time. */
export const lookAtValues = (
  order: Order,
  sheet: Worksheet,
  weighed: Weighed | undefined,
  made: Made,
  label: Labelled | undefined,
): void => {
  const found = [
    ...ofFields(order),
    ...ofBody(order),
    ...ofDose(order, label !== undefined),
    ...ofLots(order.lots ?? []),
    ...ofComputed(order, weighed, made, label),
  ];
  const strange = new Set(strangeDates(order));
  for (const one of found) {
    const verdict = judge(one);
    if (verdict === "impossible") sheet.refusals.add("dose.impossible_value");
    if (verdict === "unlikely") strange.add(one[1]);
  }
  const usual = usualWeight(order);
  const { weight } = order;
  if (usual !== undefined && weight !== undefined) {
    if (isOutside(read(weight.weightKg), usual)) strange.add("weight.weightKg");
    const reference = weight.reweigh?.referenceWeightKg;
    if (reference !== undefined && isOutside(read(reference), usual)) strange.add("weight.reweigh.referenceWeightKg");
  }
  for (const path of strange) sheet.warnings.push({ code: "dose.unlikely_value", path });
};

/** What is unusual of a record: nothing that happened is refused. */
export const strangeOfRecord = (
  { weightKg, preparedMl, preparedOn, administeredOn, startedAt, endedAt, unitKind }: GivenRecord,
  actual: Fraction,
): readonly string[] => {
  const found: readonly Found[] = [
    ["finalVolume", "preparedMl", read(preparedMl)],
    ...(weightKg === undefined ? [] : [["weight", "weightKg", read(weightKg)] as const]),
    ...(weightKg === undefined || actual.top === 0n
      ? []
      : [[forKind(["dosePerKg"], unitKind) ?? "", "preparedAtInfusion", divided(actual, read(weightKg))] as const]),
  ];
  const isFar = (day: string | undefined, days: number): boolean =>
    day !== undefined && Math.abs(dayNumber(day) - dayNumber(administeredOn)) > days;
  const far = [isFar(preparedOn, 730), isFar(startedAt?.slice(0, 10), 1), isFar(endedAt?.slice(0, 10), 1)].filter(
    (one) => one,
  );
  const lasted =
    startedAt !== undefined && endedAt !== undefined && startedAt < endedAt
      ? (Date.parse(`${endedAt}:00Z`) - Date.parse(`${startedAt}:00Z`)) / 60_000
      : undefined;
  const isStrangeTime = lasted !== undefined && judge(["minutes", "endedAt", whole(lasted)]) !== "usual";
  const strange = found.filter((one) => judge(one) !== "usual");
  return [...strange, ...far, ...(isStrangeTime ? [lasted] : [])].map(() => "dose.unlikely_value");
};
