import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { makeDesk } from "./harness.js";

const ORDER = readFileSync("examples/t1d/order.yaml", "utf8");

describe("allocell borders", { tags: ["PREP-012"] }, () => {
  it("tells each weight at which something changes, with the weight below and above", async () => {
    const desk = makeDesk();
    desk.write("order.yaml", ORDER);
    const { code, answer } = await desk.json("borders", "order.yaml", "--only", "containers");
    // 5 million viable cells/mL, 2 mL labelled and 1.9 mL extractable, recovery 0.9; measured 4.4 million/mL: by hand
    // 1.9 mL × 4.4E6 = 8.36E6 usable of one container, three of them hold 25.08E6, 10 % more than 22.8E6.
    expect(code).toBe(0);
    expect(answer).toMatchObject({ command: "borders", world: "unblinded", fromKg: "20", toKg: "55", stepKg: "0.1" });
    const rows = answer["rows"] as { weightKg: string; changes: string[]; refused?: { code: string }[] }[];
    expect(rows[0]).toMatchObject({ weightKg: "19.9", refused: [{ code: "dose.weight_outside_stated_range" }] });
    expect(rows.filter(({ changes }) => changes.includes("containers")).map(({ weightKg }) => weightKg)).toEqual([
      "24.6",
      "33.7",
      "41",
      "49.1",
    ]);
    expect(rows.at(-1)).toMatchObject({ weightKg: "55.1", changes: ["limits"] });
  });

  it("writes a sheet to compute by hand without an answer in it, one with the values, and a table", async () => {
    const desk = makeDesk();
    desk.write("order.yaml", ORDER);
    for (const [lang, ending] of [
      ["en", ""],
      ["zh", ".zh"],
    ] as const) {
      const { code, stdout } = await desk.run("borders", "order.yaml", "--out", lang, "--lang", lang);
      expect(code).toBe(0);
      expect(stdout).toContain("UNBLINDED");
      const [byHand, expected, csv] = [`by-hand${ending}.html`, `expected${ending}.html`, `${ending.slice(1)}csv`].map(
        (name) => desk.read(`${lang}/borders.UNBLINDED.${name === "zhcsv" ? "zh.csv" : name}`),
      );
      expect(expected).toContain("<td>8.2</td>");
      expect(byHand).not.toContain("<td>8.2</td>");
      expect(byHand).toContain("<td>33.7</td>");
      expect(byHand?.match(/<tr>/g)?.length).toBe(expected?.match(/<tr>/g)?.length);
      expect(csv?.split("\r\n").length).toBe((expected?.match(/<tr>/g)?.length ?? 0) + 1);
    }
  });

  it("refuses a range that is no whole number of steps, an unknown change, and an order without a weighing", async () => {
    const desk = makeDesk();
    desk.write("order.yaml", ORDER);
    desk.write("flat.yaml", readFileSync("examples/uc/order.yaml", "utf8"));
    for (const argv of [
      ["order.yaml", "--from", "20 kg", "--to", "30.05 kg"],
      ["order.yaml", "--from", "30", "--to", "20"],
      ["order.yaml", "--step", "0.0001"],
      ["order.yaml", "--only", "draws"],
      ["flat.yaml"],
    ]) {
      const { code, stderr } = await desk.run("borders", ...argv);
      expect([code, stderr]).toEqual([2, expect.stringContaining("dose.borders_invalid")]);
    }
  });
});
