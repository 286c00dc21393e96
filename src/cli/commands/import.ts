import { importCtgov, type CtgovImport } from "../../exchange/index.js";
import { writeOne } from "../custodyFiles.js";
import { inFile, mapOf, readDataFile } from "../dataFile.js";
import { jsonText, type CommonOptions, type Io } from "../io.js";
import { countIn, sayIn, wrapIn, type Texts } from "../answers/say.js";
import { speechOf, type Speech } from "../answers/speech.js";

export interface ImportOptions extends CommonOptions {
  readonly out?: string;
}

/** `allocell import ctgov FILE`: a registry record as the beginning of a trial file, with what is in doubt as comments. */
export async function importRegistry(io: Io, file: string, options: ImportOptions): Promise<number> {
  const source = await readDataFile(io, file);
  mapOf(source, "a record of ClinicalTrials.gov", "protocolSection");
  const made = inFile(source, "", () => importCtgov(source.data));
  const out = options.out ?? `${String(made.trial["id"])}.trial.yaml`;
  const { stringify } = await import("yaml");
  const yaml = stringify(made.trial, {
    lineWidth: 100,
    aliasDuplicateObjects: false,
    defaultStringType: "QUOTE_DOUBLE",
    defaultKeyType: "PLAIN",
  });
  writeOne(io, out, `${commentsOf(made).join("\n")}\n${yaml}`, 0o644);
  const { proposals, contradictions, warnings } = made;
  await io.stdout.write(
    options.json === true
      ? jsonText({ command: "import ctgov", file: out, proposals, contradictions, warnings })
      : importText(out, made, await speechOf(io)),
  );
  return 0;
}

function commentsOf({ trial, proposals, warnings }: CtgovImport): readonly string[] {
  return [
    `# ${String(trial["id"])}, imported from ClinicalTrials.gov. Replace every TO-STATE; read every line below before a dose is written.`,
    "# No ratio, block size, volume or cap is in a registry record. A dose is quoted here and is not in the file:",
    ...(proposals.length === 0 ? ["#   none was found"] : []),
    ...proposals.flatMap(({ arm, path, quoted, reading, doubts }) => [
      `#   arm ${arm}: "${quoted.replace(/\s+/g, " ")}" at ${path}, read as ${reading}${doubts.length === 0 ? "" : ` (${doubts.join("; ")})`}`,
    ]),
    ...warnings.map(({ code, path, message }) => `# ${code} at ${path}: ${message}`),
  ];
}

const TEXTS = {
  warning: { en: "{code}: {message}", zh: "{code}：{message}" },
  contradictions: {
    en: "The record contradicts itself, as the file says under contradictions: {ids}.",
    zh: "该记录自相矛盾，见文件中的 contradictions：{ids}。",
  },
  found: {
    en: "{amounts} found that may be a dose; {they} quoted at the head of the file.",
    zh: "发现可能是剂量的数值 {amounts}，已引用于文件开头。",
  },
  itIs: { en: "it is", zh: "" },
  theyAre: { en: "they are", zh: "" },
  next: {
    en: "No dose was taken over. Fill in every TO-STATE and the doses, then: allocell trials FILE",
    zh: "没有采用任何剂量。请填写每一处 TO-STATE 和各剂量，然后运行：allocell trials FILE",
  },
} as const satisfies Texts;

function importText(out: string, { proposals, contradictions, warnings }: CtgovImport, speech: Speech): string {
  const { language } = speech;
  const say = sayIn(TEXTS, language);
  const count = proposals.length;
  return [
    out,
    ...warnings.flatMap((warning) =>
      wrapIn(language)(say("warning", { code: warning.code, message: speech.issue(warning) }), "  ", 100),
    ),
    ...(contradictions.length === 0
      ? []
      : wrapIn(language)(say("contradictions", { ids: contradictions.map(({ id }) => id).join(", ") }), "  ", 100)),
    say("found", { amounts: countIn(language, count, "amount", "处"), they: say(count === 1 ? "itIs" : "theyAre") }),
    say("next"),
    "",
  ].join("\n");
}
