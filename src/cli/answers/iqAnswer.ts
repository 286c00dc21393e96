import type { Language, Qualification } from "../../report/index.js";
import type { SumsSignature } from "../qualification/checkSignature.js";
import { signatureFacts, type TextOfRow } from "./iqSignature.js";
import { sayIn, type Texts } from "./say.js";

/** What was looked at, in both languages. */
export interface IqRow {
  readonly what: TextOfRow;
  readonly expected: TextOfRow;
  /** `=` where it is as expected. */
  readonly found: TextOfRow;
  readonly isPassed: boolean;
}

/** What is the same in every language: a version, a hash. */
export const inBoth = (text: string): TextOfRow => ({ en: text, zh: text });

type SaidRows = Qualification["rows"];

/** The rows in a language, with their numbers. */
export const rowsIn = (rows: readonly IqRow[], language: Language): SaidRows =>
  rows.map(({ what, expected, found, isPassed }, index) => ({
    id: `IQ-${String(index + 1).padStart(3, "0")}`,
    requirement: "SYS-001",
    what: what[language],
    expected: expected[language],
    found: found[language],
    isPassed,
  }));

/** What was installed, and where. */
export interface Installed {
  readonly isPassed: boolean;
  /** Rows that passed, of all. */
  readonly passed: number;
  readonly all: number;
  readonly version: string;
  readonly environment: string;
  readonly files: number;
  /** Of the file of the sums. */
  readonly sha256: string;
  readonly signature: SumsSignature;
  readonly components: number;
  /** Of how many of them npm's lockfile of the installation states the SHA-512. */
  readonly archives: number;
  readonly licences: string;
  readonly clock: string;
  readonly timeZone: string;
}

const TEXTS = {
  title: { en: "INSTALLATION QUALIFICATION", zh: "安装确认（IQ）" },
  verdict: {
    en: "IQ {result} {passed} of {all}, allocell {version}, {environment}, {files} files, sums sha256 {sha256}",
    zh: "IQ {result}：{all} 项中通过 {passed} 项，allocell {version}，{environment}，{files} 个文件，校验值文件 sha256 {sha256}",
  },
  allPassed: { en: "PASSED", zh: "通过" },
  failed: { en: "FAILED", zh: "未通过" },
  components: {
    en: "Components: {components} (dist/sbom.cdx.json, CycloneDX: name, version and SHA-512 of what was tested stand there, as in a lockfile). Licences: {licences}",
    zh: "组件：{components} 个（dist/sbom.cdx.json，CycloneDX：载明测试时各组件的名称、版本和 SHA-512，等同于锁定文件）。许可证：{licences}",
  },
  noLockfile: {
    en: "npm keeps no lockfile of this installation (node_modules/.package-lock.json): versions were compared, SHA-512 were not.",
    zh: "本次安装没有 npm 的锁定文件（node_modules/.package-lock.json）：已核对版本，未核对 SHA-512。",
  },
  clock: { en: "Clock {clock}, time zone {timeZone}", zh: "时钟 {clock}，时区 {timeZone}" },
  line: {
    en: "{id} {result}  {what}: expected {expected}{found}",
    zh: "{id} {result}  {what}：预期 {expected}{found}",
  },
  found: { en: ", found {found}", zh: "，实测 {found}" },
  pass: { en: "pass", zh: "通过" },
  fail: { en: "FAIL", zh: "未通过" },
} as const satisfies Texts;

/** The last line of the answer. */
export function iqVerdict(installed: Installed, language: Language): string {
  const say = sayIn(TEXTS, language);
  const { version, environment, files, sha256, passed, all } = installed;
  return say("verdict", {
    version,
    environment,
    files,
    sha256,
    passed,
    all,
    result: say(installed.isPassed ? "allPassed" : "failed"),
  });
}

/** What was looked at that passes or fails nothing. */
export function iqFacts(installed: Installed, language: Language): readonly string[] {
  const say = sayIn(TEXTS, language);
  const { signature, components, archives, licences, clock, timeZone } = installed;
  return [
    ...signatureFacts(signature).map((text) => text[language]),
    say("components", { components, licences }),
    ...(archives === 0 ? [say("noLockfile")] : []),
    say("clock", { clock, timeZone }),
  ];
}

/** The answer for a terminal; `written` is what it says of files. */
export function iqText(installed: Installed, rows: SaidRows, written: string, language: Language): string {
  const say = sayIn(TEXTS, language);
  const lines = rows.map(({ id, what, expected, found, isPassed }) => {
    const result = say(isPassed ? "pass" : "fail");
    return `  ${say("line", { id, result, what, expected, found: isPassed ? "" : say("found", { found }) })}`;
  });
  const head = [say("title"), "", ...iqFacts(installed, language), "", ...lines];
  return `${head.join("\n")}\n${written}${iqVerdict(installed, language)}\n`;
}
