import {
  LIST_FILES,
  adoptedAgain,
  blindedManifest,
  deriveAgain,
  planHash,
  rowFiles,
  type MasterList,
} from "../list/index.js";
import { classOf, fieldsOf } from "./fields.js";
import { atMost, finding, type Finding } from "./finding.js";
import { secretsIn, secretText } from "./hiddenText.js";
import type { Rules } from "./rule.js";
import { listing, text, type AuditText } from "./saidText.js";
import { plannedWords, secretsOf } from "./secrets.js";
import { blindedFiles, type AuditSubject } from "./subject.js";

const blindedTexts = (list: MasterList): readonly string[] => [
  ...rowFiles(list).flatMap(({ isBlinded, pieces }) => (isBlinded ? [[...pieces()].join("")] : [])),
  // The binding is a hash that hides: it differs with every list and tells nothing of it.
  JSON.stringify(blindedManifest(list, [], "")),
];

/** Whether a file is named as one of a list's rows that blinded people have. */
const isBlindedRows = (name: string): boolean =>
  Object.values(LIST_FILES).some(
    ({ ending, isBlinded, text: rows }) => isBlinded && rows !== undefined && name.endsWith(`.${ending}`),
  );

/** The list once more, with the names of its arms moved on by some places; undefined where nothing gives it again. */
function renamedList(
  { plan, seed, derived, seedMark, adopted, rows }: AuditSubject,
  places: number,
): MasterList | undefined {
  if (derived === undefined) return undefined;
  const names = plan.arms.map(({ arm }) => arm);
  const next = (k: number): string => names[(k + places) % names.length] ?? "";
  const rotated = { ...plan, arms: plan.arms.map(({ ratio }, k) => ({ arm: next(k), ratio })) };
  const hash = planHash(rotated);
  if (adopted !== undefined) {
    const renamed = (rows ?? []).map((row) => ({ ...row, arm: next(names.indexOf(row.arm)) }));
    return adoptedAgain({ ...adopted, plan: rotated, planHash: hash }, renamed);
  }
  if (seed === undefined || seedMark === undefined) return undefined;
  const { status, algorithm } = derived.unblindedRecord();
  return deriveAgain({ status, algorithm, plan: rotated, planHash: hash, seedMark }, seed);
}

/** Rule 1: the list is made again with the arms' names rotated, and the blinded files are compared byte by byte. */
function ruleNonInterference(subject: AuditSubject): readonly Finding[] {
  const { plan, adopted, files } = subject;
  const [same, rotated] = [renamedList(subject, 0), renamedList(subject, 1)];
  if (same === undefined || rotated === undefined) {
    return adopted === undefined
      ? [finding(1, "needs-person", text("relabel.noSeed"))]
      : [finding(1, "fail", text("relabel.adopted"))];
  }
  const names = plan.arms.map(({ arm }) => arm);
  const [before, after] = [blindedTexts(same), blindedTexts(rotated)];
  const changed = before.filter((text, i) => text !== after[i]).length;
  if (changed > 0) return [finding(1, "fail", text("relabel.changed", { changed, files: before.length }))];
  // The files as they are must be those very texts, or they depend on something else.
  const foreign = files.filter(
    ({ name, text }) => isBlindedRows(name) && !before.some((derivedText) => derivedText === text),
  );
  if (foreign.length > 0) {
    return foreign.map(({ name }) => finding(1, "fail", text("relabel.foreign"), name));
  }
  return [finding(1, "pass", text("relabel.same", { arms: names.length, files: before.length }))];
}

/** Rule 2: every field name of every blinded file. */
function ruleAllowedFields(subject: AuditSubject): readonly Finding[] {
  const files = blindedFiles(subject);
  if (files.length === 0) return [finding(2, "needs-person", text("noBlindedFile"))];
  const allowed = [
    ...subject.plan.strata.map(({ factor }) => factor),
    // Numbers that were given stand by the codes of their strata.
    ...Object.keys(subject.plan.numbers.given ?? {}),
    ...(subject.facts.allowedFields ?? []),
  ];
  let fields = 0;
  const findings = files.flatMap((file): Finding[] => {
    const names = fieldsOf(file);
    if (names === undefined) {
      return [finding(2, "needs-person", text("fields.unreadable"), file.name)];
    }
    fields += names.length;
    const of = (wanted: string): string[] => names.filter((name) => classOf(name, allowed) === wanted);
    const [forbidden, unknown] = [of("forbidden"), of("unknown")];
    if (forbidden.length > 0) {
      return [finding(2, "fail", text("fields.forbidden", { fields: listing(forbidden) }), file.name)];
    }
    if (unknown.length === 0) return [];
    return [finding(2, "warn", text("fields.unknown", { fields: listing(unknown) }), file.name)];
  });
  if (findings.length > 0) return atMost(findings);
  return [finding(2, "pass", text("fields.allowed", { files: files.length, fields }))];
}

