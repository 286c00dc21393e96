/* The pages of docs as a whole: each is in the index, none is long, and every link leads somewhere. */
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { posix } from "node:path";
import { describe, expect, it } from "vitest";
import { documents } from "./codeBlock.js";

/** No page is longer, so that somebody who looks for one thing finds it. */
const MOST_LINES = 250;
const INDEX = "docs/README.md";
/** The pages of the API are not read but searched for a name: one page an entry, as long as the entry is. */
const API = { "docs/api": "docs/api/README.md", "docs/api/store": "docs/api/README.md" };
/** Folders of pages that are made by a program, and the page that lists them all. */
const LISTED_BY: Readonly<Record<string, string>> = {
  "docs/errors": "docs/errors.md",
  "docs/errors.zh": "docs/errors.zh.md",
  ...API,
};

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
    const linked = new Map<string, Set<string>>();
    for (const list of [INDEX, ...Object.values(LISTED_BY)])
      linked.set(list, new Set(linksOf(list).map(({ file }) => file)));
    const missing = pages.filter((page) => {
      const list = LISTED_BY[posix.dirname(page)] ?? INDEX;
      return page !== INDEX && page !== API["docs/api"] && !linked.get(list)?.has(page);
    });
    expect(missing).toEqual([]);
  });

  it(`have at most ${MOST_LINES} lines`, () => {
    const toBeRead = pages.filter((page) => !(posix.dirname(page) in API));
    const lines = toBeRead.map((page) => [page, read(page).trimEnd().split("\n").length] as const);
    expect(lines.filter(([, count]) => count > MOST_LINES)).toEqual([]);
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
