import { foldText, namePattern } from "../foundation/index.js";
import { text, writeAuditText, type AuditText } from "./saidText.js";

/** What must not be in a blinded file, and what it is. */
export interface Secret {
  readonly text: string;
  readonly what: SecretKind;
}

export type SecretKind = "arm" | "arm title" | "intervention" | "dose" | "seed mark" | "key of the list";

/** A secret that was found, and how it was written. */
export interface FoundSecret extends Secret {
  readonly form: "plain" | "hex" | "base64";
}

/** What a secret that was found is called. */
export const secretText = ({ what, text: secret, form }: FoundSecret): AuditText =>
  text(`found.${form}`, { what: text(`secret.${what}`), text: secret });

const BASE64 = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

function base64Of(bytes: Uint8Array): string {
  let text = "";
  for (let i = 0; i + 2 < bytes.length; i += 3) {
    const word = ((bytes[i] as number) << 16) | ((bytes[i + 1] as number) << 8) | (bytes[i + 2] as number);
    for (const shift of [18, 12, 6, 0]) text += BASE64.charAt((word >> shift) & 63);
  }
  return text;
}

function utf8Of(text: string): Uint8Array {
  const escaped = encodeURIComponent(text);
  return Uint8Array.from(
    [...escaped.matchAll(/%([0-9A-F]{2})|([^%])/g)].map(([, hex, plain = ""]) =>
      hex === undefined ? plain.charCodeAt(0) : parseInt(hex, 16),
    ),
  );
}

/** The inner characters of the base64 of a text, for each of its three places in a group of three bytes. */
function base64Forms(text: string): readonly string[] {
  const bytes = utf8Of(text);
  return [0, 1, 2].flatMap((lead) => {
    const padded = new Uint8Array(lead + bytes.length + 2);
    padded.set(bytes, lead);
    const first = Math.ceil((lead * 8) / 6);
    const whole = Math.floor(((lead + bytes.length) * 8) / 6);
    const form = base64Of(padded).slice(first, whole);
    return form.length < 5 ? [] : [form, form.replace(/\+/g, "-").replace(/\//g, "_")];
  });
}

/** The ways in which one spelling of a secret is encoded in a text. */
function encodingsIn(content: string, lower: string, spelling: string): readonly FoundSecret["form"][] {
  const bytes = utf8Of(spelling);
  if (bytes.length < 3) return [];
  const hex = Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
  return [
    ...(lower.includes(hex) ? (["hex"] as const) : []),
    ...(base64Forms(spelling).some((form) => content.includes(form)) ? (["base64"] as const) : []),
  ];
}

function isNamedIn(folded: string, secret: string): boolean {
  const word = namePattern(secret, false);
  // A name of signs only ("+") has no borders.
  return word === undefined ? folded.includes(foldText(secret)) : new RegExp(word, "iu").test(folded);
}

/**
 * Looks for secrets in a text: in any case and Unicode form, as hex digits of their UTF-8 (either case), and as base64
 * (any place in a group, standard or URL alphabet).
 *
 * A secret counts only as a whole word ({@link namePattern}), so that `low` is not found in `below`; hex and base64 are
 * looked for from three bytes on, and base64 of at least five characters, because shorter ones occur by chance.
 *
 * @returns each secret that was found with the ways in which it was written, none of them twice
 */
export function secretsIn(content: string, secrets: readonly Secret[]): readonly FoundSecret[] {
  const folded = foldText(content);
  const lower = content.toLowerCase();
  const found = new Map<string, FoundSecret>();
  for (const { text: secret, what } of secrets.filter((one) => one.text !== "")) {
    const spellings = [...new Set([secret, secret.toLowerCase(), secret.toUpperCase()])];
    const encodings = spellings.flatMap((spelling) => encodingsIn(content, lower, spelling));
    const forms = isNamedIn(folded, secret) ? (["plain", ...encodings] as const) : encodings;
    for (const form of forms) {
      const one = { what, text: secret, form };
      const line = writeAuditText(secretText(one));
      if (!found.has(line)) found.set(line, one);
    }
  }
  return [...found.values()];
}

/** The same as lines in English. */
export const findSecrets = (content: string, secrets: readonly Secret[]): readonly string[] =>
  secretsIn(content, secrets).map((one) => writeAuditText(secretText(one)));
