import events from "./migrations/001-events.sql";
import roles from "./migrations/002-roles.sql";
import type { SqlClient } from "./sqlClient.js";
import { ask } from "./sqlClient.js";

/** The migrations in order, each one statement; the package has them as files too (`src/store/migrations`). */
export const MIGRATIONS: readonly string[] = Object.freeze([events, roles]);

/**
 * Makes the tables, triggers and roles of the store, as the owner of the database; what is there already stays as it is.
 *
 * @throws AllocellError `store.unavailable`, for example where this user may not create roles
 */
export async function migrate(client: SqlClient): Promise<void> {
  for (const migration of MIGRATIONS) await ask(client, migration, []);
}
