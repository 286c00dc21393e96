import { describe, expectTypeOf, it } from "vitest";
import {
  AllocellError,
  fail,
  parseWith,
  type CodeWithParameters,
  type ErrorCode,
  type Issue,
  type ParametersOf,
  type ReasonOf,
} from "../../src/foundation/index.js";

// `toEqualTypeOf` on a union of hundreds of codes takes the compiler half a minute.
type Same<A, B> = [A] extends [B] ? ([B] extends [A] ? true : false) : false;

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
    expectTypeOf<Same<AllocellError["code"], ErrorCode>>().toEqualTypeOf<true>();
    expectTypeOf<Same<Issue["code"], ErrorCode>>().toEqualTypeOf<true>();
    const isWorthAnotherTry = (code: ErrorCode): boolean => code === "store.busy" || code === "store.unavailable";
    expectTypeOf<Same<Parameters<typeof isWorthAnotherTry>[0], ErrorCode>>().toEqualTypeOf<true>();
    expectTypeOf(isWorthAnotherTry("store.busy")).toEqualTypeOf<boolean>();
    // @ts-expect-error -- a translation that lacks codes
    const german = { "store.busy": "Andere waren schneller." } satisfies Record<ErrorCode, string>;
    expectTypeOf(german).toBeObject();
  });

  it("has a reason behind its prefix", () => {
    expectTypeOf<"busy">().toExtend<ReasonOf<"store">>();
    expectTypeOf<"cap_reached">().not.toExtend<ReasonOf<"store">>();
  });
});

describe("the parameters of an error", () => {
  it("are told apart by the code", () => {
    const text = (issue: Issue): string => {
      if (issue.code === "store.busy") {
        expectTypeOf(issue.parameters).toEqualTypeOf<{ readonly attempts: number }>();
        return `${issue.parameters.attempts} Versuche`;
      }
      if (issue.code === "conduct.participant_assigned") {
        expectTypeOf(issue.parameters).toEqualTypeOf<{ readonly participant: string; readonly event: number }>();
        return issue.parameters.participant;
      }
      if (issue.code === "store.unavailable") expectTypeOf(issue.parameters).toEqualTypeOf<undefined>();
      return issue.message;
    };
    expectTypeOf(text).returns.toBeString();
    expectTypeOf<ParametersOf<"conduct.cap_reached">>().toEqualTypeOf<{
      readonly most: number;
      readonly levels: string;
    }>();
  });

  it("must be there, as the table of codes says, and nowhere else", () => {
    expectTypeOf<{ code: "store.busy"; path: ""; message: "" }>().not.toExtend<Issue>();
    expectTypeOf<{ code: "store.busy"; path: ""; message: ""; parameters: { attempts: "3" } }>().not.toExtend<Issue>();
    expectTypeOf<{
      code: "store.busy";
      path: "";
      message: "";
      parameters: { attempts: 3 };
    }>().toExtend<Issue>();
    expectTypeOf<{ code: "store.log_name"; path: ""; message: "" }>().toExtend<Issue>();
    // One that not every message of its code tells may be absent; another one may not be there.
    expectTypeOf<ParametersOf<"trial.arm_unknown">>().toEqualTypeOf<{ readonly trial?: string }>();
    expectTypeOf<{ code: "trial.arm_unknown"; path: ""; message: "" }>().toExtend<Issue>();
    expectTypeOf<{
      code: "trial.arm_unknown";
      path: "";
      message: "";
      parameters: { trial: 1 };
    }>().not.toExtend<Issue>();
    // @ts-expect-error -- without its parameters
    expectTypeOf(() => fail("store.busy", "log", "x")).toBeFunction();
    // @ts-expect-error -- with a parameter that it does not have
    expectTypeOf(() => fail("store.busy", "log", "x", { parameters: { attempts: 3, seconds: 1 } })).toBeFunction();
    expectTypeOf<CodeWithParameters>().toExtend<ErrorCode>();
  });
});