/** Rule 3: names and whole texts of blinded files, in any case, as hex and as base64. */
function ruleNoTreatmentText(subject: AuditSubject): readonly Finding[] {
  const files = blindedFiles(subject);
  if (files.length === 0) return [finding(3, "needs-person", text("noBlindedFile"))];
  const secrets = secretsOf(subject);
  const planned = plannedWords(subject);
  const findings = files.flatMap(({ name, text: content }): Finding[] => {
    const secretsFound = [...secretsIn(name, secrets), ...secretsIn(content, secrets)];
    const inName = sizesInName(subject, name);
    const found = [
      ...secretsIn(name, secrets).map((one) => text("found.inName", { secret: secretText(one) })),
      ...secretsIn(content, secrets).map(secretText),
      ...inName.texts,
    ];
    if (found.length === 0) return [];
    const spelled = [...secretsFound.map((one) => one.text), ...inName.spelled];
    const isPlanned = spelled.every((one) => planned.includes(one.toLowerCase()));
    const note = isPlanned ? [text("secrets.planned")] : [];
    const said = [text("secrets.found", { found: listing(found, "; ") }), ...note];
    return [finding(3, isPlanned ? "warn" : "fail", said, name)];
  });
  if (findings.length > 0) return atMost(findings);
  return [finding(3, "pass", text("secrets.none", { secrets: secrets.length, files: files.length }))];
}

/** A file name such as `list-block4.csv` or `list_1-1-1.csv`. */
function sizesInName(
  { plan }: AuditSubject,
  name: string,
): { readonly texts: readonly AuditText[]; readonly spelled: readonly string[] } {
  const isBlock = /(?:block|size|ratio|seed)s?[ _.-]*\d/i.exec(name)?.[0];
  const ratio = plan.arms.map(({ ratio: part }) => part);
  const isRatio = new RegExp(`(?<!\\d)${ratio.join("[-_:]")}(?!\\d)`).test(name) && ratio.length > 2;
  return {
    texts: [
      ...(isBlock === undefined ? [] : [text("found.size", { text: isBlock })]),
      ...(isRatio ? [text("found.ratio")] : []),
    ],
    // A ratio is spelled by no word of the plan.
    spelled: [...(isBlock === undefined ? [] : [isBlock]), ...(isRatio ? [""] : [])],
  };
}

/** Rule 4: what printing, spreading or converting the list object itself shows. */
export function ruleSilentObjects(subject: AuditSubject): readonly Finding[] {
  const { derived, adopted } = subject;
  if (derived === undefined) {
    return [finding(4, "needs-person", text(adopted === undefined ? "object.noSeed" : "object.adopted"))];
  }
  const shown = exposuresOf(derived);
  const found = shown.flatMap(({ how, text: content }) =>
    secretsIn(content, secretsOf(subject)).map((one) =>
      text("object.shown", { how: text(`how.${how}`), secret: secretText(one) }),
    ),
  );
  if (found.length > 0) return [finding(4, "fail", text("object.shows", { found: listing(found, "; ") }))];
  const ways = listing(shown.map(({ how }) => text(`how.${how}`)));
  return [finding(4, "pass", text("object.silent", { ways }))];
}

type Exposure = "JSON" | "string" | "spread" | "own names" | "inspection";

/** What an object shows to whoever prints it without thinking. */
export function exposuresOf(object: object): readonly { readonly how: Exposure; readonly text: string }[] {
  const safely = (show: () => unknown): string => {
    try {
      return typeof show() === "string" ? (show() as string) : JSON.stringify(show());
    } catch (error) {
      return String(error);
    }
  };
  const inspect = (object as Record<symbol, unknown>)[Symbol.for("nodejs.util.inspect.custom")];
  return [
    { how: "JSON", text: safely(() => JSON.stringify(object)) },
    { how: "string", text: safely(() => (object as { toString(): string }).toString()) },
    { how: "spread", text: safely(() => ({ ...object })) },
    { how: "own names", text: Reflect.ownKeys(object).map(String).join(" ") },
    {
      how: "inspection",
      text: typeof inspect === "function" ? safely(() => (inspect as () => unknown).call(object)) : "",
    },
  ];
}

export const RULES_OF_ARTEFACTS: Rules<1 | 2 | 3 | 4> = {
  /**
   * the list is derived again with the arms' names rotated; all blinded files keep every byte, and those in the
   * folder are these
   *
   * - by: program (seed)
   * - threshold: any byte
   * - to do: make the file again with `allocell list`
   */
  1: { ofList: ruleNonInterference, ofDynamic: "dynamic.noList" },
  /**
   * every field name of every blinded CSV and JSON file
   *
   * - by: program
   * - threshold: forbidden: fail; unknown: warn
   * - to do: take the field out, or declare it in `allowedFields`
   */
  2: { ofList: ruleAllowedFields, ofDynamic: "dynamic.noList" },
  /**
   * arms, titles, interventions, doses and the seed mark in names and texts of blinded files: any case, hex, base64
   *
   * - by: program
   * - threshold: one occurrence; warn where a factor or level of the plan is spelled so
   * - to do: take it out; rename the level
   */
  3: { ofList: ruleNoTreatmentText, ofDynamic: "dynamic.noList" },
  /**
   * what JSON, string, spread, own names and inspection of the list object show
   *
   * - by: program (seed)
   * - threshold: one occurrence
   * - to do: report it: it is a fault of allocell
   */
  4: { ofList: ruleSilentObjects, ofDynamic: "dynamic.noList" },
};
