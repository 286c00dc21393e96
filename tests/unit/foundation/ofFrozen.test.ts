import { describe, expect, it } from "vitest";
import { ofFrozen } from "../../../src/foundation/index.js";

describe("what is computed once for a frozen object", () => {
  const counted = (): { readonly read: (key: { n: number }) => number; readonly calls: () => number } => {
    let calls = 0;
    const read = ofFrozen(({ n }: { n: number }): number => {
      calls += 1;
      return 2 * n;
    });
    return { read, calls: () => calls };
  };

  it("is not computed again, and is each object's own", () => {
    const { read, calls } = counted();
    const keys = [1, 2, 3].map((n) => Object.freeze({ n }));
    for (let again = 0; again < 3; again += 1) expect(keys.map(read)).toEqual([2, 4, 6]);
    expect(calls()).toBe(3);
  });

  it("is right for more objects than are remembered", () => {
    const { read } = counted();
    const keys = Array.from({ length: 100 }, (_, n) => Object.freeze({ n }));
    for (let again = 0; again < 2; again += 1) for (const key of keys) expect(read(key)).toBe(2 * key.n);
  });

  it("is computed anew where the object can change", () => {
    const { read } = counted();
    const key = { n: 1 };
    expect(read(key)).toBe(2);
    key.n = 5;
    expect(read(key)).toBe(10);
    expect(read(Object.freeze(key))).toBe(10);
  });

  it("is not kept where it failed", () => {
    let fails = true;
    const read = ofFrozen((key: { n: number }): number => {
      if (fails) throw new Error("not yet");
      return key.n;
    });
    const key = Object.freeze({ n: 7 });
    expect(() => read(key)).toThrow("not yet");
    fails = false;
    expect(read(key)).toBe(7);
  });
});
