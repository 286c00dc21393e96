import { join, resolve } from "node:path";
import { writeFolder, writeNewFile } from "../../store/disk/index.js";
import { VERSION } from "../../version.js";
import { edcCoreLines } from "../edcCoreLines.js";
import { readListRows } from "../exportInput.js";
import { jsonText, type CommonOptions, type Io } from "../io.js";
import { readLogFile } from "../logFile.js";
import { proveList } from "../provenList.js";
import { countIn, sayIn, type Texts } from "../answers/say.js";
import type { Language } from "../../report/index.js";
import { requireNewFolder } from "../requireNewFolder.js";

export interface ExportEdcCoreOptions extends CommonOptions {
  readonly log: string;
  readonly out?: string;
}

/**
 * `allocell export FOLDER --to edc-core --log LOG`: the assignment of each event of a log as one line of JSON with the
 * event's receipt, in the order of the log: a longer log has the same lines at its beginning. UNBLINDED.
 */
export async function exportEdcCore(io: Io, folder: string, options: ExportEdcCoreOptions): Promise<number> {
  const { events, state } = readLogFile(io, options.log);
  proveList(io, folder, state);
  const { manifest, list: rows } = await readListRows(io, folder);
  const { status, plan } = manifest;
  const { lines, left } = edcCoreLines(events, rows.rows());
  const base = `${plan.list}_${status}_UNBLINDED_edc-core`;
  const out = options.out ?? base;
  requireNewFolder(io, out, "--out");
  const files = await writeFolder(resolve(io.cwd, out), out, false, (target) => {
    const file = `${base}.jsonl`;
    const written = { file, sha256: writeNewFile(join(target, file), lines, 0o600), assignments: lines.length };
    const record = {
      format: "allocell-export-1",
      world: "unblinded",
      to: "edc-core",
      allocell: VERSION,
      list: plan.list,
      status,
    };
    const name = `${base}.manifest.json`;
    const text = jsonText({ ...record, head: state.head, files: [written] });
    return [written, { file: name, sha256: writeNewFile(join(target, name), [text], 0o600) }];
  });
  const answer = {
    command: "export",
    world: "unblinded",
    list: plan.list,
    status,
    to: "edc-core",
    folder: out,
    files,
    withoutArm: left,
  };
  await io.stdout.write(
    options.json === true ? jsonText(answer) : exportText(out, lines.length, left, io.language ?? "en"),
  );
  return 0;
}

const TEXTS = {
  title: { en: "{out} (UNBLINDED: the treatments of {participants})", zh: "{out}（非盲：含 {participants}的治疗）" },
  send: {
    en: "Send each line whose receipt was not sent before; a line that is sent twice is the same line.",
    zh: "发送回执尚未发送过的每一行；同一行发送两次仍是同一行。",
  },
  left: {
    en: "Left out, because a treatment was forced and the log does not say which one: {participants}",
    zh: "未导出（曾强制分配治疗，而随机分配记录没有说明是哪一种）：{participants}",
  },
} as const satisfies Texts;

function exportText(out: string, count: number, left: readonly string[], language: Language): string {
  const say = sayIn(TEXTS, language);
  return [
    say("title", { out, participants: countIn(language, count, "participant", "名受试者") }),
    say("send"),
    ...(left.length === 0 ? [] : [say("left", { participants: left.join(language === "zh" ? "，" : ", ") })]),
    "",
  ].join("\n");
}
