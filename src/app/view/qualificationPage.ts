import { sha256 } from "@noble/hashes/sha2.js";
import { bytesToHex } from "@noble/hashes/utils.js";
import {
  callOf,
  foundOf,
  lawCall,
  missingCases,
  resultOf,
  short,
  subjectOf,
  SUBJECTS,
  SUITE,
  type Calls,
  type Laws,
  type LocatedIssue,
  type OqFile,
  type OqResult,
} from "../../cli/index.js";
import { VERSION } from "../../version.js";
import { word, type WordKey } from "../texts/words.js";
import { button, h, table, type View } from "./element.js";
import { chosenFiles, saveFile, type OpenedFile } from "./files.js";
import { issuesView } from "./issuesView.js";
import { shell } from "./shell.js";
import type { PageState } from "./startPage.js";

/** What a page runs of the suite of `allocell oq`. */
export interface PageSuite {
  readonly calls: Calls;
  readonly laws: Laws;
}

/** The same suite as that of `allocell oq`, for what a page does: opened as `page.html?oq`. */
export const isQualification = (): boolean => new URLSearchParams(location.search).has("oq");

/** A case file, and what of it is no part of the page. */
interface Group extends OqFile {
  /** Cases that the page runs. */
  readonly here: number;
  /** What the others try, which the command runs. */
  readonly elsewhere: readonly string[];
}

interface Qualified {
  readonly verdict: string;
  readonly isPassed: boolean;
  readonly at: string;
  readonly groups: readonly Group[];
  readonly results: readonly OqResult[];
}

/** A case file, with the digest of its bytes in its source, by which a changed one shows. */
function readCases({ name, bytes }: OpenedFile): OqFile {
  const file = JSON.parse(new TextDecoder().decode(bytes)) as OqFile;
  if (!Array.isArray(file.cases) || typeof file.group !== "string") throw new Error(`${name} holds no cases.`);
  return { ...file, source: `${file.source} SHA-256 ${bytesToHex(sha256(bytes))}` };
}

/**
 * Runs every case of the files that tries what the page does. Of those that try another part of the program it says how
 * many there are; one that tries nothing of the suite has not passed.
 */
async function qualify(chosen: readonly OpenedFile[], suite: PageSuite, state: PageState): Promise<Qualified> {
  const calls: Calls = { ...suite.calls, law: lawCall(suite.laws) };
  const own = [...Object.keys(suite.calls), ...Object.keys(suite.laws)];
  const others = SUBJECTS.filter((subject) => !own.includes(subject));
  const files = chosen.map(readCases).sort((a, b) => (a.group < b.group ? -1 : 1));
  const groups: Group[] = [];
  const results: OqResult[] = [];
  for (const file of files) {
    const { group, cases } = file;
    const here = cases.filter((one) => !others.includes(subjectOf(one)));
    const elsewhere = others.filter((subject) => cases.some((one) => subjectOf(one) === subject));
    groups.push({ ...file, here: here.length, elsewhere });
    for (const one of missingCases(group, file)) results.push(one);
    for (const one of here) results.push(resultOf(one, group, await foundOf(() => callOf(calls, one))));
  }
  const passed = results.filter(({ isPassed }) => isPassed).length;
  const isPassed = passed === results.length && results.length > 0;
  const sumOf = (counts: readonly number[]): number => counts.reduce((sum, count) => sum + count, 0);
  const opened = sumOf(files.map(({ cases }) => cases.length));
  const ran = groups.flatMap(({ group, here }) => (here > 0 ? [group] : [])).join(",");
  const verdict = `OQ ${isPassed ? "PASSED" : "FAILED"} ${passed} of ${results.length}, groups ${ran}, of ${opened} cases opened, ${sumOf(Object.values(SUITE))} in the suite, allocell ${VERSION}, page sha256 ${state.scriptSha256}, ${navigator.userAgent}`;
  return { verdict, isPassed, at: new Date().toISOString(), groups, results };
}

