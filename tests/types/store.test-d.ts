import { describe, expectTypeOf, it } from "vitest";
import type { AssignedBody, ConductEvent, ForcedBody } from "../../src/allocation/index.js";
import type {
  allocate,
  Allocated,
  AllocationRequest,
  AllocationStore,
  AskedBody,
  postgresStore,
  SqlClient,
} from "../../src/store/index.js";

describe("what is asked of a stored log", () => {
  it("is a union told apart by its type, without what follows from the log", () => {
    const asked = { type: "assigned", participant: "P-1", stratum: { site: "01" } } satisfies AskedBody;
    expectTypeOf(asked.type).toEqualTypeOf<"assigned">();
    type Assigned = Extract<AskedBody, { type: "assigned" }>;
    expectTypeOf<keyof Assigned>().toEqualTypeOf<"type" | "participant" | "stratum">();
    type Forced = Extract<AskedBody, { type: "forced" }>;
    expectTypeOf<Forced["position"]>().toEqualTypeOf<ForcedBody["position"]>();
    expectTypeOf<"arm">().toExtend<keyof Forced>();
    // @ts-expect-error -- a position is never asked for
    const wrong = { type: "skipped", stratum: {}, sequence: 3, reason: "x" } satisfies AskedBody;
    expectTypeOf(wrong).toBeObject();
  });

  it("needs the id of its request", () => {
    expectTypeOf<Omit<AllocationRequest, "request">>().not.toExtend<AllocationRequest>();
  });

  it("is answered without a treatment", () => {
    expectTypeOf<Extract<keyof Allocated, "arm" | "given" | "salt">>().toBeNever();
    expectTypeOf<Awaited<ReturnType<typeof allocate>>>().toEqualTypeOf<Allocated>();
  });
});

describe("an event", () => {
  it("has the fields of its kind once its type is known", () => {
    const numberOf = (event: ConductEvent): string | undefined =>
      event.type === "assigned" ? event.number : undefined;
    expectTypeOf(numberOf).returns.toEqualTypeOf<string | undefined>();
    expectTypeOf<Extract<ConductEvent, { type: "assigned" }>["number"]>().toEqualTypeOf<AssignedBody["number"]>();
  });
});

describe("a client", () => {
  it("is whatever has query(text, values)", () => {
    interface Rows {
      query(text: string, values: unknown[]): Promise<{ rows: Record<string, number>[]; rowCount: number }>;
    }
    expectTypeOf<Rows>().toExtend<SqlClient>();
    expectTypeOf<ReturnType<typeof postgresStore>>().toEqualTypeOf<AllocationStore>();
  });
});
