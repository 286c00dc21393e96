import {
  adoptedAgain,
  blindedManifest,
  deriveAgain,
  planHash,
  toBlindedCsv,
  toBlindedJson,
  type MasterList,
} from "../list/index.js";
import { classOf, fieldsOf } from "./fields.js";
import { atMost, finding, type Finding } from "./finding.js";
import { findSecrets } from "./hiddenText.js";
import { plannedWords, secretsOf } from "./secrets.js";
import { blindedFiles, type AuditSubject } from "./subject.js";

const joined = (pieces: Iterable<string>): string => [...pieces].join("");
const blindedTexts = (list: MasterList): readonly string[] => [
  joined(toBlindedCsv(list.blinded())),
  joined(toBlindedJson(list.blinded())),
  // The binding is a hash that hides: it differs with every list and tells nothing of it.
  JSON.stringify(blindedManifest(list, [], "")),
];
const NO_FILES = "No blinded file was given: audit the folder that holds the files that blinded people get.";

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
export function ruleNonInterference(subject: AuditSubject): readonly Finding[] {
  const { plan, adopted, files } = subject;
  const [same, rotated] = [renamedList(subject, 0), renamedList(subject, 1)];
  if (same === undefined || rotated === undefined) {
    const why =
      adopted === undefined
        ? "Without the seed no relabelled list can be derived: audit again where the seed is kept."
        : "The rows are not those that were adopted, so that no relabelled list can be made of them.";
    return [finding(1, adopted === undefined ? "needs-person" : "fail", why)];
  }
  const names = plan.arms.map(({ arm }) => arm);
  const [before, after] = [blindedTexts(same), blindedTexts(rotated)];
  const changed = before.filter((text, i) => text !== after[i]).length;
  if (changed > 0)
    return [finding(1, "fail", `${changed} of 3 blinded files change when the arms' names are rotated.`)];
  // The files as they are must be those very texts, or they depend on something else.
  const foreign = files.filter(
    ({ name, text }) => /\.blinded\.(csv|json)$/.test(name) && !before.some((derivedText) => derivedText === text),
  );
  if (foreign.length > 0) {
    return foreign.map(({ name }) =>
      finding(1, "fail", "This blinded file is not what the list gives whatever its arms are called.", name),
    );
  }
  return [finding(1, "pass", `With the names of ${names.length} arms rotated all 3 blinded files keep every byte.`)];
}

/** Rule 2: every field name of every blinded file. */
export function ruleAllowedFields(subject: AuditSubject): readonly Finding[] {
  const files = blindedFiles(subject);
  if (files.length === 0) return [finding(2, "needs-person", NO_FILES)];
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
      const text = "This is no CSV or JSON file that can be read: read it, and see that it has allowed fields only.";
      return [finding(2, "needs-person", text, file.name)];
    }
    fields += names.length;
    const of = (wanted: string): string[] => names.filter((name) => classOf(name, allowed) === wanted);
    const [forbidden, unknown] = [of("forbidden"), of("unknown")];
    if (forbidden.length > 0) {
      return [finding(2, "fail", `Fields that no blinded file may have: ${forbidden.join(", ")}.`, file.name)];
    }
    if (unknown.length === 0) return [];
    return [finding(2, "warn", `Fields that are not on the list of allowed ones: ${unknown.join(", ")}.`, file.name)];
  });
  if (findings.length > 0) return atMost(findings);
  return [finding(2, "pass", `${files.length} blinded files have ${fields} field names, all of them allowed.`)];
}

/** Rule 3: names and whole texts of blinded files, in any case, as hex and as base64. */
export function ruleNoTreatmentText(subject: AuditSubject): readonly Finding[] {
  const files = blindedFiles(subject);
  if (files.length === 0) return [finding(3, "needs-person", NO_FILES)];
  const secrets = secretsOf(subject);
  const planned = plannedWords(subject);
  const findings = files.flatMap(({ name, text }): Finding[] => {
    const found = [
      ...findSecrets(name, secrets).map((line) => `${line} in the file name`),
      ...findSecrets(text, secrets),
      ...sizesInName(subject, name),
    ];
    if (found.length === 0) return [];
    const isPlanned = found.every((line) => planned.includes(/"(.*)"/.exec(line)?.[1]?.toLowerCase() ?? ""));
    const note = isPlanned
      ? " The plan has factors, levels or ids of the same spelling: see that nothing else is meant."
      : "";
    return [finding(3, isPlanned ? "warn" : "fail", `Found: ${found.join("; ")}.${note}`, name)];
  });
  if (findings.length > 0) return atMost(findings);
  const how = "in any case, as hex and as base64";
  return [
    finding(
      3,
      "pass",
      `${secrets.length} texts (arms, titles, interventions, doses) are in none of ${files.length} blinded files, ${how}.`,
    ),
  ];
}

/** A file name such as `list-block4.csv` or `list_1-1-1.csv`. */
function sizesInName({ plan }: AuditSubject, name: string): readonly string[] {
  const isBlock = /(?:block|size|ratio|seed)s?[ _.-]*\d/i.exec(name)?.[0];
  const ratio = plan.arms.map(({ ratio: part }) => part);
  const isRatio = new RegExp(`(?<!\\d)${ratio.join("[-_:]")}(?!\\d)`).test(name) && ratio.length > 2;
  return [
    ...(isBlock === undefined ? [] : [`"${isBlock}" in the file name`]),
    ...(isRatio ? ["the ratio in the file name"] : []),
  ];
}

/** Rule 4: what printing, spreading or converting the list object itself shows. */
export function ruleSilentObjects(subject: AuditSubject): readonly Finding[] {
  const { derived, adopted } = subject;
  if (derived === undefined) {
    const why = adopted === undefined ? "Without the seed" : "Without the rows that were adopted";
    return [
      finding(
        4,
        "needs-person",
        `${why} there is no list object: audit again where ${adopted === undefined ? "the seed is" : "they are"} kept.`,
      ),
    ];
  }
  const shown = exposuresOf(derived);
  const found = shown.flatMap(({ how, text }) =>
    findSecrets(text, secretsOf(subject)).map((line) => `${how}: ${line}`),
  );
  if (found.length > 0) return [finding(4, "fail", `The master list shows ${found.join("; ")}.`)];
  return [finding(4, "pass", `${shown.map(({ how }) => how).join(", ")} of the master list show no treatment.`)];
}

/** What an object shows to whoever prints it without thinking. */
export function exposuresOf(object: object): readonly { readonly how: string; readonly text: string }[] {
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
