import { chineseDifference, chineseLine, type FileVerdict, type Verification } from "../../cli/index.js";
import type { Issue } from "../../foundation/index.js";
import type { Language } from "../../report/index.js";
import { word } from "../texts/words.js";
import { button, h, type View } from "../view/element.js";
import { chosenFiles, droppedFiles, type OpenedFile } from "../view/files.js";
import { faultsView } from "./faultsView.js";
import { fileButton } from "./listTab.js";
import { saidIssue } from "./saidIssue.js";
import type { StatisticsState, VerifyState } from "./state.js";
import type { Task } from "./tasks.js";

type SingleFile = "seedFile" | "commitment" | "proof";

/** What a dropped file is, by its content; a seed file by its name, as the button for it takes no other. */
export function kindOf({ name, bytes }: OpenedFile): SingleFile | "list" {
  if (name.endsWith(".txt")) return "seedFile";
  if (!name.endsWith(".json")) return "list";
  const text = new TextDecoder().decode(bytes);
  if (text.includes('"allocell-commitment-1"')) return "commitment";
  return text.includes('"allocell-opening-1"') || isRowProof(text) ? "proof" : "list";
}

const isRowProof = (text: string): boolean => text.includes('"allocell-row-proof-1"');

/** What makes a section take files that are dropped onto it. */
const droppable = (acts: VerifyActs): object => ({
  class: "form-section drop",
  onDragOver: (event: Event) => {
    event.preventDefault();
  },
  onDrop: (event: DragEvent) => {
    event.preventDefault();
    void droppedFiles(event).then(acts.onDrop);
  },
});

export interface VerifyActs {
  readonly onFiles: (files: readonly OpenedFile[]) => void;
  readonly onFile: (which: SingleFile, file: OpenedFile) => void;
  /** Files that were dropped, of any kind. */
  readonly onDrop: (files: readonly OpenedFile[]) => void;
  readonly onTestSeed: (typed: string) => void;
  readonly onVerify: () => void;
  readonly onProve: () => void;
}

/** The command `verify` on the files that were opened. */
export function verifyTask({ files, seedFile, testSeed }: VerifyState): Task {
  const own = Object.fromEntries(files.map(({ name, bytes }) => [`list/${name}`, bytes]));
  return seedFile === undefined
    ? { command: "verify", word: "list", options: { testSeed }, files: own }
    : {
        command: "verify",
        word: "list",
        options: { seedFile: "seed.txt" },
        files: { ...own, "seed.txt": seedFile.bytes },
      };
}

/** The command that checks a proof of one row, or the opening of a commitment: which of them the file itself says. */
export function proofTask({ commitment, proof }: VerifyState): Task | undefined {
  if (commitment === undefined || proof === undefined) return undefined;
  const isRow = isRowProof(new TextDecoder().decode(proof.bytes));
  return {
    command: isRow ? "prove-row" : "open",
    word: "proof.json",
    options: { commitment: "commitment.json" },
    files: { "commitment.json": commitment.bytes, "proof.json": proof.bytes },
  };
}

/** The first deviating place, as the command says it: a sentence and, where it does not hold them, both lines. */
function differenceView(difference: NonNullable<FileVerdict["difference"]>, language: Language): View {
  if ("code" in difference) return h("p", { class: "fault" }, saidIssue(language)(difference));
  const { message, column, expected, received } = difference;
  const isChinese = language === "zh";
  const line = (key: "verify.expected" | "verify.found", text: string): View =>
    h("p", { class: "hash" }, `${word(language, key)} ${isChinese ? chineseLine(text) : text}`);
  return [
    h("p", { class: "fault" }, isChinese ? chineseDifference(difference) : message),
    !isChinese && column !== undefined ? null : [line("verify.expected", expected), line("verify.found", received)],
  ];
}

function verdictsView(files: readonly FileVerdict[], language: Language): View {
  return h(
    "ul",
    { class: "files" },
    files.map(({ file, verdict, difference }) =>
      h(
        "li",
        null,
        `${verdict === "same" ? "✓" : "✕"} ${file}: ${word(language, `verify.${verdict}`)}`,
        difference === undefined ? null : differenceView(difference, language),
      ),
    ),
  );
}

