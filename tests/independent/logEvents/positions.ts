/*
 * What the events of the log of a list, or of a dynamic allocation, do and what is refused: docs/conduct.md and
 * docs/conduct-dynamic.md. Written from those pages and docs/errors/conduct.md. What they did not say was asked of the
 * package, and stands in them now. Nothing of allocell is imported.
 */
import { Refused, textOf, type Event } from "./chain.js";

export type Levels = Readonly<Record<string, string>>;

interface Shape {
  readonly levels: readonly (readonly [factor: string, level: string])[];
  readonly code: string;
  readonly rows: number;
}

interface Factor {
  readonly factor: string;
  readonly levels: readonly string[];
}

interface Person {
  readonly levels: Levels;
  trueLevels: Levels | undefined;
  number: string | undefined;
  isWithdrawn: boolean;
  isReplaced: boolean;
  readonly administrations: Set<number>;
}

/** What the log says so far. */
export interface Standing {
  readonly opening: Event;
  strata: readonly Shape[];
  factors: readonly Factor[];
  /** Most participants of a dynamic allocation. */
  length: number;
  binding: string;
  /** Positions that are taken or left out, by the levels of the stratum; of a dynamic allocation by nothing. */
  readonly used: Map<string, number>;
  readonly people: Map<string, Person>;
  readonly caps: Map<string, { readonly stratum: Levels; most: number }>;
  readonly kits: Set<string>;
  readonly requests: Set<string>;
  isGateOpen: boolean;
}

const fold = (id: string): string => id.normalize("NFKC").trim().toLowerCase();
const keyOf = (levels: Levels): string => JSON.stringify(Object.entries(levels).sort());
const isDynamic = ({ opening }: Standing): boolean => opening["kind"] === "dynamic";

/** What a reader of the log learns of it, to be compared. */
export interface Summary {
  readonly participants: Readonly<Record<string, string | undefined>>;
  readonly entered: number;
  readonly isGateOpen: boolean;
}

export const summaryOf = ({ people, isGateOpen }: Standing): Summary => ({
  participants: Object.fromEntries([...people].map(([id, { number }]) => [id, number])),
  entered: people.size,
  isGateOpen,
});

export function opened(event: Event): Standing {
  const caps = event["caps"] as readonly { stratum: Levels; most: number }[];
  return {
    opening: event,
    strata: (event["strata"] ?? []) as unknown as readonly Shape[],
    factors: (event["factors"] ?? []) as unknown as readonly Factor[],
    length: Number(event["length"] ?? 0),
    binding: textOf(event, "binding"),
    used: new Map(),
    people: new Map(),
    caps: new Map(caps.map((cap) => [keyOf(cap.stratum), cap])),
    kits: new Set(),
    requests: new Set(),
    isGateOpen: event["waitsFor"] === undefined,
  };
}

type Refuse = (code: string) => never;

/** The stratum of a list with these levels; of a dynamic allocation one level of every factor is enough. */
function stratumOf(standing: Standing, levels: Levels, refuse: Refuse): Shape | undefined {
  const factors = isDynamic(standing)
    ? standing.factors.map(({ factor }) => factor)
    : (standing.strata[0]?.levels ?? []).map(([factor]) => factor);
  if (factors.some((factor) => levels[factor] === undefined)) refuse("conduct.covariate_missing");
  const isSurplus = Object.keys(levels).some((factor) => !factors.includes(factor));
  if (isDynamic(standing)) {
    const isKnown = standing.factors.every(({ factor, levels: own }) => own.includes(levels[factor] ?? ""));
    if (isSurplus || !isKnown) refuse("conduct.stratum_unknown");
    return undefined;
  }
  const found = standing.strata.find((shape) => shape.levels.every(([factor, level]) => levels[factor] === level));
  return isSurplus || found === undefined ? refuse("conduct.stratum_unknown") : found;
}

/** Some levels, as a cap names them: each is one that the log knows. */
function requireLevels({ strata, factors }: Standing, some: Levels, refuse: Refuse): void {
  for (const [factor, level] of Object.entries(some)) {
    const inList = strata.some((shape) => shape.levels.some(([own, at]) => own === factor && at === level));
    const inFactors = factors.some((own) => own.factor === factor && own.levels.includes(level));
    if (!inList && !inFactors) refuse("conduct.stratum_unknown");
  }
}

/**
 * (T if TEST) + prefix + code of the stratum + sequence with leading zeros; a dynamic allocation has no code. Of a list
 * that was made elsewhere the number itself, as `opened` gives it.
 */
