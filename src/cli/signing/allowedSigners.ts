import { failAt } from "../../store/disk/index.js";
import { NAMESPACE } from "./sshsig.js";

/** One line of a file of allowed signers: who, and the public key by which they are known. */
export interface AllowedSigner {
  readonly principals: string;
  readonly publicBlob: Uint8Array;
  readonly namespaces?: readonly string[];
  readonly validAfter?: Date;
  readonly validBefore?: Date;
}

const LINE =
  /^(?<principals>"[^"]+"|\S+)[ \t]+(?:(?<options>(?:[a-z-]+(?:="[^"]*")?,?)+)[ \t]+)?(?<kind>(?:ssh|ecdsa|sk)-[\w.@-]+)[ \t]+(?<key>[A-Za-z0-9+/]+={0,2})(?:[ \t].*)?$/;

/**
 * Reads a file of allowed signers, as `ssh-keygen -Y verify -f` takes it.
 *
 * @throws AllocellError `cli.signers_invalid`, with the line
 * @see ssh-keygen(1), ALLOWED SIGNERS
 */
export function parseAllowedSigners(text: string, file: string): readonly AllowedSigner[] {
  return text.split(/\r?\n/).flatMap((raw, i): readonly AllowedSigner[] => {
    const trimmed = raw.trim();
    if (trimmed === "" || trimmed.startsWith("#")) return [];
    const fault = (message: string): never =>
      failAt({
        code: "cli.signers_invalid",
        path: file,
        file,
        line: i + 1,
        message,
        expected: 'who, then if need be options such as namespaces="allocell", then the public key',
      });
    const { principals = "", options = "", key = "" } = LINE.exec(trimmed)?.groups ?? {};
    if (key === "") return fault("This line of the allowed signers cannot be read.");
    const read = optionsOf(options);
    if (typeof read === "string") return fault(`This line has ${read}, which is not read here.`);
    return [{ principals: principals.replace(/^"|"$/g, ""), publicBlob: Buffer.from(key, "base64"), ...read }];
  });
}

/** The options of a line, or in words the one that is not known. */
function optionsOf(text: string): Omit<AllowedSigner, "principals" | "publicBlob"> | string {
  const read: { namespaces?: readonly string[]; validAfter?: Date; validBefore?: Date } = {};
  for (const [, name = "", value = ""] of text.matchAll(/([a-z-]+)(?:="([^"]*)")?(?:,|$)/g)) {
    const date = dateOf(value);
    if (name === "namespaces") read.namespaces = value.split(",");
    else if (name === "valid-after" && date !== undefined) read.validAfter = date;
    else if (name === "valid-before" && date !== undefined) read.validBefore = date;
    else return `the option ${name}`;
  }
  return read;
}

/** A day or a time as ssh-keygen writes it, in the machine's time zone or, with Z, in UTC. */
function dateOf(text: string): Date | undefined {
  const parts = /^(\d{4})(\d\d)(\d\d)(?:(\d\d)(\d\d)(\d\d)?)?(Z?)$/.exec(text);
  if (parts === null) return undefined;
  const [year = 0, month = 1, day = 1, hour = 0, minute = 0, second = 0] = parts
    .slice(1, 7)
    .map((part) => Number((part as string | undefined) ?? 0));
  const date =
    parts[7] === "Z"
      ? new Date(Date.UTC(year, month - 1, day, hour, minute, second))
      : new Date(year, month - 1, day, hour, minute, second);
  return Number.isNaN(date.getTime()) ? undefined : date;
}

/** Why a line does not let its key sign at that time for that purpose; undefined where it does. */
export function refusalOf(
  { namespaces, validAfter, validBefore }: AllowedSigner,
  at: Date,
  namespace: string = NAMESPACE,
): { readonly en: string; readonly zh: string } | undefined {
  // A pattern of namespaces may have wildcards; the name of ours or all of them is what is taken here.
  if (namespaces !== undefined && !namespaces.some((name) => name === namespace || name === "*")) {
    const names = namespaces.join(", ");
    return { en: `the key may sign for ${names} only`, zh: `该密钥仅可用于 ${names}` };
  }
  if (validAfter !== undefined && at < validAfter) {
    const from = validAfter.toISOString();
    return { en: `the key is valid after ${from} only`, zh: `该密钥自 ${from} 之后才有效` };
  }
  if (validBefore !== undefined && at > validBefore) {
    const until = validBefore.toISOString();
    return { en: `the key is valid before ${until} only`, zh: `该密钥仅在 ${until} 之前有效` };
  }
  return undefined;
}