function answerView({ language, verify: { answer } }: StatisticsState): View {
  if (answer === undefined) return null;
  const { isRight, data } = answer;
  const { manifestSha256: manifest } = data;
  const isProof = "proven" in data;
  const said = isProof ? (isRight ? "verify.proven" : "verify.not-proven") : isRight ? "verify.right" : "verify.wrong";
  const files = (data["files"] ?? []) as readonly FileVerdict[];
  const notes = (data["notes"] ?? []) as Verification["notes"];
  const issues = [data["issues"], data["warnings"]].flatMap((own) => (own ?? []) as readonly Issue[]);
  return h(
    "div",
    { class: "result", "aria-live": "polite" },
    h(
      "p",
      { class: isRight ? "state ready" : "state stop" },
      `${word(language, said)}: ${String(data["status"])} ${String(data["list"])}`,
    ),
    verdictsView(files, language),
    issues.map((issue) => h("p", { class: "fault" }, saidIssue(language)(issue))),
    notes.map((note) => h("p", { class: "note" }, note[language])),
    data["row"] === undefined ? null : h("p", { class: "hash" }, JSON.stringify(data["row"])),
    typeof manifest !== "string"
      ? null
      : h("p", { class: "hash" }, `${word(language, "verify.manifest")}: ${manifest}`),
    button(word(language, "act.print"), () => {
      window.print();
    }),
  );
}

function listPart(state: StatisticsState, acts: VerifyActs): View {
  const { language, verify } = state;
  return h(
    "section",
    droppable(acts),
    h("h3", null, word(language, "verify.list")),
    h("p", null, word(language, "verify.drop")),
    h(
      "div",
      { class: "bar" },
      h(
        "label",
        { class: "file" },
        word(language, "verify.files"),
        h("input", {
          type: "file",
          multiple: true,
          onChange: (event: Event) => {
            void chosenFiles(event).then(acts.onFiles);
          },
        }),
      ),
      fileButton(word(language, "seed.open"), ".txt", (file) => {
        acts.onFile("seedFile", file);
      }),
    ),
    h(
      "p",
      { class: "note" },
      verify.files.map(({ name }) => name).join(", "),
      verify.seedFile === undefined ? "" : `; ${verify.seedFile.name}`,
    ),
    verify.seedFile !== undefined
      ? null
      : h(
          "div",
          { class: "field short" },
          h("label", { for: "verify-seed" }, word(language, "seed.test")),
          h("input", {
            id: "verify-seed",
            type: "text",
            autocomplete: "off",
            value: verify.testSeed,
            onInput: (event: Event) => {
              acts.onTestSeed((event.currentTarget as HTMLInputElement).value);
            },
          }),
        ),
    h("p", { class: "bar" }, button(word(language, "verify.run"), acts.onVerify, { class: "main-act" })),
  );
}

function proofPart({ language, verify }: StatisticsState, acts: VerifyActs): View {
  return h(
    "section",
    droppable(acts),
    h("h3", null, word(language, "verify.proof-title")),
    h("p", null, word(language, "verify.proof-drop")),
    h(
      "div",
      { class: "bar" },
      fileButton(word(language, "verify.commitment"), ".json", (file) => {
        acts.onFile("commitment", file);
      }),
      fileButton(word(language, "verify.proof"), ".json", (file) => {
        acts.onFile("proof", file);
      }),
    ),
    h(
      "p",
      { class: "note" },
      [verify.commitment?.name, verify.proof?.name].filter((name) => name !== undefined).join(", "),
    ),
    h("p", { class: "bar" }, button(word(language, "verify.prove"), acts.onProve, { class: "main-act" })),
  );
}

/** For whoever may install nothing: are these files what plan and seed give; is this row in the list that was committed to. */
export function verifyTab(state: StatisticsState, running: View, acts: VerifyActs): View {
  return h(
    "div",
    { class: "narrow" },
    h("div", { class: "form" }, listPart(state, acts), proofPart(state, acts)),
    running,
    faultsView(state.language, state.verify.issues, (path) => path),
    answerView(state),
  );
}
