import { AllocellError } from "../../../src/index.js";

/** An own name, so that an object with it is unread whatever it is taken for. */
const UNREAD_PLAN = {
  trial: "NCT06853522",
  part: "main",
  list: "UC-01",
  arms: { exosome: 1, placebo: 1 },
  procedure: { kind: "permuted-block", sizes: [4] },
};

/** What a caller without types hands over by mistake. */
export const JUNK: readonly (readonly [name: string, value: unknown])[] = [
  ["nothing", undefined],
  ["null", null],
  ["a number", 4.5],
  ["NaN", NaN],
  ["true", true],
  ["an empty text", ""],
  ["a text", "SLE-01"],
  ["an empty map", {}],
  ["an empty list", []],
  ["a list of nothing", [undefined]],
  ["a list of numbers", [1, 1]],
  ["a list of texts", ["a", "b"]],
  ["bytes", Buffer.from("{}")],
  ["a function", (): undefined => undefined],
  ["a symbol", Symbol("x")],
  ["a bigint", 12n],
  ["a date", new Date(0)],
  ["an unread plan", UNREAD_PLAN],
  ["an unread plan with a length", { ...UNREAD_PLAN, length: 8 }],
];

/** More than any answer to a wrong call gives. */
const MOST_PIECES = 10_000;

/** Runs a call to its end: also the pieces of an answer that is made one piece at a time, and what is promised. */
async function toTheEnd(call: () => unknown): Promise<void> {
  const answer = call();
  if (typeof answer === "object" && answer !== null && Symbol.iterator in answer) {
    const pieces = (answer as Iterable<unknown>)[Symbol.iterator]();
    for (let count = 0; pieces.next().done !== true; count += 1) {
      if (count > MOST_PIECES) throw new Error(`more than ${MOST_PIECES} pieces`);
    }
  } else if (answer instanceof Promise) await answer;
}

/** What a call throws that is no AllocellError, in one line; undefined where it answers, or refuses as it should. */
export async function foreignErrorOf(call: () => unknown): Promise<string | undefined> {
  try {
    await toTheEnd(call);
    return undefined;
  } catch (error) {
    return AllocellError.is(error) ? undefined : String(error);
  }
}
