import { sha256 } from "@noble/hashes/sha2.js";
import { bytesToHex } from "@noble/hashes/utils.js";
import {
  callOf,
  foundOf,
  resultOf,
  short,
  type Calls,
  type LocatedIssue,
  type OqFile,
  type OqResult,
} from "../../cli/index.js";
import { VERSION } from "../../version.js";
import { word, type WordKey } from "../texts/words.js";
import { button, h, table, type View } from "./element.js";
import { chosenFiles, type OpenedFile } from "./files.js";
import { issuesView } from "./issuesView.js";
import { shell } from "./shell.js";
import type { PageState } from "./startPage.js";

/** The same suite as that of `allocell oq`, for the calls that a page makes: opened as `page.html?oq`. */
export const isQualification = (): boolean => new URLSearchParams(location.search).has("oq");

interface Qualified {
  readonly verdict: string;
  readonly isPassed: boolean;
  readonly files: readonly OqFile[];
  readonly results: readonly OqResult[];
}

/** A case file, with the digest of its bytes in its source, by which a changed one shows. */
function readCases({ name, bytes }: OpenedFile): OqFile {
  const file = JSON.parse(new TextDecoder().decode(bytes)) as OqFile;
  if (!Array.isArray(file.cases) || typeof file.group !== "string") throw new Error(`${name} holds no cases.`);
  return { ...file, source: `${file.source} SHA-256 ${bytesToHex(sha256(bytes))}` };
}

/** Runs every case of the files; one that this page has no call for has not passed. */
async function qualify(opened: readonly OpenedFile[], calls: Calls, state: PageState): Promise<Qualified> {
  const files = opened.map(readCases).sort((a, b) => (a.group < b.group ? -1 : 1));
  const results: OqResult[] = [];
  for (const { group, cases } of files)
    for (const one of cases) results.push(resultOf(one, group, await foundOf(() => callOf(calls, one))));
  const passed = results.filter(({ isPassed }) => isPassed).length;
  const isPassed = passed === results.length && results.length > 0;
  const groups = files.map(({ group }) => group).join(",");
  const verdict = `OQ ${isPassed ? "PASSED" : "FAILED"} ${passed} of ${results.length}, groups ${groups}, allocell ${VERSION}, page sha256 ${state.scriptSha256}, ${navigator.userAgent}`;
  return { verdict, isPassed, files, results };
}

/** What did not pass first, then all else, with places to sign: printed as it stands. */
function reportView({ verdict, isPassed, files, results }: Qualified, { language }: PageState): View {
  const ordered = [...results.filter((own) => !own.isPassed), ...results.filter((own) => own.isPassed)];
  const heads = (["case", "requirement", "call", "expected", "found"] as const).map((name) =>
    word(language, `oq.${name}`),
  );
  return [
    h("p", { class: isPassed ? "state ready" : "state stop" }, verdict),
    h(
      "ul",
      null,
      files.map(({ group, title, titleZh, source }) =>
        h("li", null, `${group}: ${language === "zh" ? titleZh : title}. `, h("span", { lang: "en" }, source)),
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
  calls: Calls,
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
        qualified = await qualify(opened, calls, state);
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
