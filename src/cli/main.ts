#!/usr/bin/env node
import { VERSION } from "../version.js";

const argv = process.argv.slice(2);

if (argv.length === 1 && (argv[0] === "--version" || argv[0] === "-V")) {
  // The version alone loads nothing else.
  process.stdout.write(`${VERSION}\n`);
} else {
  import("./processRun.js").then(
    ({ processRun }) => processRun(argv),
    (error: unknown) => {
      process.stderr.write(`allocell cannot start: ${String(error)}\n`);
      process.exitCode = 3;
    },
  );
}
