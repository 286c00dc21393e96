// Requires every export of every entry, then prints the evidence. Run: node cjs.cjs names.json
const { readFileSync } = require("node:fs");
const assert = require("node:assert/strict");
const allocell = require("allocell");
const evidence = require("./evidence.cjs");

const names = JSON.parse(readFileSync(process.argv[2], "utf8"));
for (const [entry, { values, internal }] of Object.entries(names)) {
  const loaded = require(`allocell${entry.slice(1)}`);
  assert.equal(Object.keys(loaded).sort().join("\n"), [...values, ...internal].sort().join("\n"), entry);
  for (const name of values) if (name in allocell) assert.equal(loaded[name], allocell[name], `${entry} ${name}`);
}

// An error of one copy of the package is recognised by the other.
import("allocell").then((esm) => {
  try {
    esm.parseWeightKg("0", "weightKg");
    assert.fail("0 kg was accepted");
  } catch (error) {
    assert.ok(allocell.AllocellError.is(error), String(error));
  }
  process.stdout.write(JSON.stringify(evidence(allocell)));
});
