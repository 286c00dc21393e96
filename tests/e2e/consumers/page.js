// The entry of the browser bundle: leaves the evidence where the test can read it.
import * as allocell from "allocell";
import evidence from "./evidence.cjs";

globalThis.evidence = evidence(allocell);
