import { mkdtempSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parse } from "yaml";
import { sha256Hex } from "../../foundation/index.js";
import { toQualificationHtml, type Language } from "../../report/index.js";
import { VERSION } from "../../version.js";
import { inBoth, iqFacts, iqText, iqVerdict, rowsIn, type IqRow } from "../answers/iqAnswer.js";
import { signatureFaults, type TextOfRow } from "../answers/iqSignature.js";
import { readText } from "../dataFile.js";
import { jsonText, type CommonOptions, type Io } from "../io.js";
import { BILL_FILE, checkDependencies, type DependencyCheck } from "../qualification/checkDependencies.js";
import { checkFiles, SUMS_FILE } from "../qualification/checkFiles.js";
import { checkSignature, type SumsSignature } from "../qualification/checkSignature.js";
import { packageFolder } from "../qualification/packageFolder.js";
import { writeQualification } from "../qualification/writeQualification.js";
import { writtenLines } from "../reportFolder.js";
import { parseAllowedSigners } from "../signing/allowedSigners.js";

export interface IqOptions extends CommonOptions {
  readonly acceptPlatform?: string;
  readonly lang: Language;
  readonly out?: string;
  readonly signers?: string;
}

/** A list of signers is a few lines. */
const LARGEST_BYTES = 1_000_000;

/** `allocell iq`: whether the installed package is the built one, on a known platform; exit code 1 at any fault. */
export async function iq(io: Io, options: IqOptions): Promise<number> {
  const { out, lang, signers } = options;
  const folder = packageFolder();
  const allowed =
    signers === undefined ? undefined : parseAllowedSigners(readText(io, signers, LARGEST_BYTES), signers);
  const signature = checkSignature(folder, allowed, io.now());
  const checked = checkFiles(folder);
  const { files } = checked;
  const dependencies = checkDependencies(folder);
  const rows: readonly IqRow[] = [
    ...fileRows(checked),
    ...signatureRows(signature, allowed !== undefined),
    ...platformRows(folder, io.runtime, options.acceptPlatform),
    ...dependencyRows(dependencies),
    ...machineRows(io),
  ];
  const failed = rows.filter(({ isPassed }) => !isPassed).length;
  const isPassed = failed === 0;
  const said = {
    isPassed,
    passed: rows.length - failed,
    all: rows.length,
    version: VERSION,
    environment: `${io.runtime} ${process.platform}-${process.arch}`,
    files,
    sha256: sha256Hex(readFileSync(join(folder, SUMS_FILE), "utf8")),
    signature,
    components: dependencies.length,
    archives: dependencies.filter(({ isSameArchive }) => isSameArchive !== undefined).length,
    licences: [...new Set(dependencies.map(({ licence }) => licence))].sort().join(", "),
    clock: io.now().toISOString(),
    timeZone: Intl.DateTimeFormat().resolvedOptions().timeZone,
  };
  const answer = {
    isPassed,
    verdict: iqVerdict(said, "en"),
    at: io.now().toISOString(),
    rows: rowsIn(rows, "en"),
    dependencies,
    signature,
  };
  const failedFirst = (language: Language): ReturnType<typeof rowsIn> =>
    [...rowsIn(rows, language)].sort((a, b) => Number(a.isPassed) - Number(b.isPassed));
  const [verdict, facts] = [iqVerdict(said, lang), iqFacts(said, lang)];
  const written =
    out === undefined
      ? []
      : await writeQualification(io, out, "iq", lang, {
          html: toQualificationHtml({ kind: "iq", verdict, isPassed, facts, rows: failedFirst(lang) }, lang),
          json: answer,
        });
  const language = io.language ?? "en";
  await io.stdout.write(
    options.json === true
      ? jsonText({ command: "iq", ...answer, files: written })
      : iqText(said, failedFirst(language), writtenLines(written, language), language),
  );
  return isPassed ? 0 : 1;
}

const row = (what: TextOfRow, expected: TextOfRow, isPassed: boolean, found: TextOfRow = expected): IqRow => ({
  what,
  expected,
  found: isPassed ? inBoth("=") : found,
  isPassed,
});

/** The files of the package against their sums. */
const fileRows = ({ files, faults }: ReturnType<typeof checkFiles>): readonly IqRow[] => [
  row(
    { en: `files of the package against ${SUMS_FILE}`, zh: `软件包文件与 ${SUMS_FILE} 核对` },
    { en: `${files} files as built`, zh: `${files} 个文件与构建时一致` },
    faults.length === 0,
    { en: `${faults.length} faults`, zh: `${faults.length} 处不符` },
  ),
  ...faults.map(({ file, fault, expected, found }) =>
    row(
      { en: `${fault}: ${file}`, zh: `${FAULTS_ZH[fault]}：${file}` },
      expected === undefined ? ABSENT : inBoth(expected),
      false,
      found === undefined ? ABSENT : inBoth(found),
    ),
  ),
];

/** What the signature of the sums shows; what it does not show, since nobody said whose keys count, is no row. */
function signatureRows({ state, key = "", signer = "", faults }: SumsSignature, isAsked: boolean): readonly IqRow[] {
  if (!isAsked && state !== "wrong") return [];
  const of: TextOfRow = { en: `signature of ${SUMS_FILE}`, zh: `${SUMS_FILE} 的签名` };
  const expected: TextOfRow = isAsked
    ? { en: "by the key of an allowed signer", zh: "由允许的签名人的密钥签署" }
    : { en: "fits the file", zh: "与文件相符" };
  if (state !== "verified") return [row(of, expected, false, signatureFaults(faults))];
  const what: TextOfRow = {
    en: `${of.en} by ${signer}, key ${key}`,
    zh: `${of.zh}，签名人 ${signer}，密钥 ${key}`,
  };
  return [row(what, expected, true)];
}

