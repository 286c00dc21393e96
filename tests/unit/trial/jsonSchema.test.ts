import { readFileSync, writeFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { trialJsonSchema } from "../../../src/trial/index.js";

const FILE = new URL("../../../docs/schema/trial.json", import.meta.url);

describe("trialJsonSchema", () => {
  it("is what docs/schema/trial.json holds (ALLOCELL_UPDATE=1 rewrites the file)", () => {
    const text = `${JSON.stringify(trialJsonSchema(), null, 2)}\n`;
    if (process.env["ALLOCELL_UPDATE"] === "1") writeFileSync(FILE, text);

    expect(readFileSync(FILE, "utf8")).toBe(text);
  });

  it("is strict, asks for amounts as text and leaves optional fields optional", () => {
    const schema = JSON.parse(JSON.stringify(trialJsonSchema())) as {
      additionalProperties: boolean;
      required: string[];
      $defs: Record<string, { additionalProperties?: boolean; required?: string[]; oneOf?: Record<string, unknown>[] }>;
    };

    expect(schema.additionalProperties).toBe(false);
    expect(schema.required).toContain("provenance");
    expect(schema.required).not.toContain("phases");
    expect(schema.$defs["Arm"]!.additionalProperties).toBe(false);
    expect(schema.$defs["Arm"]!.required).toEqual(["id", "label", "interventions"]);
    expect(JSON.stringify(schema.$defs["DoseRule"])).toContain('"amount":{"type":"string"');
  });

  it("leaves no trace in zod's global registry: twice the same", () => {
    expect(trialJsonSchema()).toEqual(trialJsonSchema());
  });
});
