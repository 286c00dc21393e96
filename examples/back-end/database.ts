import { migrate, type SqlClient } from "allocell/store";

export interface Database extends SqlClient {
  readonly close: () => Promise<void>;
}

/** PostgreSQL where DATABASE_URL names one, else PGlite: a PostgreSQL inside this process, in a folder or in memory. */
export async function openDatabase(url: string | undefined, folder?: string): Promise<Database> {
  const database = url === undefined ? await openPglite(folder) : await openPostgres(url);
  await migrate(database);
  return database;
}

async function openPglite(folder?: string): Promise<Database> {
  const { PGlite } = await import("@electric-sql/pglite");
  const db = folder === undefined ? await PGlite.create() : await PGlite.create(folder);
  return { query: (text, values) => db.query(text, values), close: () => db.close() };
}

async function openPostgres(url: string): Promise<Database> {
  const { Pool } = await import("pg");
  const pool = new Pool({ connectionString: url });
  // A connection that is cut while nobody uses it; the pool makes a new one.
  pool.on("error", () => undefined);
  return { query: (text, values) => pool.query(text, values), close: () => pool.end() };
}
