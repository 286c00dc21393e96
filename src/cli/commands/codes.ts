import { ERROR_CODES, type CodeText, type ErrorCode } from "../../codes/index.js";
import { fail, nearName } from "../../foundation/index.js";
import { jsonText, type CommonOptions, type Io } from "../io.js";
import { counted, wrapText } from "../textTable.js";

type Entry = readonly [code: ErrorCode, text: CodeText];

/** `allocell codes [CODE]`: what each code of an error or warning means, and what to do; of one code, or of a prefix. */
export async function codes(io: Io, wanted: string | undefined, options: CommonOptions): Promise<number> {
  const entries = (Object.entries(ERROR_CODES) as unknown as Entry[]).sort(([a], [b]) => (a < b ? -1 : 1));
  const found =
    wanted === undefined ? entries : entries.filter(([code]) => code === wanted || prefixOf(code) === wanted);
  if (found.length === 0) refuseUnknown(wanted ?? "", entries);
  await io.stdout.write(
    options.json === true
      ? jsonText({ command: "codes", codes: found.map(asJson) })
      : io.language === "zh"
        ? (await import("../chinese/codesText.js")).chineseCodesText(found.map(([code]) => code))
        : asText(found),
  );
  return 0;
}

const prefixOf = (code: string): string => code.split(".")[0] ?? "";

function refuseUnknown(wanted: string, entries: readonly Entry[]): never {
  const known = entries.map(([code]) => code);
  const prefixes = [...new Set(known.map(prefixOf))];
  fail("cli.code_unknown", "CODE", `No error and no warning of allocell has the code "${wanted}".`, {
    expected: nearName(wanted, [...known, ...prefixes]) ?? `a code, or one of its prefixes: ${prefixes.join(", ")}`,
    received: wanted,
  });
}

const asJson = ([code, [meaning, remedy, parameters]]: Entry): object => ({
  code,
  meaning,
  remedy,
  ...(parameters === undefined ? {} : { parameters }),
});

function asText(entries: readonly Entry[]): string {
  const blocks = entries.map(([code, [meaning, remedy, parameters = {}]]) => {
    const told = Object.entries(parameters).map(([name, kind]) => `${name} (${kind})`);
    return [
      code,
      ...wrapText(meaning, "  means  "),
      ...wrapText(remedy, "  do     "),
      ...(told.length === 0 ? [] : wrapText(told.join(", "), "  tells  ")),
      "",
    ].join("\n");
  });
  return [...blocks, ...(entries.length === 1 ? [] : [`${counted(entries.length, "code")}\n`])].join("\n");
}
