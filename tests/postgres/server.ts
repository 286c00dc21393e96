import { execFileSync, spawn, spawnSync } from "node:child_process";
import { chmodSync, chownSync, existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";

/** Where Debian puts the programs of a server, the newest version last. */
function findPrograms(): string | undefined {
  const versions = "/usr/lib/postgresql";
  if (!existsSync(versions)) return undefined;
  const folders = readdirSync(versions).map((version) => join(versions, version, "bin"));
  return folders.filter((folder) => existsSync(join(folder, "initdb"))).at(-1);
}

const programs = findPrograms();
/** Whether a server can be started here; `.ci/run` demands it. */
export const hasPostgres: boolean = programs !== undefined;
if (!hasPostgres && process.env["ALLOCELL_POSTGRES"] === "required") throw new Error("Debian's postgresql is missing");
if (!hasPostgres) process.stderr.write("SKIPPED: the test on PostgreSQL needs Debian's postgresql\n");

/** How a client of node-postgres reaches the server. */
export interface Address {
  readonly host: string;
  readonly port: number;
  readonly user: string;
  readonly database: string;
}

export interface Server {
  readonly address: Address;
  readonly start: () => Promise<void>;
  /** kill -9 of the postmaster, as when its memory runs out. */
  readonly kill: () => Promise<void>;
  /** Ends the server and removes its folder. */
  readonly end: () => Promise<void>;
}

/** A root may not run a server: the user that Debian made for it does. */
function serverUser(): { readonly uid: number; readonly gid: number } | undefined {
  if (process.getuid?.() !== 0) return undefined;
  const id = (flag: string): number => Number(execFileSync("id", [flag, "postgres"], { encoding: "utf8" }));
  return { uid: id("-u"), gid: id("-g") };
}

/**
 * A server with an empty database of its own, that listens on a socket in a temporary folder only.
 *
 * @param isDurable - each commit is on the disk before it is answered, as in a service. Without it a killed process loses
 *   nothing that it has written, only a power failure could
 */
export function makeServer(isDurable = false): Server {
  const folder = mkdtempSync(join(tmpdir(), "allocell-pg-"));
  const data = join(folder, "data");
  const user = serverUser();
  mkdirSync(data, { mode: 0o700 });
  if (user !== undefined) for (const path of [folder, data]) chownSync(path, user.uid, user.gid);
  chmodSync(folder, 0o755);
  const bin = programs ?? "";
  const as = { cwd: folder, ...user };
  const made = spawnSync(join(bin, "initdb"), ["-D", data, "-U", "allocell", "-A", "trust", "--no-sync"], as);
  if (made.status !== 0) throw new Error(made.stderr.toString());
  const fsync = `fsync=${isDurable ? "on" : "off"}`;
  const settings = ["listen_addresses=", `unix_socket_directories=${folder}`, "max_connections=150", fsync];
  const options = ["-D", data, ...settings.flatMap((setting) => ["-c", setting])];
  const address = { host: folder, port: 5432, user: "allocell", database: "postgres" };
  const pidOf = (): number => Number(readFileSync(join(data, "postmaster.pid"), "utf8").split("\n")[0]);
  const isReady = (): boolean =>
    spawnSync(join(bin, "pg_isready"), ["-h", folder, "-p", "5432", "-U", "allocell"], as).status === 0;
  let running: Promise<unknown> = Promise.resolve();

  const start = async (): Promise<void> => {
    // After a kill its children may hold the shared memory for a moment; the server refuses to start until they are gone.
    for (let tries = 0; tries < 100; tries += 1) {
      const child = spawn(join(bin, "postgres"), options, { ...as, stdio: "ignore" });
      running = new Promise((resolve) => child.once("exit", resolve));
      while (child.exitCode === null) {
        if (isReady()) return;
        await pause(50);
      }
      await pause(100);
    }
    throw new Error("the server does not start");
  };
  const signal = async (name: NodeJS.Signals): Promise<void> => {
    process.kill(pidOf(), name);
    await running;
  };
  return {
    address,
    start,
    kill: () => signal("SIGKILL"),
    end: async () => {
      if (existsSync(join(data, "postmaster.pid"))) await signal("SIGINT").catch(() => undefined);
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
