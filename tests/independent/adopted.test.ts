// Opening and binding of an adopted list, computed once more from docs/adopted-lists.md, docs/conduct.md and
// docs/algorithm.md alone, with Node's own HKDF: what takes the place of the seed is as it is described.
import { createHash, hkdfSync } from "node:crypto";
import { describe, expect, it } from "vitest";
import {
  adoptList,
  listBinding,
  toMasterCsv,
  toMasterJson,
  unblindedManifest,
  type AdoptedRow,
} from "../../src/list/index.js";

const PLAN = {
  trial: { id: "VENDOR-1", arms: ["active", "placebo"], masking: "double", participants: 8 },
  list: "V-01",
  arms: { active: 1, placebo: 1 },
  procedure: { kind: "permuted-block", sizes: [4] },
  strata: [{ factor: "site", levels: ["01", "02"] }],
  length: 4,
};
const ROWS: readonly AdoptedRow[] = Array.from("ABBABAAB", (code, i) => ({
  stratum: { site: i < 4 ? "01" : "02" },
  arm: code === "A" ? "active" : "placebo",
  number: String(1010 + ((37 * i) % 89)),
}));
const ENTROPY = Uint8Array.from({ length: 32 }, (_, i) => (i * i * 37 + i * 11 + 5) & 255);

/** RFC 8785 for texts, whole numbers, lists and maps. */
function canonical(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(canonical).join(",")}]`;
  if (typeof value !== "object" || value === null) return JSON.stringify(value);
  const entries = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1));
  return `{${entries.map(([name, own]) => `${JSON.stringify(name)}:${canonical(own)}`).join(",")}}`;
}
const sha256 = (text: string): string => createHash("sha256").update(text, "utf8").digest("hex");
const field = (text: string): Buffer => {
  const bytes = Buffer.from(text.normalize("NFC"), "utf8");
  const count = Buffer.alloc(4);
  count.writeUInt32BE(bytes.length);
  return Buffer.concat([count, bytes]);
};

describe("an adopted list beside its description", { tags: ["EXCH-003"] }, () => {
  it.each(["LIVE", "TEST"] as const)("has the opening and the binding that its key gives, %s", (status) => {
    const source = { file: "vendor.csv", sha256: "0".repeat(64) };
    const list = adoptList({ plan: PLAN, status, rows: ROWS, source, entropy: ENTROPY });
    const manifest = JSON.parse(JSON.stringify(unblindedManifest(list, "", []))) as {
      readonly algorithm: string;
      readonly opening: string;
      readonly plan: { readonly list: string };
      readonly planHash: string;
      readonly adopted: { readonly key: string };
    };
    const { key } = manifest.adopted;
    expect(key).toBe(Buffer.from(ENTROPY).toString("hex"));
    const pairs = key.match(/../g) ?? [];
    const secret = status === "LIVE" ? Buffer.from(key, "hex") : Buffer.from(`adopted ${pairs.join(" ")}`);
    const info = Buffer.concat(["adopted", manifest.plan.list, "seed-mark", ""].map(field));
    const opening = Buffer.from(hkdfSync("sha256", secret, "", info, 32)).toString("hex");
    expect(manifest.algorithm).toBe("adopted");
    expect(manifest.opening).toBe(opening);
    const planHash = sha256(canonical(manifest.plan));
    expect(manifest.planHash).toBe(planHash);
    const [csv, json] = [toMasterCsv(list), toMasterJson(list)].map((pieces) => sha256([...pieces].join("")));
    const binding = sha256(canonical({ format: "allocell-binding-1", opening, planHash, csv, json }));
    expect(listBinding(list)).toBe(binding);
  });
});
