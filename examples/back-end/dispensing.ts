import type { SqlClient } from "allocell/store";

/** A kit that was handed out. It names no treatment. */
export interface Dispensed {
  readonly number: string;
  readonly administration: number;
  readonly code: string;
}

/** Which kits were handed out: the host's own record, beside the allocation log. */
export interface Dispensing {
  readonly all: () => Promise<readonly Dispensed[]>;
  /** False, and nothing is kept, if this kit or this administration has been taken meanwhile. */
  readonly add: (kit: Dispensed) => Promise<boolean>;
}

export function memoryDispensing(): Dispensing {
  const kits: Dispensed[] = [];
  const isTaken = (kit: Dispensed): boolean =>
    kits.some(
      ({ number, administration, code }) =>
        code === kit.code || (number === kit.number && administration === kit.administration),
    );
  return {
    all: () => Promise.resolve([...kits]),
    add: (kit) => Promise.resolve(isTaken(kit) ? false : kits.push(kit) > 0),
  };
}

/** In a table of the host's; its keys refuse what two requests would hand out at the same time. */
export async function sqlDispensing(client: SqlClient): Promise<Dispensing> {
  const table = `CREATE TABLE IF NOT EXISTS dispensed (
    number text NOT NULL, administration integer NOT NULL, code text NOT NULL UNIQUE, PRIMARY KEY (number, administration))`;
  await client.query(table, []);
  const rows = async (text: string, values: unknown[]): Promise<readonly Dispensed[]> => {
    const answer = await client.query(text, values);
    return ("rows" in answer ? answer.rows : answer) as readonly Dispensed[];
  };
  const insert = `INSERT INTO dispensed (number, administration, code) VALUES ($1, $2, $3)
    ON CONFLICT DO NOTHING RETURNING number, administration, code`;
  return {
    all: () => rows("SELECT number, administration, code FROM dispensed", []),
    add: async ({ number, administration, code }) => (await rows(insert, [number, administration, code])).length === 1,
  };
}
