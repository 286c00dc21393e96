/* The pages of docs as a whole: each is in the index, none is long, and every link leads somewhere. */
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { posix } from "node:path";
import { describe, expect, it } from "vitest";
import { documents } from "./codeBlock.js";

/** No page is longer, so that somebody who looks for one thing finds it. */
const MOST_LINES = 250;
const INDEX = "docs/README.md";
/** The pages of the API: the list of entries, of each entry the list of its names, and the pages of the names. */
const API = "docs/api/README.md";
/** Folders of pages that are made by a program, and the page that lists them all. */
const LISTED_BY: Readonly<Record<string, string>> = {
  "docs/errors": "docs/errors.md",
  "docs/errors.zh": "docs/errors.zh.md",
};

/** The page that lists a page: of one of the API the list of its entry, of that list the list of entries. */
function listOf(page: string): string {
  if (!page.startsWith("docs/api/")) return LISTED_BY[posix.dirname(page)] ?? INDEX;
  if (page === API) return INDEX;
  if (posix.basename(page) === "README.md") return API;
  let folder = posix.dirname(page);
  while (!existsSync(`${folder}/README.md`)) folder = posix.dirname(folder);
  return `${folder}/README.md`;
}

interface Link {
  readonly from: string;
  readonly text: string;
  readonly file: string;
  readonly anchor: string;
}

const read = (file: string): string => readFileSync(file, "utf8");
const withoutCode = (text: string): string => text.replace(/^```[\s\S]*?^```$/gm, "");

/** The links of a page to files of the project. */
function linksOf(from: string): readonly Link[] {
  return [...withoutCode(read(from)).matchAll(/\]\(([^)\s]+)\)/g)]
    .map(([, target = ""]) => target)
    .filter((target) => !/^[a-z]+:/.test(target))
    .map((target) => {
      const [path = "", anchor = ""] = target.split("#");
      const file = path === "" ? from : posix.join(posix.dirname(from), path);
      return { from, text: target, file, anchor };
    });
}

/** The anchors of a page's headings, as GitHub makes them. */
function anchorsOf(file: string): ReadonlySet<string> {
  const counts = new Map<string, number>();
  const anchors = [...withoutCode(read(file)).matchAll(/^#{1,6} (.+)$/gm)].map(([, heading = ""]) => {
    const plain = heading.replace(/\[([^\]]*)\]\([^)]*\)/g, "$1").toLowerCase();
    const slug = plain.replace(/[^\p{L}\p{N}_\- ]/gu, "").replaceAll(" ", "-");
    const before = counts.get(slug) ?? 0;
    counts.set(slug, before + 1);
    return before === 0 ? slug : `${slug}-${before}`;
  });
  // Rows of a table of the API have anchors of their own.
  const named = [...read(file).matchAll(/<a id="([^"]+)">/g)].map(([, id = ""]) => id);
  return new Set([...anchors, ...named]);
}

const pages = documents().filter((page) => page.startsWith("docs/"));
const BESIDE = ["CONTRIBUTING.md", "SECURITY.md", "CHANGELOG.md", "examples/back-end/README.md"];

describe("the pages of docs", () => {
  it("are in the index, or in the page that lists their folder", () => {
    const linked = new Map<string, ReadonlySet<string>>();
    const linkedFrom = (list: string): ReadonlySet<string> => {
      const links = linked.get(list) ?? new Set(linksOf(list).map(({ file }) => file));
      linked.set(list, links);
      return links;
    };
    const missing = pages.filter((page) => page !== INDEX && !linkedFrom(listOf(page)).has(page));
    expect(missing).toEqual([]);
  });

  it(`have at most ${MOST_LINES} lines`, () => {
    const lines = pages.map((page) => [page, read(page).trimEnd().split("\n").length] as const);
    expect(lines.filter(([, count]) => count > MOST_LINES)).toEqual([]);
  });

  it("say in a sentence what each entry of the API and each exported name is", () => {
    const lists = pages.filter((page) => page.startsWith("docs/api/") && posix.basename(page) === "README.md");
    const rows = lists.flatMap((page) => [...read(page).matchAll(/^\| \[(.+?)\]\([^)]+\) \| (.*) \|$/gm)]);
    expect(rows.length).toBeGreaterThan(1000);
    expect(rows.filter(([, , sentence = ""]) => sentence.length < 8).map(([row]) => row)).toEqual([]);
  });

  it("are reached from README", () => {
    expect(linksOf("README.md").map(({ file }) => file)).toContain(INDEX);
  });

  it.each([...documents(), ...BESIDE])("%s links to what is there", (page) => {
    const broken = linksOf(page).filter(({ file, anchor }) => {
      if (!existsSync(file)) return true;
      return anchor !== "" && file.endsWith(".md") && !anchorsOf(file).has(anchor);
    });
    expect(broken.map(({ text }) => text)).toEqual([]);
  });
});

describe("pages that sources, tests and requirements name", () => {
  it("are there", () => {
    const named = ["src", "tests", "build", "examples", "docs/validation"]
      .flatMap((folder) =>
        readdirSync(folder, { recursive: true, encoding: "utf8" }).map((name) => `${folder}/${name}`),
      )
      .filter((file) => /\.(?:tsx?|mjs|yml|json)$/.test(file) && !file.includes("/golden/"))
      .flatMap((file) => [...read(file).matchAll(/\bdocs\/[\w./-]+\.md\b/g)].map(([page]) => ({ file, page })));
    expect(named.length).toBeGreaterThan(200);
    expect(named.filter(({ page }) => !existsSync(page))).toEqual([]);
  });
});
