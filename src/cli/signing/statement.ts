import { fail } from "../../foundation/index.js";

/** What a person signs: which file, by the SHA-256 of its bytes, and the three things that a signature must show. */
export interface SignatureStatement {
  readonly format: "allocell-signature-1";
  /** Name of the file, without its folder. */
  readonly file: string;
  readonly sha256: string;
  /** The signer's name in print. */
  readonly name: string;
  /** Why: reviewed, approved, author, ... */
  readonly meaning: string;
  /** When, by the clock of the machine on which it was signed. */
  readonly at: string;
}

const FIELDS = ["format", "file", "sha256", "name", "meaning", "at"] as const;

/** Reads a statement. @throws AllocellError `cli.statement_invalid` */
export function parseStatement(text: string, file: string): SignatureStatement {
  let data: unknown;
  try {
    data = JSON.parse(text);
  } catch {
    data = undefined;
  }
  const fields = typeof data === "object" && data !== null ? (data as Readonly<Record<string, unknown>>) : {};
  const isWhole =
    Object.keys(fields).length === FIELDS.length && FIELDS.every((name) => typeof fields[name] === "string");
  if (isWhole && fields["format"] === "allocell-signature-1" && /^[0-9a-f]{64}$/.test(String(fields["sha256"]))) {
    if (!Number.isNaN(Date.parse(String(fields["at"])))) return fields as unknown as SignatureStatement;
  }
  return fail("cli.statement_invalid", file, "This is not the statement of a signature.", {
    expected: "a file that `allocell sign` wrote, beside its .sig",
  });
}

/** A name or a meaning: one line that can be printed. */
export function requireLine(text: string, option: string): string {
  const line = text.trim().normalize("NFC");
  if (line !== "" && line.length <= 200 && !/[\p{Cc}\p{Zl}\p{Zp}]/u.test(line)) return line;
  return fail("cli.option_invalid", option, "This must be one line of 1 to 200 characters.", { received: text });
}
