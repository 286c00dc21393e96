import { type Issue, pathTo } from "../foundation/index.js";
import type { Factor, NumberFormat } from "../list/index.js";
import { stratumCode, stratumText } from "../list/index.js";
import { isCapped, stratumWords, type ConductState } from "./conductState.js";
import type {
  ParticipantCap,
  CapSet,
  ExtendedDynamic,
  ExtendedList,
  OpenedDynamic,
  OpenedList,
  StratumLevels,
  StratumShape,
} from "./event.js";

const shapeIssue = (path: string, message: string, expected?: string, received?: string): Issue => ({
  ...{ code: "conduct.shape_invalid", path, message },
  ...(expected === undefined ? {} : { expected }),
  ...(received === undefined ? {} : { received }),
});

/** Faults of events that say how the list looks: its strata, factors, length and caps. */
export function shapeIssues(
  state: ConductState,
  event: OpenedList | OpenedDynamic | ExtendedList | ExtendedDynamic | CapSet,
): readonly Issue[] {
  if (event.type === "cap-set") return capShapeIssues(state.factors, event, "stratum");
  if (event.type === "extended") return extensionIssues(state, event);
  const issues = event.kind === "list" ? strataIssues(event.strata, event.numbers) : factorIssues(event.factors);
  const longest =
    event.kind === "list" ? event.strata.reduce((most, { rows }) => Math.max(most, rows), 0) : event.length;
  for (const each of [...digitIssues(event, longest), ...givenIssues(event)]) issues.push(each);
  if (event.kind === "dynamic" && new Set(event.arms).size !== event.arms.length) {
    issues.push(shapeIssue("arms", "An arm stands twice."));
  }
  if (issues.length > 0) return issues;
  const factors = event.kind === "list" ? factorsOf(event.strata) : event.factors;
  event.caps.forEach((cap, i) => {
    for (const each of capShapeIssues(factors, cap, `caps.${i}.stratum`)) issues.push(each);
    if (event.caps.findIndex((other) => sameLevels(other.stratum, cap.stratum)) !== i) {
      issues.push(shapeIssue(`caps.${i}`, "The same levels have two caps."));
    }
  });
  return issues;
}

/** Factors and levels that occur in strata, in the order in which they stand there. */
export function factorsOf(strata: readonly StratumShape[]): readonly Factor[] {
  const names = (strata[0]?.levels ?? []).map(([factor]) => factor);
  return names.map((factor, i) => ({ factor, levels: [...new Set(strata.map(({ levels }) => levels[i]?.[1] ?? ""))] }));
}

export function sameLevels(a: StratumLevels, b: StratumLevels): boolean {
  const keys = Object.keys(a);
  return keys.length === Object.keys(b).length && keys.every((key) => Object.hasOwn(b, key) && a[key] === b[key]);
}

function digitIssues({ numbers }: OpenedList | OpenedDynamic, longest: number): Issue[] {
  if (numbers.given !== undefined || longest < 10 ** numbers.digits) return [];
  return [
    shapeIssue(
      "numbers.digits",
      `${numbers.digits} digits cannot count ${longest} positions.`,
      `enough for ${longest}`,
      String(numbers.digits),
    ),
  ];
}

/** Numbers that are given belong to a list: one for each row of each stratum, and no number twice in any spelling. */
function givenIssues(event: OpenedList | OpenedDynamic): Issue[] {
  const { given } = event.numbers;
  if (given === undefined) return [];
  const issue = (message: string, expected: string): Issue[] => [shapeIssue("numbers.given", message, expected)];
  if (event.kind === "dynamic") return issue("A dynamic allocation makes its numbers.", "a format of the numbers");
  const isWhole = event.strata.every(({ code, rows }) => Object.hasOwn(given, code) && given[code]?.length === rows);
  if (!isWhole || Object.keys(given).length !== event.strata.length) {
    return issue("The numbers that are given are not those of the strata.", "a number for each row of each stratum");
  }
  const numbers = Object.values(given).flat();
  if (new Set(numbers.map((number) => number.toLowerCase())).size === numbers.length) return [];
  return issue("A number is given twice.", "each number once, in any spelling");
}

function strataIssues(strata: readonly StratumShape[], numbers: NumberFormat): Issue[] {
  const names = JSON.stringify((strata[0]?.levels ?? []).map(([factor]) => factor));
  const issues: Issue[] = [];
  const codes = new Set<string>();
  const keys = new Set<string>();
  strata.forEach(({ levels, code }, i) => {
    const own = levels.map(([factor]) => factor);
    if (JSON.stringify(own) !== names || new Set(own).size !== own.length) {
      issues.push(shapeIssue(`strata.${i}.levels`, "All strata name the same factors in the same order, each once."));
    }
    const key = JSON.stringify(levels);
    const codeLength = stratumCode(
      numbers,
      levels.map(() => 1),
    ).length;
    if (codes.has(code) || keys.has(key) || code.length !== codeLength) {
      issues.push(
        shapeIssue(
          `strata.${i}`,
          `Stratum ${stratumText(levels)} stands twice, or its code does.`,
          "each once",
          stratumText(levels),
        ),
      );
    }
    codes.add(code);
    keys.add(key);
  });
  return issues;
}

