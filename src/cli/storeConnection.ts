import { createRequire } from "node:module";
import { join, resolve } from "node:path";
import { pathToFileURL } from "node:url";
import { fail } from "../foundation/index.js";
import {
  ageTreatments,
  PLAIN_TREATMENTS,
  postgresStore,
  type AllocationStore,
  type SqlClient,
  type TreatmentSeal,
} from "../store/index.js";
import { readText } from "./dataFile.js";
import type { Io, StoreConnection } from "./io.js";

/** How to reach a store, and how the treatments stand in it. */
export interface StoreOptions {
  readonly store: string;
  /** Treatments are encrypted with age: the file with a secret key, and the public keys of other holders. */
  readonly identityFile?: string;
  readonly recipient?: readonly string[];
}

interface PgModule {
  readonly default: {
    readonly Client: new (options: object) => SqlClient & { connect(): Promise<void>; end(): Promise<void> };
  };
}
interface PostgresModule {
  readonly default: (
    url: string,
    options: object,
  ) => {
    unsafe(text: string, values: unknown[]): PromiseLike<readonly unknown[]>;
    end(): Promise<void>;
  };
}

/** Drivers by the name of their package, the preferred one first: whichever is installed is used. */
const DRIVERS: Readonly<Record<string, (module: unknown, url: string) => Promise<StoreConnection>>> = {
  pg: async (module, url) => {
    const client = new (module as PgModule).default.Client({ connectionString: url });
    await client.connect();
    return { query: (text, values) => client.query(text, values), end: () => client.end() };
  },
  postgres: (module, url) => {
    const sql = (module as PostgresModule).default(url, { max: 1, onnotice: () => undefined });
    return Promise.resolve({ query: (text, values) => sql.unsafe(text, values), end: () => sql.end() });
  },
};

/** The file of a package: of the folder the command runs in, or of where this program is installed. */
function findPackage(cwd: string, name: string): string | undefined {
  for (const from of [join(resolve(cwd), "here.js"), import.meta.url]) {
    try {
      return createRequire(from).resolve(name);
    } catch {
      // Not there: the next place.
    }
  }
  return undefined;
}

/**
 * Connects to a PostgreSQL database with the driver that is installed.
 *
 * @throws AllocellError `cli.store_url`, `cli.driver_missing`, `cli.store_refused`: the address is never repeated, because
 *   it may hold a password
 */
export async function connectTo(url: string, cwd: string): Promise<StoreConnection> {
  if (!/^postgres(ql)?:\/\//.test(url)) {
    return fail("cli.store_url", "--store", "This is no address of a store.", {
      expected: "postgres://USER@HOST/DATABASE; the password better in PGPASSWORD",
    });
  }
  for (const [name, connect] of Object.entries(DRIVERS)) {
    const file = findPackage(cwd, name);
    if (file === undefined) continue;
    const module: unknown = await import(pathToFileURL(file).href);
    try {
      return await connect(module, url);
    } catch (error) {
      const code = typeof error === "object" && error !== null && "code" in error ? String(error.code) : "none";
      fail("cli.store_refused", "--store", "The database could not be reached, or refused this user.", {
        received: `the code ${code}`,
      });
    }
  }
  return fail("cli.driver_missing", "--store", "No driver for PostgreSQL is installed; allocell brings none.", {
    expected: "`npm install pg` (or postgres) in this folder, or beside allocell",
  });
}

/** What acts on a store gets it, and its connection is closed in any case. */
export async function withStore<T>(
  io: Io,
  options: StoreOptions,
  isUnblinded: boolean,
  act: (store: AllocationStore) => Promise<T>,
): Promise<T> {
  const treatments = await treatmentsOf(io, options, isUnblinded);
  const connection = await (io.connect ?? connectTo)(options.store, io.cwd);
  try {
    return await act(postgresStore(connection, treatments));
  } finally {
    await connection.end();
  }
}

async function treatmentsOf(
  io: Io,
  { identityFile, recipient = [] }: StoreOptions,
  isUnblinded: boolean,
): Promise<TreatmentSeal | undefined> {
  if (identityFile === undefined) {
    if (recipient.length > 0) {
      fail("cli.option_missing", "--identity-file", "--recipient needs the secret key of this desk.", {
        expected: "--identity-file FILE, as `age-keygen` writes it",
      });
    }
    return isUnblinded ? PLAIN_TREATMENTS : undefined;
  }
  const { identityToRecipient } = await import("age-encryption");
  const lines = readText(io, identityFile, 65_536).split(/\r?\n/);
  const identity = lines.map((line) => line.trim()).find((line) => line !== "" && !line.startsWith("#")) ?? "";
  const own = await identityToRecipient(identity).catch(() =>
    fail("cli.identity_invalid", "--identity-file", "This file holds no secret key of a recipient.", {
      expected: "a line that begins with AGE-SECRET-KEY-, as `age-keygen` writes it",
    }),
  );
  return ageTreatments([own, ...recipient], identity);
}
