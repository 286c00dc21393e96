/*
 * A program that a test starts and kills: it assigns one participant after the other in a log as fast as it can, and
 * tells each answer only when it has it. Arguments: log, name of the participants.
 */
import { randomFillSync } from "node:crypto";
import { writeSync } from "node:fs";
import type { Io } from "../../../src/cli/io.js";
import { appendToLog } from "../../../src/cli/logFile.js";
import { AllocellError } from "../../../src/foundation/index.js";
import { assignNext } from "../../../src/allocation/index.js";

const [log = "", name = ""] = process.argv.slice(2);
const silent = { write: (): Promise<void> => Promise.resolve() };
const io: Io = {
  stdout: silent,
  stderr: silent,
  cwd: process.cwd(),
  env: {},
  now: () => new Date(),
  entropy: (bytes) => randomFillSync(new Uint8Array(bytes)),
  runtime: "node test",
};
const sites = ["01", "02"];
writeSync(1, "ready\n");
for (let i = 0; ; i += 1) {
  const participant = `${name}-${i}`;
  const stratum = { site: sites[i % 2] as string, sex: "F" };
  try {
    const { event } = appendToLog(io, log, { at: "2026-03-01T09:00:00Z", actor: "N. Berg" }, ({ state }) =>
      assignNext(state, { participant, stratum }),
    );
    writeSync(1, `${event.hash}\n`);
  } catch (error) {
    if (!AllocellError.is(error) || error.code !== "cli.log_busy") {
      writeSync(2, String(error instanceof Error ? error.stack : error));
      process.exit(1);
    }
  }
}