function factorIssues(factors: readonly Factor[]): Issue[] {
  return factors.flatMap(({ factor, levels }, i) =>
    factors.findIndex((other) => other.factor === factor) !== i || new Set(levels).size !== levels.length
      ? [shapeIssue(`factors.${i}`, `Factor "${factor}" or one of its levels stands twice.`, "each once", factor)]
      : [],
  );
}

const changed = (path: string, message: string, expected: string, received?: string): Issue => ({
  ...{ code: "conduct.extension_changes", path, message, expected },
  ...(received === undefined ? {} : { received }),
});

/** The new shape must hold the old one unchanged: what was issued, and what will be, keeps its place. */
function extensionIssues({ opening }: ConductState, event: ExtendedList | ExtendedDynamic): Issue[] {
  if (event.kind === "dynamic" && opening?.kind === "dynamic") return longerPlanIssues(opening, event);
  if (event.kind === "list" && opening?.kind === "list") return longerListIssues(opening, event);
  return [shapeIssue("kind", "The log is of another kind.", opening?.kind)];
}

function longerPlanIssues(opening: OpenedDynamic, event: ExtendedDynamic): Issue[] {
  const issues = [...factorIssues(event.factors), ...digitIssues(opening, event.length)];
  const isKept = opening.factors.every(({ factor, levels }, i) => {
    const now = event.factors[i];
    return now?.factor === factor && levels.every((level, j) => now.levels[j] === level);
  });
  if (!isKept || event.factors.length !== opening.factors.length) {
    const message = "An extension adds levels at the end of a factor and changes nothing else.";
    issues.push(changed("factors", message, "the factors as they were"));
  }
  if (event.length < opening.length) {
    const message = `An extension never shortens: there were ${opening.length} positions.`;
    issues.push(changed("length", message, `${opening.length} or more`));
  }
  return issues;
}

function longerListIssues(opening: OpenedList, event: ExtendedList): Issue[] {
  if (opening.numbers.given !== undefined) {
    return [changed("numbers.given", "A list whose numbers were given cannot be extended.", "the list as it was")];
  }
  const longest = event.strata.reduce((most, { rows }) => Math.max(most, rows), 0);
  const issues = [...strataIssues(event.strata, opening.numbers), ...digitIssues(opening, longest)];
  if (event.extends !== opening.binding) {
    issues.push({
      code: "custody.list_differs",
      path: "extends",
      message: "The longer list extends another list than the one of this log.",
      expected: "a list made with `allocell list PLAN --extends FOLDER` from the list of this log",
    });
  }
  const now = new Map(event.strata.map((stratum) => [JSON.stringify(stratum.levels), stratum]));
  for (const { levels, code, rows } of opening.strata) {
    const after = now.get(JSON.stringify(levels));
    const where = stratumText(levels);
    if (after === undefined) issues.push(changed("strata", `Stratum ${where} is not in the new shape.`, where));
    else if (after.code !== code) {
      const expected = `${where} with the code ${code}`;
      issues.push(changed("strata", `Stratum ${where} would have other numbers.`, expected, after.code));
    } else if (after.rows < rows) {
      const message = `Stratum ${where} would be shorter: ${rows} rows before.`;
      issues.push(changed("strata", message, `${where} with ${rows} or more`, String(after.rows)));
    }
  }
  return issues;
}

function capShapeIssues(factors: readonly Factor[], { stratum }: ParticipantCap, path: string): Issue[] {
  return Object.entries(stratum).flatMap(([factor, level]): Issue[] => {
    const known = factors.find((own) => own.factor === factor);
    if (known?.levels.includes(level) === true) return [];
    const expected =
      known === undefined ? factors.map((own) => own.factor).join(", ") : known.levels.slice(0, 20).join(", ");
    const message =
      known === undefined ? `The list has no factor "${factor}".` : `"${factor}" has no level "${level}".`;
    return [{ code: "conduct.stratum_unknown", path: pathTo(path, factor), message, expected, received: level }];
  });
}

/** The caps that a participant with these levels would exceed. */
export function capIssues(state: ConductState, stratum: StratumLevels): Issue[] {
  return state.caps
    .filter((cap) => cap.used >= cap.most && isCapped(cap, stratum))
    .map(({ most, stratum: capped }) => {
      const levels = stratumWords(state.factors, capped);
      return {
        code: "conduct.cap_reached",
        path: "stratum",
        message: `The cap of ${most} participants (${levels}) is reached.`,
        expected: "a higher cap (`cap-set`), recorded before anybody is assigned",
        parameters: { most, levels },
      };
    });
}
