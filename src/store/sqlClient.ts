import { AllocellError } from "../foundation/index.js";

/** A row of an answer, by column name. */
type Row = Readonly<Record<string, unknown>>;

/**
 * Any client of PostgreSQL, as it is: a Client or Pool of node-postgres, a PGlite. Of postgres.js, whose query has another
 * name: `{ query: (text, values) => sql.unsafe(text, values) }`. Values are text, whole numbers, booleans and lists of them.
 */
export interface SqlClient {
  query(text: string, values: unknown[]): PromiseLike<{ readonly rows: readonly unknown[] } | readonly unknown[]>;
}

/**
 * One statement and its rows.
 *
 * @throws AllocellError `store.unavailable`. It has the code of the server or the system and nothing else: the message of
 *   a server may repeat a row, and a row may hold a treatment
 */
export async function ask(client: SqlClient, text: string, values: unknown[]): Promise<readonly Row[]> {
  try {
    const answer = await client.query(text, values);
    return ("rows" in answer ? answer.rows : answer) as readonly Row[];
  } catch (error) {
    throw new UnansweredError(codeOf(error));
  }
}

/** What the server or the system says went wrong, by its code alone. */
class UnansweredError extends AllocellError {
  readonly reported: string;

  constructor(reported: string) {
    super({
      code: "store.unavailable",
      path: "store",
      message: "The database did not do it. Whether an event was written is not known: send the same request again.",
      expected: "a database that can be reached, with the tables of allocell, and a user who may do this",
      received: `the code ${reported}`,
    });
    this.reported = reported;
  }
}

/** The code that the server reported; undefined for every other error. */
export function reportedCode(error: unknown): string | undefined {
  return error instanceof UnansweredError ? error.reported : undefined;
}

function codeOf(error: unknown): string {
  const code = typeof error === "object" && error !== null && "code" in error ? String(error.code) : "";
  return /^[A-Z0-9_]{1,40}$/.test(code) ? code : "none";
}