/** The report as the command writes it, with what was not run. */
const reportJson = ({ verdict, at, groups, results }: Qualified): string => {
  const counted = groups.map(({ group, cases, here, elsewhere }) => ({ group, cases: cases.length, here, elsewhere }));
  return `${JSON.stringify({ verdict, at, groups: counted, results }, null, 2)}\n`;
};

/** What did not pass first, then all else, with places to sign: printed as it stands. */
function reportView(qualified: Qualified, { language }: PageState): View {
  const { verdict, isPassed, groups, results } = qualified;
  const ordered = [...results.filter((own) => !own.isPassed), ...results.filter((own) => own.isPassed)];
  const heads = (["case", "requirement", "call", "expected", "found"] as const).map((name) =>
    word(language, `oq.${name}`),
  );
  return [
    h("p", { class: isPassed ? "state ready" : "state stop" }, verdict),
    h(
      "ul",
      null,
      groups.map(({ group, title, titleZh, source, cases, here, elsewhere }) =>
        h(
          "li",
          null,
          `${group}: ${language === "zh" ? titleZh : title}. ${here} / ${cases.length} ${word(language, "oq.here")} `,
          elsewhere.length > 0 ? `${word(language, "oq.elsewhere")} ` : "",
          h("span", { lang: "en" }, elsewhere.length > 0 ? `${elsewhere.join("; ")}. ` : "", source),
        ),
      ),
    ),
    ["oq.performed", "oq.reviewed"].map((key) =>
      h("p", null, `${word(language, key as WordKey)}: ______________________________`),
    ),
    h(
      "p",
      { class: "bar" },
      button(word(language, "act.print"), () => {
        window.print();
      }),
      button(word(language, "act.save-json"), () => {
        saveFile("oq.json", reportJson(qualified), "application/json");
      }),
    ),
    h(
      "div",
      { class: "scroll", tabindex: 0, role: "region", "aria-label": word(language, "oq.title") },
      table(
        heads,
        ordered.map((own) =>
          h(
            "tr",
            { class: own.isPassed ? "" : "wrong", key: own.id },
            h("th", { scope: "row" }, own.id),
            [own.requirement, own.call, short(own.expected), own.isPassed ? "=" : short(own.found)].map((text) =>
              h("td", { lang: "en" }, text),
            ),
          ),
        ),
      ),
    ),
  ];
}

/** The page that runs the cases by its own code and shows the report with places to sign. */
export function qualificationPage(
  state: PageState,
  title: "page.pharmacy" | "page.statistics",
  suite: PageSuite,
  redraw: () => void,
): () => View {
  let opened: readonly OpenedFile[] = [];
  let qualified: Qualified | undefined;
  let issues: readonly LocatedIssue[] = [];
  const run = async (): Promise<void> => {
    qualified = undefined;
    issues = [];
    if (opened.length > 0) {
      try {
        qualified = await qualify(opened, suite, state);
      } catch (error) {
        issues = [{ code: "page.file_unread", path: "", message: String(error) }];
      }
    }
    redraw();
  };
  return () => {
    const { language } = state;
    const content = h(
      "section",
      { class: "result" },
      h("h2", null, word(language, "oq.title")),
      h("p", { class: "note" }, word(language, "oq.open")),
      h(
        "label",
        { class: "file" },
        word(language, "oq.files"),
        h("input", {
          type: "file",
          accept: ".json",
          multiple: true,
          onChange: (event: Event) => {
            void chosenFiles(event).then((files) => {
              opened = files;
              return run();
            });
          },
        }),
      ),
      issuesView(language, issues, (path) => path),
      qualified === undefined ? null : reportView(qualified, state),
    );
    const onLanguage = (chosen: PageState["language"]): void => {
      state.language = chosen;
      void run();
    };
    const { scriptSha256 } = state;
    return shell(
      { language, title, tabs: [], tab: "", madeFor: undefined, scriptSha256, onTab: () => undefined, onLanguage },
      content,
    );
  };
}
