import { describe, expect, it } from "vitest";
import { trialJsonSchema } from "../../../src/trial/index.js";

describe("trialJsonSchema", () => {
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
});