const ABSENT: TextOfRow = { en: "absent", zh: "不存在" };

const FAULTS_ZH: Readonly<Record<ReturnType<typeof checkFiles>["faults"][number]["fault"], string>> = {
  changed: "已被更改",
  missing: "缺失",
  "not of the package": "不属于软件包",
};

interface Platforms {
  readonly node: readonly { readonly major: number; readonly from?: string; readonly status: string }[];
  readonly systems: readonly { readonly platform: string; readonly status: string }[];
}

/** How well a version of Node is known; undefined for one of a major that is not listed, or below the lowest of its major. */
export function nodeStatus({ node }: Pick<Platforms, "node">, runtime: string): string | undefined {
  const [major = 0, minor = 0] = (/(\d+)\.(\d+)/.exec(runtime) ?? []).slice(1).map(Number);
  const known = node.find((one) => one.major === major);
  const lowest = Number(known?.from?.split(".")[1] ?? 0);
  return minor < lowest ? undefined : known?.status;
}

/** Runtime and system against docs/validation/platforms.yml, or accepted with a reason. */
function platformRows(folder: string, runtime: string, accepted: string | undefined): readonly IqRow[] {
  const known = parse(readFileSync(join(folder, "docs/validation/platforms.yml"), "utf8")) as Platforms;
  const system = `${process.platform}-${process.arch}`;
  const of = [
    [{ en: "runtime", zh: "运行环境" }, runtime, nodeStatus(known, runtime)],
    [{ en: "system", zh: "操作系统" }, system, known.systems.find((one) => one.platform === system)?.status],
  ] as const;
  const unlisted: TextOfRow = { en: "not listed", zh: "未列出" };
  return of.map(([name, found, status]) =>
    status === undefined && accepted !== undefined
      ? row(
          {
            en: `${name.en} ${found}, not listed, accepted: ${accepted}`,
            zh: `${name.zh} ${found}，未列出，已接受：${accepted}`,
          },
          { en: "a reason", zh: "有理由" },
          true,
        )
      : row(
          {
            en: `${name.en} ${found} (${status ?? unlisted.en})`,
            zh: `${name.zh} ${found}（${status === undefined ? unlisted.zh : (STATUS_ZH[status] ?? status)}）`,
          },
          { en: "tested or expected", zh: "已测试或预期可用" },
          status !== undefined,
          unlisted,
        ),
  );
}

/** How well platforms.yml knows a platform. */
const STATUS_ZH: Readonly<Record<string, string>> = { tested: "已测试", expected: "预期可用" };

/** Every component against the bill of materials, which stands for the lockfile of what was tested. */
function dependencyRows(dependencies: readonly DependencyCheck[]): readonly IqRow[] {
  const nothing: TextOfRow = { en: "nothing", zh: "无" };
  const others = dependencies.filter(({ isDirect, expected, found }) => isDirect || found !== expected);
  const differing = dependencies.filter(({ expected, found }) => found !== expected);
  const without = dependencies.filter(({ licence }) => licence === "");
  const inLockfile = dependencies.filter(({ isSameArchive }) => isSameArchive !== undefined);
  const otherArchive = inLockfile.filter(({ isSameArchive }) => isSameArchive !== true);
  const listed = (them: readonly DependencyCheck[]): TextOfRow => inBoth(them.map(({ name }) => name).join(", "));
  return [
    ...others.map(({ name, isDirect, expected, found }) =>
      row(
        isDirect
          ? { en: `dependency ${name}`, zh: `依赖包 ${name}` }
          : { en: `dependency of a dependency ${name}`, zh: `间接依赖包 ${name}` },
        inBoth(expected),
        found === expected,
        found === undefined ? nothing : inBoth(found),
      ),
    ),
    row(
      {
        en: `installed versions against ${BILL_FILE}, the lockfile of what was tested`,
        zh: `已安装版本与 ${BILL_FILE}（测试时的锁定版本）核对`,
      },
      { en: `${dependencies.length} as tested`, zh: `${dependencies.length} 个与测试时一致` },
      differing.length === 0,
      listed(differing),
    ),
    ...(inLockfile.length === 0
      ? []
      : [
          row(
            {
              en: `SHA-512 in npm's lockfile of this installation against ${BILL_FILE}`,
              zh: `本次安装的 npm 锁定文件中的 SHA-512 与 ${BILL_FILE} 核对`,
            },
            { en: `${inLockfile.length} archives as tested`, zh: `${inLockfile.length} 个安装包与测试时一致` },
            otherArchive.length === 0,
            listed(otherArchive),
          ),
        ]),
    row(
      { en: "licences stated", zh: "许可证已载明" },
      { en: "of every component", zh: "每个组件" },
      without.length === 0,
      listed(without),
    ),
  ];
}

/** What the commands need of the machine: random bytes, a disk that writes and renames, and text as it was. */
function machineRows(io: Io): readonly IqRow[] {
  const [one, other] = [io.entropy(32), io.entropy(32)].map((bytes) => bytes.join());
  const folder = mkdtempSync(join(tmpdir(), "allocell-iq-"));
  const text = "上海 Zürich ≥65\n";
  try {
    writeFileSync(join(folder, "a"), text);
    renameSync(join(folder, "a"), join(folder, "b"));
    return [
      row({ en: "two draws of random bytes", zh: "两次抽取随机字节" }, { en: "differ", zh: "不同" }, one !== other, {
        en: "the same",
        zh: "相同",
      }),
      row(
        { en: "a file written, renamed and read", zh: "写入、改名并读回文件" },
        { en: "the same bytes", zh: "字节一致" },
        readFileSync(join(folder, "b"), "utf8") === text,
        { en: "other bytes", zh: "字节不一致" },
      ),
    ];
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
