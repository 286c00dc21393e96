import * as fc from "fast-check";
import { afterAll } from "vitest";
import { removeTemporaryFolders } from "./support/temporaryFolders.js";

// Every random test is reproducible: the seed is fixed unless somebody asks for another one, and is printed on failure.
const seed = Number(process.env["ALLOCELL_TEST_SEED"] ?? "20260101");
if (!Number.isSafeInteger(seed)) throw new Error("ALLOCELL_TEST_SEED must be a whole number");
fc.configureGlobal({ seed });

// Here, because this is run for every file of tests: a module that they share would say it for the first of them alone.
afterAll(removeTemporaryFolders);
