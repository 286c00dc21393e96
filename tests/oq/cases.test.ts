// The shipped cases of `allocell oq` are those of their sources: ALLOCELL_UPDATE=1 writes them.
import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { makeCases } from "./makeCases.js";

const FOLDER = "docs/validation/oq";

describe("the cases of the operational qualification", { tags: ["SYS-002"] }, () => {
  const made = makeCases();
  /** One case a line, so that a change shows as a line. */
  const textOf = ({ cases, ...head }: ReturnType<typeof made.get> & object): string => {
    const lines = cases.map((one) => JSON.stringify(one)).join(",\n");
    return `${JSON.stringify(head).slice(0, -1)},"cases":[\n${lines}\n]}\n`;
  };

  it("are made from their sources", () => {
    for (const [name, file] of made) {
      if (process.env["ALLOCELL_UPDATE"] === "1") writeFileSync(`${FOLDER}/${name}`, textOf(file));
      expect(readFileSync(`${FOLDER}/${name}`, "utf8") === textOf(file), name).toBe(true);
    }
    expect(readdirSync(FOLDER).sort()).toEqual([...made.keys()].sort());
  });

  it("are several hundred, each with an id of its own and an expected value", () => {
    const all = [...made.values()].flatMap(({ cases }) => cases);
    expect(new Set(all.map(({ id }) => id)).size).toBe(all.length);
    expect(all.length).toBeGreaterThan(500);
    for (const { id, expected } of all) expect(expected, id).toBeDefined();
  });
});