export function numberOf({ opening }: Standing, code: string, sequence: number): string {
  const { prefix, digits, given } = opening["numbers"] as {
    prefix: string;
    digits: number;
    given?: Readonly<Record<string, readonly string[]>>;
  };
  if (given !== undefined) return given[code]?.[sequence - 1] ?? "";
  return `${opening["status"] === "TEST" ? "T" : ""}${prefix}${code}${String(sequence).padStart(digits, "0")}`;
}

/** The next free position of a stratum. */
export function nextFree(
  standing: Standing,
  levels: Levels,
  refuse: Refuse,
): { sequence: number; number: string; rows: number } {
  const shape = stratumOf(standing, levels, refuse);
  const sequence = (standing.used.get(shape === undefined ? "" : keyOf(levels)) ?? 0) + 1;
  const rows = shape?.rows ?? standing.length;
  return { sequence, number: numberOf(standing, shape?.code ?? "", sequence), rows };
}

const hasLevels = (levels: Levels, of: Levels): boolean =>
  Object.entries(of).every(([factor, level]) => levels[factor] === level);

function requireRoom({ caps, people }: Standing, levels: Levels, refuse: Refuse): void {
  for (const { stratum, most } of caps.values()) {
    if (!hasLevels(levels, stratum)) continue;
    const entered = [...people.values()].filter((one) => hasLevels(one.levels, stratum)).length;
    if (entered >= most) refuse("conduct.cap_reached");
  }
}

function requireNew({ people }: Standing, id: string, refuse: Refuse): void {
  if ([...people.keys()].some((one) => fold(one) === fold(id))) refuse("conduct.participant_assigned");
}

/** Takes the position that an event names, which must be the next free one. */
function takePosition(standing: Standing, event: Event, levels: Levels, refuse: Refuse): void {
  const { sequence, number, rows } = nextFree(standing, levels, refuse);
  if (sequence > rows) refuse("conduct.stratum_exhausted");
  const stated = Number(event["sequence"]);
  if (stated < sequence) refuse("conduct.position_taken");
  if (stated > sequence) refuse("conduct.gap_unexplained");
  if (event["number"] !== undefined && event["number"] !== number) refuse("conduct.number_wrong");
  standing.used.set(isDynamic(standing) ? "" : keyOf(levels), sequence);
}

const enter = (standing: Standing, id: string, levels: Levels, number: string | undefined): void =>
  void standing.people.set(id, {
    levels,
    trueLevels: undefined,
    number,
    isWithdrawn: false,
    isReplaced: false,
    administrations: new Set(),
  });

function assign(standing: Standing, event: Event, id: string, levels: Levels, refuse: Refuse): void {
  requireNew(standing, id, refuse);
  requireRoom(standing, levels, refuse);
  takePosition(standing, event, levels, refuse);
  enter(standing, id, levels, textOf(event, "number"));
}

function force(standing: Standing, event: Event, refuse: Refuse): void {
  const levels = event["stratum"] as Levels;
  const id = textOf(event, "participant");
  requireNew(standing, id, refuse);
  stratumOf(standing, levels, refuse);
  const position = textOf(event, "position");
  if (position !== "none") takePosition(standing, event, levels, refuse);
  enter(standing, id, levels, position === "used" ? textOf(event, "number") : undefined);
}

function replace(standing: Standing, event: Event, refuse: Refuse): void {
  const old = known(standing, event, refuse);
  const levels = event["stratum"] as Levels;
  if (old.isReplaced) refuse("conduct.replaced_already");
  const isSame = [old.levels, old.trueLevels ?? old.levels].some((own) => keyOf(own) === keyOf(levels));
  if (!isDynamic(standing) && !isSame) refuse("conduct.replacement_elsewhere");
  assign(standing, event, textOf(event, "by"), levels, refuse);
  old.isReplaced = true;
}

function known({ people }: Standing, event: Event, refuse: Refuse): Person {
  return people.get(textOf(event, "participant")) ?? refuse("conduct.participant_unknown");
}

/** Once: whether somebody was replaced is another matter. */
function withdraw(person: Person, refuse: Refuse): void {
  if (person.isWithdrawn) refuse("conduct.withdrawn_already");
  person.isWithdrawn = true;
}

function dispense(standing: Standing, event: Event, refuse: Refuse): void {
  const person = known(standing, event, refuse);
  const [kit, administration] = [fold(textOf(event, "kit")), Number(event["administration"])];
  if (standing.kits.has(kit) || person.administrations.has(administration)) refuse("conduct.kit_dispensed");
  standing.kits.add(kit);
  person.administrations.add(administration);
}

