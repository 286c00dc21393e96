import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { isAllowedLicence } from "../support/licences.js";
import { readSources } from "./sourceFiles.js";

interface Locked {
  readonly license?: string;
  readonly dependencies?: Readonly<Record<string, string>>;
}
const { packages: locked } = JSON.parse(readFileSync("package-lock.json", "utf8")) as {
  readonly packages: Readonly<Record<string, Locked>>;
};

/** The place of a package in the lockfile, as Node looks for it from another one's. */
function placeOf(name: string, from: string): string {
  for (let at = from; ; at = at.replace(/(?:^|\/)node_modules\/(?:@[^/]+\/)?[^/]+$/u, "")) {
    const place = `${at === "" ? "" : `${at}/`}node_modules/${name}`;
    if (place in locked || at === "") return place;
  }
}

/** Everything that these packages stand on, themselves included. */
function standingOn(names: Iterable<string>): readonly string[] {
  const found = new Set([...names].map((name) => placeOf(name, "")));
  for (const place of found)
    for (const name of Object.keys(locked[place]?.dependencies ?? {})) found.add(placeOf(name, place));
  return [...found].sort();
}

describe("licences", { tags: ["SYS-004"] }, () => {
  const named = [...readSources().values()].flatMap(({ packages }) =>
    packages.filter((name) => !name.startsWith("node:")).map((name) => /^(?:@[^/]+\/)?[^/]+/u.exec(name)?.[0] ?? name),
  );

  it("of what is installed or bundled are of the allowed list, each package that the sources need", () => {
    const places = standingOn(new Set([...named, ...Object.keys(locked[""]?.dependencies ?? {})]));
    expect(places.length).toBeGreaterThan(20);
    const faults = places.filter((place) => !isAllowedLicence(locked[place]?.license ?? "none"));
    expect(faults.map((place) => `${place}: ${locked[place]?.license}`)).toEqual([]);
  });

  it("of packages that npm installs with ours are of the allowed list", () => {
    const installed = Object.entries(locked).filter(
      ([place, own]) => place !== "" && !("dev" in own) && !("devOptional" in own),
    );
    const wanted = Object.keys(locked[""]?.dependencies ?? {}).map((name) => placeOf(name, ""));
    expect(wanted.length).toBeGreaterThan(0);
    expect(installed.map(([place]) => place)).toEqual(expect.arrayContaining(wanted));
    expect(installed.filter(([, { license = "none" }]) => !isAllowedLicence(license))).toEqual([]);
  });

  it.each([
    ["MIT", true],
    ["(MIT OR GPL-3.0-only)", true],
    ["MIT AND Apache-2.0", true],
    ["MIT AND GPL-3.0-only", false],
    ["GPL-3.0-only", false],
    ["SEE LICENSE IN LICENSE", false],
    ["", false],
  ])("%s: %s", (expression, isAllowed) => {
    expect(isAllowedLicence(expression)).toBe(isAllowed);
  });
});
