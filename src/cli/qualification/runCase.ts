import { AllocellError, fail } from "../../foundation/index.js";
import { firstDifference, type OqCase } from "./caseFile.js";
import type { Laws } from "./laws/tried.js";

/** What a function takes, as the case file states it: the function itself checks it. */
export type Given<F extends (given: never, ...others: never[]) => unknown> = Parameters<F>[0];

/** What cases may call, each a thin step to the public function that it names; the answer is plain JSON. */
export type Calls = Readonly<Record<string, (given: never) => unknown>>;

/** The call that tries laws. @throws AllocellError `cli.internal` for a law that is none of these */
export const lawCall =
  (laws: Laws) =>
  ({ law, runs }: { readonly law: string; readonly runs: number }): string => {
    const tried = laws[law];
    return tried === undefined ? fail("cli.internal", law, "There is no such law.") : (tried(runs) ?? "holds");
  };

/** What a case tries: its call, or its law. */
export const subjectOf = ({ call, given }: OqCase): string => (call === "law" ? String(given["law"]) : call);

/** One case that was run. A case that could not run has not passed. */
export interface OqResult extends OqCase {
  readonly group: string;
  readonly found: unknown;
  readonly isPassed: boolean;
  /** Where expected and found first differ, as a path in them. */
  readonly differsAt?: string;
}

/** The answer of the call that a case names, as plain JSON. @throws Error where there is none of that name */
export function callOf(calls: Calls, { call, given }: OqCase): unknown {
  const act = calls[call];
  if (act === undefined) throw new Error(`There is no call "${call}".`);
  return (JSON.parse(JSON.stringify({ answer: act(given as never) })) as { readonly answer?: unknown }).answer;
}

/** What a case found; of a refusal its code; of anything else that is thrown what was said, which no case expects. */
export async function foundOf(act: () => unknown): Promise<unknown> {
  try {
    return await act();
  } catch (error) {
    return AllocellError.is(error) ? { refused: error.code } : { couldNotRun: String(error) };
  }
}

/** The case with what was found, and where that first differs from what is expected. */
export function resultOf(one: OqCase, group: string, found: unknown): OqResult {
  const differsAt = firstDifference(one.expected, found);
  return { ...one, group, found, isPassed: differsAt === undefined, ...(differsAt === undefined ? {} : { differsAt }) };
}
