import { execFileSync } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { VERSION } from "../../src/index.js";

interface PackageJson {
  readonly version: string;
  readonly dependencies: Readonly<Record<string, string>>;
  readonly devDependencies: Readonly<Record<string, string>>;
}
const manifest = JSON.parse(readFileSync("package.json", "utf8")) as PackageJson;
const lock = JSON.parse(readFileSync("package-lock.json", "utf8")) as {
  readonly version: string;
  readonly packages: Readonly<Record<string, { readonly optionalDependencies?: Readonly<Record<string, string>> }>>;
};

/** Tracked files that are text. */
function trackedTexts(): readonly (readonly [string, string])[] {
  const listed = execFileSync("git", ["ls-files", "-z"], { encoding: "utf8" }).split("\0");
  return listed
    .filter((path) => path !== "" && existsSync(path))
    .map((path) => [path, readFileSync(path, "utf8")] as const)
    .filter(([, text]) => !text.includes("\0"));
}

// Written in pieces, so that this file does not find itself.
const MACHINE_PATH = new RegExp(
  String.raw`(?<![\w.])/(?:${["work", "farm", "home/\\w+", "root"].join("|")})/|/tmp/[a-z]`,
);
const REGISTRY = new RegExp(["registry\\.npm", "npmjs\\.org", "yarnpkg\\.com", "artifactory", "verdaccio"].join("|"));

describe("tracked files", () => {
  const texts = trackedTexts();

  it("are found", () => {
    expect(texts.map(([path]) => path)).toContain("package.json");
  });

  it.each([["a path /work" + "/x"], ["in /tmp" + "/out"], ["from /home" + "/me/y"]])("are read rightly: %s", (text) => {
    expect(text).toMatch(MACHINE_PATH);
  });

  it("hold no path of a machine", () => {
    expect(texts.filter(([, text]) => MACHINE_PATH.test(text)).map(([path]) => path)).toEqual([]);
  });

  it("hold no host of a package registry", () => {
    const own = "tests/architecture/trackedFiles.test.ts";
    expect(texts.filter(([path, text]) => path !== own && REGISTRY.test(text)).map(([path]) => path)).toEqual([]);
  });
});

describe("the lockfile", () => {
  it("holds no download addresses", () => {
    expect(Object.entries(lock.packages).filter(([, entry]) => "resolved" in entry)).toEqual([]);
  });

  it("names every optional package, also those of other platforms: `npm ci` refuses it otherwise", () => {
    const missing = Object.entries(lock.packages).flatMap(([path, { optionalDependencies = {} }]) =>
      Object.keys(optionalDependencies).filter(
        (name) => !(`node_modules/${name}` in lock.packages) && !(`${path}/node_modules/${name}` in lock.packages),
      ),
    );
    expect(missing).toEqual([]);
  });

  it("is of package.json's version and dependencies", () => {
    expect(lock.version).toBe(manifest.version);
    expect(lock.packages[""]).toMatchObject({
      version: manifest.version,
      dependencies: manifest.dependencies,
      devDependencies: manifest.devDependencies,
    });
  });
});

describe("the manifest", () => {
  it("has the version that the package tells", () => {
    expect(VERSION).toBe(manifest.version);
  });

  it("pins every dependency exactly", () => {
    const ranges = Object.values({ ...manifest.dependencies, ...manifest.devDependencies });
    expect(ranges.filter((range) => !/^\d+\.\d+\.\d+$/.test(range))).toEqual([]);
  });
});

describe("the two commands of the README", () => {
  it.each(["README.md", "README.zh.md"])("stand in %s as .ci/run reads them", (file) => {
    const text = readFileSync(file, "utf8");
    expect(text).toMatch(/^npm ci && npm run demo( |$)/mu);
    expect(text).toMatch(/^npm ci && npm test( |$)/mu);
  });
});
