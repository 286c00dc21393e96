// The pages of docs/api, made of TypeDoc's: one a file of the sources, so that what belongs together stands together.
import { posix } from "node:path";

/** Most lines of a page; of a file with more, what follows stands on further pages. */
const MOST_LINES = 250;

/** TypeDoc's pages by their places, and the file of the sources where each name is declared. */
export interface ApiSource {
  readonly pages: ReadonlyMap<string, string>;
  /** By place of a name's page, such as `dose/functions/prepare.md`: `dose/preparation/prepare.ts`. */
  readonly files: ReadonlyMap<string, string>;
  /** What each room is, by its name. */
  readonly rooms: ReadonlyMap<string, string>;
}

interface Member {
  /** Place of TypeDoc's page. */
  readonly from: string;
  readonly text: string;
  readonly lines: number;
}

const isIndex = (place: string): boolean => posix.basename(place) === "README.md";
const lineCount = (text: string): number => text.split("\n").length;
const roomOf = (place: string): string => posix.dirname(posix.dirname(place));

/** A heading's anchor, as code hosts make it. */
const slug = (heading: string): string =>
  heading
    .replace(/\\/gu, "")
    .toLowerCase()
    .replace(/[^\p{L}\p{N}_\- ]/gu, "")
    .replaceAll(" ", "-");

/** The text of a name's page as a part of a longer page: its headings one level lower, its kind below its name. */
function asPart(page: string): string {
  const [title = "", ...rest] = page.trim().split("\n");
  const [, kind = "", name = title] = /^# ([\w ]+): (.+)$/u.exec(title) ?? [];
  let isCode = false;
  const lower = rest.map((line) => {
    if (line.startsWith("```")) isCode = !isCode;
    return isCode || !/^#{1,5} /u.test(line) ? line : `#${line}`;
  });
  return [`## ${name}`, "", `*${kind}*`, ...lower].join("\n").replaceAll(/<a id="[^"]*"><\/a> /gu, "");
}

/** Which page of ours each of TypeDoc's pages goes to, in the order of names. */
function pagesByFile({ pages, files }: ApiSource): ReadonlyMap<string, readonly Member[]> {
  const made = new Map<string, Member[]>();
  for (const from of [...pages.keys()].sort()) {
    if (isIndex(from)) continue;
    const file = files.get(from);
    if (file === undefined) throw new Error(`${from}: no file of the sources declares it`);
    const text = asPart(pages.get(from) ?? "");
    const room = roomOf(from);
    const own = file.startsWith(`${room}/`) ? file.slice(room.length + 1) : file;
    const base = `${room}/${own.replace(/\.tsx?$/u, "")}`;
    const member = { from, text, lines: lineCount(text) + 2 };
    for (let part = 1; ; part += 1) {
      const place = part === 1 ? `${base}.md` : `${base}-${String(part)}.md`;
      const there = made.get(place) ?? [];
      const lines = there.reduce((sum, { lines: n }) => sum + n, 4);
      if (there.length > 0 && lines + member.lines > MOST_LINES) continue;
      made.set(place, [...there, member]);
      break;
    }
  }
  return made;
}

/** An index of a room whose names stand in other rooms: each name on a line of its own takes a page of hundreds. */
const shortReferences = (text: string): string =>
  text.replace(/^## References\n[\s\S]*$/mu, (list) => {
    const links = [...list.matchAll(/^Re-?exports (\[.+?\]\([^)]+\))|^Renames and re-exports (\[.+?\]\([^)]+\))/gmu)];
    const rows = links.map(([, plain, renamed]) => `| ${plain ?? renamed ?? ""} |`);
    return ["## Names of other rooms", "", "| Name |", "| ------ |", ...rows, ""].join("\n");
  });

/** Rewrites the links of a text, which stood at `from`, for the page `to`. */
function relink(text: string, from: string, to: string, places: ReadonlyMap<string, string>): string {
  return text.replaceAll(
    /\]\(([^)\s#]*\.md)?(#[^)]*)?\)/gu,
    (whole, path: string | undefined, anchor: string | undefined = "") => {
      if (path === undefined)
        return anchor.startsWith("#property-") ? `](${places.get(from)?.replace(/^.*#/u, "#") ?? ""})` : whole;
      const target = posix.normalize(posix.join(posix.dirname(from), path));
      const [page = target, heading = ""] = (places.get(target) ?? target).split("#");
      const link = posix.relative(posix.dirname(to), page);
      return `](${page === to ? "" : link}${heading === "" ? "" : `#${heading}`})`;
    },
  );
}

/**
 * The pages of docs/api by their places.
 *
 * @throws Error for a name or a room without a sentence that says what it is
 */
export function apiPages(source: ApiSource): ReadonlyMap<string, string> {
  const byFile = pagesByFile(source);
  const places = new Map<string, string>();
  for (const [place, members] of byFile) {
    const seen = new Map<string, number>();
    for (const { from, text } of members) {
      for (const [, heading = ""] of text.matchAll(/^#{2,6} (.+)$/gmu)) {
        const anchor = slug(heading);
        const before = seen.get(anchor) ?? 0;
        seen.set(anchor, before + 1);
        if (!places.has(from)) places.set(from, `${place}#${before === 0 ? anchor : `${anchor}-${String(before)}`}`);
      }
    }
  }
  const made = new Map<string, string>();
  for (const [place, members] of byFile) {
    const room =
      [...source.rooms.keys()]
        .filter((name) => place.startsWith(`${name}/`))
        .sort()
        .at(-1) ?? "";
    const up = posix.relative(posix.dirname(place), `${room}/README.md`);
    const parts = members.map(({ from, text }) => relink(text, from, place, places));
    made.set(place, `# ${place.replace(/\.md$/u, "")}\n\nPart of [${room}](${up}).\n\n${parts.join("\n\n")}\n`);
  }
  for (const [place, text] of source.pages) {
    if (!isIndex(place)) continue;
    const room = posix.dirname(place);
    const about = source.rooms.get(room);
    const told =
      about === undefined
        ? text
        : text.replace(/^(# .+\n)/u, `$1\n${about.charAt(0).toUpperCase()}${about.slice(1)}.\n`);
    const rooms = told.replace(/^(\| \[([\w/]+)\]\([^)]+\) \| )- \|$/gmu, (row, start: string, name: string) =>
      source.rooms.has(name) ? `${start}${source.rooms.get(name) ?? ""} |` : row,
    );
    made.set(place, relink(shortReferences(rooms), place, place, places));
  }
  const untold = [...made].flatMap(([place, text]) =>
    isIndex(place)
      ? [...text.matchAll(/^\| \[(.+?)\]\([^)]+\) \| - \|$/gmu)].map(([, name = ""]) => `${place}: ${name}`)
      : [],
  );
  if (untold.length > 0) throw new Error(`without a sentence that says what it is: ${untold.join(", ")}`);
  return made;
}
