import * as fc from "fast-check";

// Every random test is reproducible: the seed is fixed unless somebody asks for another one, and is printed on failure.
const seed = Number(process.env["ALLOCELL_TEST_SEED"] ?? "20260101");
if (!Number.isSafeInteger(seed)) throw new Error("ALLOCELL_TEST_SEED must be a whole number");
fc.configureGlobal({ seed });
