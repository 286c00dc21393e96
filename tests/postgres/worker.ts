/*
 * A program that a test starts and kills: clients that each send their requests one after the other, and again until they
 * are answered. It tells each answer when it has it: request, number. Argument: {@link Work} as JSON.
 */
import { writeSync } from "node:fs";
import { setTimeout as pause } from "node:timers/promises";
import { Pool, type PoolConfig } from "pg";
import { AllocellError } from "../../src/foundation/index.js";
import { allocate, PLAIN_TREATMENTS, postgresStore, StoredLog } from "../../src/store/index.js";
import type { Address } from "./server.js";
import { basisOf, requestOf, type Kind } from "./trial.js";

export interface Work {
  readonly address: Address;
  readonly kind: Kind;
  readonly clients: readonly number[];
  /** How many requests each client sends. */
  readonly requests: number;
  /** Each client holds the log by itself, as a process of its own would. */
  readonly apart?: boolean;
  readonly isolation?: "serializable";
}

const work = JSON.parse(process.argv[2] ?? "") as Work;
const options = work.isolation === undefined ? {} : { options: `-c default_transaction_isolation=${work.isolation}` };
const settings: PoolConfig = { ...work.address, ...options, max: 10, application_name: "allocell" };
const pool = new Pool(settings);
// A connection that is cut while nobody uses it.
pool.on("error", () => undefined);

const open = (): StoredLog =>
  new StoredLog({ store: postgresStore(pool, PLAIN_TREATMENTS), log: work.kind, ...basisOf(work.kind) });
const shared = open();

async function answerTo(log: StoredLog, client: number, n: number): Promise<string> {
  for (;;) {
    try {
      const { number, repeated } = await allocate(log, requestOf(client, n));
      return `${requestOf(client, n).request} ${number} ${repeated ? "repeated" : "new"}\n`;
    } catch (error) {
      if (!AllocellError.is(error) || !["store.unavailable", "store.busy"].includes(error.code)) throw error;
      await pause(50);
    }
  }
}

await Promise.all(
  work.clients.map(async (client) => {
    const log = work.apart === true ? open() : shared;
    for (let n = 0; n < work.requests; n += 1) writeSync(1, await answerTo(log, client, n));
  }),
);
await pool.end();
