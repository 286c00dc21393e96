import { describe, expectTypeOf, it } from "vitest";
import { blindedRows } from "../../src/list/index.js";
import {
  generateList,
  prescribe,
  sle,
  toBlindedCsv,
  toMasterCsv,
  uc,
  type AssumptionInputs,
  type BlindedList,
  type BlindedRow,
  type ListRequest,
  type MasterList,
  type MasterRow,
  type Order,
  type Prescription,
} from "../../src/index.js";

describe("the blinded and the unblinded world", () => {
  it("have no treatment in common", () => {
    expectTypeOf<MasterRow>().toHaveProperty("arm");
    expectTypeOf<BlindedRow>().not.toHaveProperty("arm");
    expectTypeOf<BlindedRow>().not.toHaveProperty("block");
    expectTypeOf<BlindedRow>().not.toHaveProperty("blockSize");
    expectTypeOf<keyof BlindedList & ("arms" | "procedure" | "seedMark" | "assumptions")>().toBeNever();
  });

  it("are not taken for each other", () => {
    expectTypeOf<MasterList>().not.toExtend<BlindedList>();
    expectTypeOf<BlindedList>().not.toExtend<MasterList>();
    expectTypeOf(toMasterCsv).parameter(0).toEqualTypeOf<MasterList>();
    expectTypeOf(toBlindedCsv).parameter(0).toEqualTypeOf<BlindedList>();
    expectTypeOf(blindedRows).parameter(0).toEqualTypeOf<BlindedList>();
  });
});

describe("what cannot be written", () => {
  it("a list without a seed, or with its bare text", () => {
    expectTypeOf<{ plan: unknown; trial: typeof uc }>().not.toExtend<ListRequest>();
    expectTypeOf<{ plan: unknown; trial: typeof uc; seed: string }>().not.toExtend<ListRequest>();
    expectTypeOf(generateList).returns.toEqualTypeOf<MasterList>();
  });

  it("a weight as a floating-point number", () => {
    interface WithNumber {
      trial: typeof sle;
      arm: string;
      weightKg: number;
      assumptions: AssumptionInputs;
    }
    expectTypeOf<WithNumber>().not.toExtend<Order>();
    expectTypeOf(prescribe).returns.toEqualTypeOf<Prescription>();
  });

  it("a change of a prescription", () => {
    const change = (prescription: Prescription): void => {
      // @ts-expect-error -- readonly
      prescription.arm = "high";
    };
    expectTypeOf(change).toBeFunction();
  });
});
