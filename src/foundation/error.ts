import type { CodeWithParameters, ErrorCode, ParametersOf, PlainCode } from "../codes/index.js";
import { splitPath } from "./issuePath.js";

/**
 * One fault or one warning, as data. `message` is for people and may change; `code` is stable: `room.reason`, for example
 * `quantity.weight_out_of_range`. Some codes have `parameters`; docs/errors.md has them all.
 *
 * @example
 * if (issue.code === "store.busy") issue.parameters.attempts; // a number
 */
export type Issue =
  | (IssueText & { readonly code: PlainCode; readonly parameters?: never })
  | {
      [Code in CodeWithParameters]: IssueText & { readonly code: Code; readonly parameters: ParametersOf<Code> };
    }[CodeWithParameters];

/** What an issue tells people, and where it is. */
interface IssueText {
  /** Where: keys joined by dots, for example `strata.0.levels.2`; empty for the whole input. `keysOfPath` splits it. */
  readonly path: string;
  /** One sentence that says what was wrong and what would be right. */
  readonly message: string;
  /** What would have been accepted. */
  readonly expected?: string;
  /** What came, shortened; never a seed or a treatment. */
  readonly received?: string;
}

/** An issue for programs of any language, which take its path as a list. */
export type IssueWithKeys = Issue & { readonly keys: readonly string[] };

const MARK: unique symbol = Symbol.for("allocell/AllocellError") as never;

/**
 * The one error class of this package: it carries every fault that was found, the first one also as its own fields.
 *
 * Recognise it by {@link AllocellError.is}, never by `instanceof`: the ESM and the CommonJS copy of a class differ.
 */
export class AllocellError extends Error {
  override readonly name = "AllocellError";
  readonly issues: readonly [Issue, ...Issue[]];

  /** @param faults - one fault, or a list of any length */
  constructor(faults: Issue | readonly [Issue, ...Issue[]]) {
    const issues: readonly [Issue, ...Issue[]] = "code" in faults ? [faults] : faults;
    const more = issues.length === 1 ? "" : ` (and ${issues.length - 1} more)`;
    super(`${issues[0].message}${more}`);
    this.issues = Object.freeze(issues);
    Object.defineProperty(this, MARK, { value: true });
  }

  get code(): ErrorCode {
    return this.issues[0].code;
  }

  get path(): string {
    return this.issues[0].path;
  }

  get expected(): string | undefined {
    return this.issues[0].expected;
  }

  get received(): string | undefined {
    return this.issues[0].received;
  }

  /** All of it as data; each issue with the `keys` of its path, from the outermost. */
  toJSON(): { name: string; code: ErrorCode; message: string; issues: readonly IssueWithKeys[] } {
    // Of a caller without types an issue may have no path, and an error is always told.
    const keysOf = ({ path }: Partial<Issue>): readonly string[] => (path === undefined ? [] : splitPath(path));
    const issues = this.issues.map((issue) => ({ ...issue, keys: keysOf(issue) }));
    return { name: this.name, code: this.code, message: this.message, issues };
  }

  /** Whether `value` is an AllocellError of any copy of this package. */
  static is(value: unknown): value is AllocellError {
    return typeof value === "object" && value !== null && (value as Record<symbol, unknown>)[MARK] === true;
  }
}

/** What may be said of a fault beside its message. */
interface IssueDetail {
  readonly expected?: string;
  readonly received?: string;
}

/** Throws one {@link AllocellError}; an expression, so that it can stand after `??`. */
export function fail<Code extends ErrorCode>(
  code: Code,
  path: string,
  message: string,
  ...[detail]: Code extends PlainCode
    ? [detail?: IssueDetail & (Code extends CodeWithParameters ? { readonly parameters?: ParametersOf<Code> } : object)]
    : [detail: IssueDetail & { readonly parameters: Code extends CodeWithParameters ? ParametersOf<Code> : never }]
): never {
  throw new AllocellError({ code, path, message, ...detail } as Issue);
}

/** Throws all issues as one error if there are any. */
export function throwIfAny(issues: readonly Issue[]): void {
  const [first, ...others] = issues;
  if (first !== undefined) throw new AllocellError([first, ...others]);
}

/** A received value as short text for a message: at most 60 characters, with its type where the text alone misleads. */
export function describeReceived(value: unknown): string {
  // What looks like a live seed is never repeated, wherever it was written by mistake.
  if (typeof value === "string" && /[0-9a-f]{40}/i.test(value)) return "a long hexadecimal text, not shown";
  if (typeof value === "string") return JSON.stringify(value.length > 60 ? `${value.slice(0, 57)}...` : value);
  if (typeof value === "number" || typeof value === "boolean" || typeof value === "bigint")
    return `${typeof value} ${String(value)}`;
  if (value === undefined) return "nothing";
  if (value === null) return "null";
  return Array.isArray(value) ? `a list of ${value.length}` : typeof value === "object" ? "a map" : typeof value;
}
