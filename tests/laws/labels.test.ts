import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { AllocellError } from "../../src/foundation/index.js";
import { toBagLabelHtml, toBlindedPreparation, type BlindedPreparation } from "../../src/report/index.js";
import { plainText, prepareExample } from "../unit/report/exampleOrders.js";

const { preparation, document } = prepareExample("sle/order.yaml");
const EXAMPLE = toBlindedPreparation(preparation, document);

const words = (most: number): fc.Arbitrary<string> =>
  fc
    .array(fc.constantFrom("Day", "protect", "from", "light", "冷藏", "№", "4", "wwwwwwwwwwww", "i"), {
      minLength: 1,
      maxLength: most,
    })
    .map((all) => all.join(" "));

/** What stands on a label, from short to far too long. */
const anyLabel = fc.record({
  subject: fc.stringMatching(/^[A-Z][0-9]{1,3}-[0-9]{1,12}$/u),
  kit: fc.stringMatching(/^K-[0-9]{1,12}$/u),
  visit: words(12),
  route: words(12),
  storage: words(25),
  finalVolumeMl: fc.integer({ min: 1, max: 9_999 }).map((tenths) => String(tenths / 10)),
});
const anySize = fc.record({
  widthMm: fc.integer({ min: 50, max: 200 }),
  heightMm: fc.integer({ min: 30, max: 200 }),
  language: fc.constantFrom("en" as const, "zh" as const),
});

describe("a label of random texts and size", { tags: ["LABEL-001"] }, () => {
  it("shows each of them whole, or is refused with the field that has no room", () => {
    const seen = { shown: 0, refused: 0 };
    fc.assert(
      fc.property(anyLabel, anySize, (texts, size) => {
        const label: BlindedPreparation = { ...EXAMPLE, ...texts };
        let text: string;
        try {
          text = plainText(toBagLabelHtml(label, size));
        } catch (error) {
          if (!AllocellError.is(error)) throw error;
          for (const { code } of error.issues)
            expect(code).toMatch(/^report\.label_(?:text_too_long|too_small|invalid)$/u);
          seen.refused += 1;
          return;
        }
        for (const [field, value] of Object.entries(texts)) expect(text, field).toContain(value);
        for (const time of [EXAMPLE.startBy, EXAMPLE.expiresAt]) expect(text).toContain(time.replace("T", " "));
        seen.shown += 1;
      }),
      { seed: 20261130, numRuns: 1_000 },
    );
    expect(Math.min(seen.shown, seen.refused)).toBeGreaterThan(100);
  });
});
