import { resolve } from "node:path";
import type { EscalationRuleKind } from "../../escalation/index.js";
import { fail } from "../../foundation/index.js";
import { toRuleTemplate } from "../../report/index.js";
import { exists, failAt, writeOneFile } from "../../store/disk/index.js";
import { jsonText, type CommonOptions, type Io } from "../io.js";
import type { LanguageOptions } from "../languageOption.js";
import { wholeNumber } from "../numberOption.js";
import { readTrial } from "../trialInput.js";

export interface InitEscalationOptions extends CommonOptions, LanguageOptions {
  readonly trial?: string;
  readonly rule: EscalationRuleKind;
  readonly levels: string;
  readonly out: string;
}

/** `allocell init escalation`: an annotated rule file; what the protocol must say is marked, and nothing is filled in. */
export async function initEscalation(io: Io, options: InitEscalationOptions): Promise<number> {
  const { rule: kind, lang: language, out } = options;
  const path = resolve(io.cwd, out);
  if (exists(path, out)) {
    const message = "This file exists already; nothing was written.";
    failAt({ code: "cli.output_exists", path: "--out", file: out, message, expected: "another name" });
  }
  const levels = wholeNumber("--levels", options.levels);
  if (levels < 1 || levels > 20) {
    fail("cli.option_invalid", "--levels", "A design has 1 to 20 dose levels.", { expected: "1 to 20" });
  }
  const trial = options.trial === undefined ? undefined : await readTrial(io, options.trial);
  const { text, next } = toRuleTemplate({ kind, levels, language, ...(trial === undefined ? {} : { trial }) });
  writeOneFile({ path, shown: out, mode: 0o644, content: text });
  await io.stdout.write(
    options.json === true
      ? jsonText({ command: "init escalation", file: out })
      : `${out}\n  ${next} allocell escalation table ${out}\n`,
  );
  return 0;
}
