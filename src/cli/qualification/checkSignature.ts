import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type { AllowedSigner } from "../signing/allowedSigners.js";
import { judgeSignature, type SignatureFault } from "../signing/judgeSignature.js";
import { fingerprintOf } from "../signing/keys.js";
import { parseSshSignature, RELEASE_NAMESPACE } from "../signing/sshsig.js";
import { SIGNATURE_FILE, SUMS_FILE } from "./checkFiles.js";

/** What the signature of a package's sums shows. */
export interface SumsSignature {
  /**
   * `verified`: by the key of an allowed signer. `not compared`: it fits the sums, and nobody said whose keys count, so
   * that it proves nothing of who signed. `none`: the package is not signed. `wrong`: what is there does not hold.
   */
  readonly state: "verified" | "not compared" | "none" | "wrong";
  /** How OpenSSH names the key that the signature itself states. */
  readonly key?: string;
  /** Who signed, by the list of allowed signers. */
  readonly signer?: string;
  readonly faults: readonly SignatureFault[];
}

/** The signature of a package's sums, held against the allowed signers where the user has named them. */
export function checkSignature(folder: string, signers: readonly AllowedSigner[] | undefined, at: Date): SumsSignature {
  const file = join(folder, SIGNATURE_FILE);
  if (!existsSync(file)) return { state: "none", faults: [] };
  const signature = parseSshSignature(readFileSync(file, "utf8"));
  const judges = { signers, namespace: RELEASE_NAMESPACE, at };
  const { faults, signer } = judgeSignature(readFileSync(join(folder, SUMS_FILE)), signature, judges);
  const key = signature === undefined ? {} : { key: fingerprintOf(signature.publicBlob) };
  if (faults.length > 0) return { state: "wrong", ...key, faults };
  if (signer === undefined) return { state: "not compared", ...key, faults };
  return { state: "verified", ...key, signer: signer.principals, faults };
}
