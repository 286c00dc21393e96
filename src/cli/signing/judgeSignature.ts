import { refusalOf, type AllowedSigner } from "./allowedSigners.js";
import { ED25519, kindOf } from "./keys.js";
import { isSignatureOf, type SshSignature } from "./sshsig.js";

/** What is against a signature; `detail` is the kind, the namespace, or why the list of signers refuses the key. */
export interface SignatureFault {
  readonly fault: "unreadable" | "kind" | "namespace" | "changed" | "unknown" | "refused";
  readonly detail: string;
  /** The detail in Chinese, where it is a sentence. */
  readonly detailZh?: string;
}

/** By what a signature is judged. */
export interface Judges {
  /** Absent: nobody said whose keys count, so that only the signature itself is judged. */
  readonly signers: readonly AllowedSigner[] | undefined;
  readonly namespace: string;
  /** The time at which the key must be valid. */
  readonly at: Date;
}

/** Every fault of a signature of a message, and whose it is: nobody's, where it does not fit or nobody said who counts. */
export function judgeSignature(
  message: Uint8Array,
  signature: SshSignature | undefined,
  { signers, namespace, at }: Judges,
): { readonly faults: readonly SignatureFault[]; readonly signer?: AllowedSigner } {
  if (signature === undefined) return { faults: [{ fault: "unreadable", detail: "" }] };
  const { publicBlob } = signature;
  const kind = kindOf(publicBlob);
  if (kind !== ED25519) return { faults: [{ fault: "kind", detail: kind }] };
  const faults: SignatureFault[] = [];
  if (signature.namespace !== namespace) faults.push({ fault: "namespace", detail: signature.namespace });
  const isTheirs = isSignatureOf(message, signature);
  if (!isTheirs) faults.push({ fault: "changed", detail: "" });
  if (signers === undefined) return { faults };
  const known = signers.filter((one) => Buffer.compare(one.publicBlob, publicBlob) === 0);
  const refusals = known.map((one) => refusalOf(one, at, namespace));
  const signer = known[refusals.indexOf(undefined)];
  if (known.length === 0) faults.push({ fault: "unknown", detail: "" });
  else if (signer === undefined) {
    const { en = "", zh = "" } = refusals[0] ?? {};
    faults.push({ fault: "refused", detail: en, detailZh: zh });
  }
  return { faults, ...(signer === undefined || !isTheirs ? {} : { signer }) };
}
