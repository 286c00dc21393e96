/* In Chinese a field of an order, of its papers or of a record has a name before its path. */
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { ORDER_SECTIONS, RECORD_SECTIONS } from "../../../src/cli/index.js";
import { fieldName } from "../../../src/report/index.js";

const isUnnamed = (path: string): boolean => fieldName("zh", path) === path;

/** Paths of faults and warnings that the source text states in full, of the rooms that speak of orders and records. */
function statedPaths(): readonly string[] {
  const files = ["dose", "calendar", "quantity"].flatMap((room) =>
    readdirSync(join("src", room), { recursive: true, encoding: "utf8" })
      .filter((file) => file.endsWith(".ts"))
      .map((file) => readFileSync(join("src", room, file), "utf8")),
  );
  const found = files.flatMap((text) => [
    ...text.matchAll(/(?:fail\(\s*"[\w.]+",\s*|\bpath: )["`](?<path>[^"`]+)["`]/gu),
  ]);
  const paths = found.map(({ groups }) => (groups?.["path"] ?? "").replace(/\$\{[^}]*\}/gu, "0"));
  // What is put together of parts alone is stated where its parts are.
  return [...new Set(paths.filter((path) => /^[a-z]/u.test(path)))].sort();
}

describe("the Chinese name of a field", { tags: ["ERR-001"] }, () => {
  it("is there for every field of the forms of an order and of a record", () => {
    const fields = [...ORDER_SECTIONS, ...RECORD_SECTIONS].flatMap((section) => section.fields);
    expect(fields.map(({ path }) => path.replace("*", "0")).filter(isUnnamed)).toEqual([]);
    expect(fieldName("zh", "lots.0.recovery")).toBe("回收率（lots.0.recovery）");
    expect(fieldName("zh", "lots.2")).toBe("批次（lots.2）");
    expect(fieldName("en", "lots.2")).toBe("lots.2");
  });

  it("is there for every path of a fault or warning, but for arguments of functions that no file states", () => {
    const paths = statedPaths();
    expect(paths.length).toBeGreaterThan(60);
    expect(paths.filter(isUnnamed)).toEqual([
      ...["day", "firstAdministration", "formulaId", "maximumPerKg", "offsetDays", "places"],
      ...["rule.bandUpperKg", "weekend", "weigh", "window.anchor"],
    ]);
  });

  it("is that of the question, for an answer", () => {
    expect(fieldName("zh", "assumptions[dose.cap]")).toBe("单次剂量上限（assumptions[dose.cap]）");
    expect(fieldName("zh", 'assumptions."dose.cap"')).toBe('单次剂量上限（assumptions."dose.cap"）');
  });
});