function extend(standing: Standing, event: Event, refuse: Refuse): void {
  if (isDynamic(standing)) {
    standing.factors = event["factors"] as readonly Factor[];
    standing.length = Number(event["length"]);
    return;
  }
  if (event["extends"] !== standing.binding) refuse("conduct.other_list");
  const longer = event["strata"] as readonly Shape[];
  const isKept = standing.strata.every(({ levels, code, rows }) =>
    longer.some(
      (own) => JSON.stringify(own.levels) === JSON.stringify(levels) && own.code === code && own.rows >= rows,
    ),
  );
  if (!isKept) refuse("conduct.extension_changes");
  standing.strata = longer;
  standing.binding = textOf(event, "binding");
}

const TREATMENT = ["arm", "given", "planHash"];

/** "Every event with a treatment, or with the hash of a plan, has a salt." */
export function requireSalt(event: Event, refuse: Refuse): void {
  const needsSalt = TREATMENT.some((name) => event[name] !== undefined);
  if (needsSalt && !/^[0-9a-f]{32}$/u.test(textOf(event, "salt"))) refuse("conduct.salt_missing");
}

/** Every assignment of a dynamic allocation names its arm; of a list only `forced` may. */
function requireArm(standing: Standing, event: Event, refuse: Refuse): void {
  const { arm, type } = event;
  if (isDynamic(standing)) {
    if (!["assigned", "forced", "replaced"].includes(type)) return;
    if (arm === undefined) refuse("conduct.arm_missing");
    if (!(standing.opening["arms"] as readonly string[]).includes(textOf(event, "arm"))) refuse("conduct.arm_unknown");
  } else if (arm !== undefined && ["assigned", "replaced"].includes(type)) refuse("conduct.arm_not_here");
}

const REASONS =
  "forced skipped replaced withdrawn wrong-stratum wrong-treatment ineligible-kept code-broken extended cap-set";

function requireHead(standing: Standing, event: Event, refuse: Refuse): void {
  const request = event["request"];
  if (typeof request === "string") {
    if (standing.requests.has(request)) refuse("conduct.request_repeated");
    standing.requests.add(request);
  }
  requireSalt(event, refuse);
  requireArm(standing, event, refuse);
  if (REASONS.split(" ").includes(event.type) && textOf(event, "reason") === "") refuse("conduct.reason_missing");
  if (["assigned", "replaced"].includes(event.type) && !standing.isGateOpen) refuse("conduct.gate_closed");
}

/** One event behind the log; what is refused is refused by the code of docs/errors/conduct.md. */
export function apply(standing: Standing, event: Event, line: number): void {
  const refuse: Refuse = (code) => {
    throw new Refused({ code, line });
  };
  requireHead(standing, event, refuse);
  const levels = (event["stratum"] ?? {}) as Levels;
  switch (event.type) {
    case "assigned":
      assign(standing, event, textOf(event, "participant"), levels, refuse);
      return;
    case "forced":
      force(standing, event, refuse);
      return;
    case "skipped":
      if (isDynamic(standing)) refuse("conduct.no_gaps_here");
      takePosition(standing, event, levels, refuse);
      return;
    case "replaced":
      replace(standing, event, refuse);
      return;
    case "withdrawn":
      withdraw(known(standing, event, refuse), refuse);
      return;
    case "wrong-stratum": {
      const person = known(standing, event, refuse);
      stratumOf(standing, event["trueStratum"] as Levels, refuse);
      if (keyOf(event["trueStratum"] as Levels) === keyOf(person.trueLevels ?? person.levels))
        refuse("conduct.stratum_not_wrong");
      person.trueLevels = event["trueStratum"] as Levels;
      return;
    }
    case "wrong-treatment":
    case "ineligible-kept":
    case "code-broken":
      known(standing, event, refuse);
      return;
    case "dispensed":
      dispense(standing, event, refuse);
      return;
    case "extended":
      extend(standing, event, refuse);
      return;
    case "cap-set":
      requireLevels(standing, levels, refuse);
      standing.caps.set(keyOf(levels), { stratum: levels, most: Number(event["most"]) });
      return;
    case "gate-opened":
      if (event["part"] !== standing.opening["waitsFor"]) refuse("conduct.no_gate");
      if (standing.isGateOpen) refuse("conduct.gate_open");
      standing.isGateOpen = true;
      return;
    case "opened":
      return refuse("conduct.opened_twice");
    default:
      return refuse("conduct.event_invalid");
  }
}
