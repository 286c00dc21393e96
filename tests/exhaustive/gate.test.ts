import { describe, expect, it } from "vitest";
import { assignNext, openListLog, type ConductBody } from "../../src/allocation/index.js";
import { blindedShape, openDesk, type Desk } from "../support/conductDesk.js";
import { AllocellError } from "../../src/foundation/index.js";

/** The log's clock stands at 2026-03-01. */
const gate = (more: Partial<Extract<ConductBody, { type: "gate-opened" }>> = {}): ConductBody => ({
  ...{ type: "gate-opened", part: "open", basis: "cd".repeat(32) },
  ...{ dataCut: "2026-02-01", decidedOn: "2026-02-15", decidedBy: "N. Berg" },
  ...more,
});

/** What somebody tries, with the code of its refusal while the gate is closed, and after it was opened. */
const ATTEMPTS: Readonly<
  Record<string, readonly [make: (desk: Desk, n: number) => ConductBody, closed: string, open: string]>
> = {
  "a participant": [
    ({ state }, n) => assignNext(state, { participant: `P-${n}`, stratum: { site: "01", sex: "F" } }),
    "conduct.gate_closed",
    "",
  ],
  "the decision": [() => gate(), "", "conduct.gate_open"],
  "the decision on another part": [() => gate({ part: "other" }), "conduct.no_gate", "conduct.no_gate"],
  "a decision before its data": [
    () => gate({ decidedOn: "2026-01-31" }),
    "conduct.dates_backwards",
    "conduct.gate_open",
  ],
  "a decision of tomorrow": [() => gate({ decidedOn: "2026-03-02" }), "conduct.dates_backwards", "conduct.gate_open"],
};
const NAMES = Object.keys(ATTEMPTS);

function codeOf(add: () => unknown): string {
  try {
    add();
    return "";
  } catch (error) {
    if (!AllocellError.is(error)) throw error;
    return error.issues.map(({ code }) => code).join();
  }
}

/** Every order of that many attempts, each as often as it likes. */
const ordersOf = (length: number): readonly (readonly string[])[] =>
  length === 0 ? [[]] : ordersOf(length - 1).flatMap((order) => NAMES.map((name) => [...order, name]));

describe("the gate of a part that waits for a decision", { tags: ["ESC-006"] }, () => {
  it("opens by that decision alone, once, and nobody is allocated before: all 625 orders of four attempts", () => {
    for (const order of ordersOf(4)) {
      const desk = openDesk(openListLog(blindedShape(1, 10), [], "open"));
      let isOpen = false;
      order.forEach((name, n) => {
        const [make, closed, open] = ATTEMPTS[name]!;
        expect(
          codeOf(() => desk.add(make(desk, n))),
          `${order.join(", ")}: ${n}`,
        ).toBe(isOpen ? open : closed);
        isOpen ||= name === "the decision";
      });
      expect(desk.state.participants.size, order.join()).toBe(
        order.filter((name, n) => name === "a participant" && order.slice(0, n).includes("the decision")).length,
      );
    }
  });

  it("is none where the part waits for nothing", () => {
    const desk = openDesk(openListLog(blindedShape(1, 10)));
    expect(codeOf(() => desk.add(gate()))).toBe("conduct.no_gate");
    expect(codeOf(() => desk.add(ATTEMPTS["a participant"]![0](desk, 1)))).toBe("");
  });
});
