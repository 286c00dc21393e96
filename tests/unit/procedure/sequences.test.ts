import { describe, expect, it } from "vitest";
import { bigStick } from "../../../src/procedure/bigStick.js";
import { complete } from "../../../src/procedure/complete.js";
import { dropTheLoser } from "../../../src/procedure/dropTheLoser.js";
import { enumerateSequences, MOST_SEQUENCES } from "../../../src/procedure/enumerateSequences.js";
import { hadamard } from "../../../src/procedure/hadamard.js";
import { sequenceProbability, sequenceProbabilityBounds } from "../../../src/procedure/sequenceProbability.js";
import { fraction, lowest, ONE, ZERO } from "../../../src/quantity/index.js";

const refused = (code: string): Error => expect.objectContaining({ code: `procedure.${code}` }) as Error;
const coin = complete({ ratio: [1, 1] });

describe("sequenceProbability", () => {
  it("is 1 for no rows, 0 for what cannot happen, an exact fraction otherwise", () => {
    const urn = bigStick({ ratio: [1, 1], tolerance: 2 });
    expect(sequenceProbability(urn, [])).toEqual(ONE);
    expect(sequenceProbability(urn, [0, 0, 0])).toEqual(ZERO);
    expect(sequenceProbability(urn, [0, 0, 1])).toEqual(fraction(1, 4));
  });

  it("stays exact over a thousand rows", () => {
    const arms = Array.from({ length: 1000 }, (_, i) => i % 2);
    expect(sequenceProbability(coin, arms)).toEqual({ numerator: 1n, denominator: 2n ** 1000n });
  });

  it("sums over the rows that a Hadamard block may have", () => {
    const urn = hadamard({ ratio: [1, 1] });
    expect(sequenceProbability(urn, [0])).toEqual(fraction(1, 2));
    expect(sequenceProbability(urn, [0, 0])).toEqual(lowest(fraction(5, 22)));
  });

  it.each([[[2]], [[-1]], [[0.5]], [[0, Number.NaN]]])("refuses the arms %j", (arms) => {
    expect(() => sequenceProbability(coin, arms)).toThrow(refused("arm_unknown"));
  });

  it("refuses a fraction where there is none, and bounds it instead", () => {
    const urn = dropTheLoser({ ratio: [1, 1], immigration: 1 });
    expect(() => sequenceProbability(urn, [0])).toThrow(refused("hidden_draws_unbounded"));
    // No hidden draw followed: one ball in three; what is left out is the immigration ball's third.
    expect(sequenceProbabilityBounds(urn, [0], 0)).toEqual({ lower: fraction(1, 3), upper: lowest(fraction(2, 3)) });
    expect(sequenceProbabilityBounds(coin, [0, 1], 0)).toEqual({ lower: fraction(1, 4), upper: fraction(1, 4) });
    expect(() => sequenceProbabilityBounds(urn, [0], -1)).toThrow(refused("parameter_out_of_range"));
    expect(() => sequenceProbabilityBounds(urn, [0], 1001)).toThrow(refused("parameter_out_of_range"));
  });
});

describe("enumerateSequences", () => {
  it("lists in order, frozen, without impossible sequences", () => {
    const sequences = enumerateSequences(bigStick({ ratio: [1, 1], tolerance: 1 }), 3);
    expect(sequences.map(({ arms }) => arms.join(""))).toEqual(["010", "011", "100", "101"]);
    expect(Object.isFrozen(sequences) && Object.isFrozen(sequences[0]) && Object.isFrozen(sequences[0]?.arms)).toBe(
      true,
    );
  });

  it("refuses more sequences than it lists, and rows outside 1 to 1000", () => {
    expect(enumerateSequences(coin, 16).length).toBeLessThan(MOST_SEQUENCES);
    expect(() => enumerateSequences(coin, 17)).toThrow(refused("too_many_sequences"));
    for (const rows of [0, -1, 1.5, 1001])
      expect(() => enumerateSequences(coin, rows)).toThrow(refused("rows_invalid"));
    expect(() => enumerateSequences(dropTheLoser({ ratio: [1, 1], immigration: 1 }), 2)).toThrow(
      refused("hidden_draws_unbounded"),
    );
  });
});
