// Imports every export of every entry, then prints the evidence. Run: node esm.mjs names.json
import { readFileSync } from "node:fs";
import assert from "node:assert/strict";
import * as allocell from "allocell";
import evidence from "./evidence.cjs";

const names = JSON.parse(readFileSync(process.argv[2], "utf8"));
for (const [entry, { values, internal }] of Object.entries(names)) {
  const loaded = await import(`allocell${entry.slice(1)}`);
  assert.equal(Object.keys(loaded).sort().join("\n"), [...values, ...internal].sort().join("\n"), entry);
  // One copy of each function and class, whichever entry it comes from.
  for (const name of values) if (name in allocell) assert.equal(loaded[name], allocell[name], `${entry} ${name}`);
}
process.stdout.write(JSON.stringify(evidence(allocell)));
