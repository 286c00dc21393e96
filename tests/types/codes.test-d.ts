import { describe, expectTypeOf, it } from "vitest";
import {
  AllocellError,
  fail,
  parseWith,
  type ErrorCode,
  type Issue,
  type ReasonOf,
} from "../../src/foundation/index.js";

describe("the code of an error", () => {
  it("is one of the table: another one does not compile", () => {
    // @ts-expect-error -- not in the table
    expectTypeOf(fail).toBeCallableWith("store.nothing", "", "x");
    // @ts-expect-error -- not in the table
    expectTypeOf(parseWith).parameter(2).toExtend<"store.nothing">();
    expectTypeOf<{ code: "store.nothing"; path: ""; message: "" }>().not.toExtend<Issue>();
    expectTypeOf<ErrorCode>().not.toEqualTypeOf<string>();
  });

  it("comes out of an error as the union, so that a switch or a table over it is checked", () => {
    expectTypeOf<AllocellError["code"]>().toEqualTypeOf<ErrorCode>();
    expectTypeOf<Issue["code"]>().toEqualTypeOf<ErrorCode>();
    const isWorthAnotherTry = (code: ErrorCode): boolean => code === "store.busy" || code === "store.unavailable";
    expectTypeOf(isWorthAnotherTry).parameter(0).toEqualTypeOf<ErrorCode>();
    // @ts-expect-error -- a translation that lacks codes
    const german = { "store.busy": "Andere waren schneller." } satisfies Record<ErrorCode, string>;
    expectTypeOf(german).toBeObject();
  });

  it("has a reason behind its prefix", () => {
    expectTypeOf<"busy">().toExtend<ReasonOf<"store">>();
    expectTypeOf<"cap_reached">().not.toExtend<ReasonOf<"store">>();
  });
});
