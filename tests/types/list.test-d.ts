import { describe, expectTypeOf, it } from "vitest";
import type {
  BlindedList,
  BlindedManifest,
  BlindedRow,
  MasterList,
  MasterRow,
  Plan,
  PlanInput,
} from "../../src/list/index.js";
import { arc4Stream, below, Seed, type WordSource } from "../../src/random/index.js";

describe("blinding by type", () => {
  it("what is blinded has no arm, ratio, block or seed", () => {
    type Secret =
      | "arm"
      | "arms"
      | "ratio"
      | "block"
      | "blocks"
      | "blockSize"
      | "position"
      | "seed"
      | "seedMark"
      | "plan"
      | "procedure";
    expectTypeOf<Extract<keyof BlindedList, Secret>>().toEqualTypeOf<never>();
    expectTypeOf<Extract<keyof BlindedRow, Secret>>().toEqualTypeOf<never>();
    expectTypeOf<Extract<keyof BlindedManifest, Secret | "planHash" | "algorithm">>().toEqualTypeOf<never>();
    expectTypeOf<Extract<keyof BlindedList["strata"][number], Secret | "length">>().toEqualTypeOf<never>();
    expectTypeOf<Extract<keyof MasterRow, Secret>>().toEqualTypeOf<"arm" | "block" | "blockSize" | "position">();
  });

  it("a master list is no blinded list, nor the other way round", () => {
    expectTypeOf<MasterList>().not.toExtend<BlindedList>();
    expectTypeOf<BlindedList>().not.toExtend<MasterList>();
  });

  it("everything on a master list that shows treatments says so in its name", () => {
    type Open = Exclude<keyof MasterList, `unblinded${string}`>;
    expectTypeOf<Open>().toEqualTypeOf<
      "status" | "list" | "binding" | "blinded" | "extending" | "toString" | "toJSON"
    >();
    expectTypeOf<MasterList["toJSON"]>().returns.toBeString();
  });
});

describe("randomness by type", () => {
  it("a seed is made by its two named ways only", () => {
    // @ts-expect-error -- the constructor is private
    new Seed("LIVE", new Uint8Array(32));
    // @ts-expect-error -- a live seed is bytes
    Seed.live("c4a1");
    // @ts-expect-error -- a test seed is text
    Seed.test(1);
    expectTypeOf<string>().not.toExtend<Seed>();
    expectTypeOf<{ kind: "LIVE" }>().not.toExtend<Seed>();
  });

  it("a source of words is an argument, without default", () => {
    // @ts-expect-error -- the source is missing
    below(6);
    // @ts-expect-error -- a key is text
    arc4Stream(1);
    expectTypeOf(below<number>).parameters.toEqualTypeOf<[WordSource, number]>();
    expectTypeOf(below<bigint>).returns.toBeBigInt();
  });
});

describe("plain data", () => {
  it("cannot be written to", () => {
    const write = (plan: Plan): void => {
      // @ts-expect-error -- readonly
      plan.length = 1;
      // @ts-expect-error -- readonly
      plan.arms[0] = { arm: "x", ratio: 1 };
    };
    expectTypeOf(write).toBeFunction();
  });
});

it("a plan file has a type, in which a misspelt policy does not compile", () => {
  const plan: PlanInput = {
    trial: "T",
    part: "main",
    list: "L",
    arms: { a: 1, b: 1 },
    procedure: { kind: "permuted-block", sizes: [4], lastBlock: "fill" },
    length: 8,
  };
  expectTypeOf(plan.procedure.kind).toBeString();
  // @ts-expect-error "fil" is no policy
  const misspelt: PlanInput["procedure"] = { kind: "permuted-block", sizes: [4], lastBlock: "fil" };
  expectTypeOf(misspelt).toBeObject();
});
