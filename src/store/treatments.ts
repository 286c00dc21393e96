import { Decrypter, Encrypter } from "age-encryption";
import { canonicalJson, fail } from "../foundation/index.js";
import type { ConductEvent } from "../allocation/index.js";

/** How the fields that name treatments stand in the database. */
export interface TreatmentSeal {
  readonly seal: (text: string) => Promise<string>;
  readonly open: (sealed: string) => Promise<string>;
}

/**
 * The fields of an event that name a treatment, or from which one could be found by trying: with the salt a blinded
 * person could try each arm until the hash of the receipt fits.
 */
const FIELDS: ReadonlySet<string> = new Set(["arm", "given", "salt", "planHash", "ruleHash", "seedMark", "arms"]);

/** An event in two parts: what may stand beside blinded people, and what may not. */
export interface SplitEvent {
  readonly body: string;
  /** Undefined where the event names no treatment. */
  readonly treatment?: string;
}

export function splitEvent(event: ConductEvent): SplitEvent {
  const entries = Object.entries(event);
  const hidden = entries.filter(([field]) => FIELDS.has(field));
  if (hidden.length === 0) return { body: canonicalJson(event) };
  const body = canonicalJson(Object.fromEntries(entries.filter(([field]) => !FIELDS.has(field))));
  return { body, treatment: canonicalJson(Object.fromEntries(hidden)) };
}

/** The event of its parts. Whether it is whole, its hash tells whoever reads it. */
export function joinEvent({ body, treatment }: SplitEvent): ConductEvent {
  const parts = [body, ...(treatment === undefined ? [] : [treatment])].map((text) => parseObject(text));
  return Object.assign({}, ...parts) as ConductEvent;
}

function parseObject(text: string): object {
  try {
    return JSON.parse(text) as object;
  } catch {
    return fail("conduct.event_edited", "event", "An event in the store cannot be read: it was changed there.");
  }
}

/** Treatments stand in their table as they are: the administrator of the database can read them. */
export const PLAIN_TREATMENTS: TreatmentSeal = Object.freeze<TreatmentSeal>({
  seal: (text) => Promise.resolve(text),
  open: (text) => Promise.resolve(text),
});

/**
 * Treatments are encrypted with age to their holders, so that the administrator of the database cannot read them. Every
 * text is filled up to 512 bytes, so that its length tells nothing. To open one takes about a millisecond.
 *
 * @param recipients - public keys (`age1...`); each of them can open everything
 * @param identity - the secret key of one of them (`AGE-SECRET-KEY-...`), which this process needs to read; it never
 *   shows in an error
 * @throws AllocellError `store.key_invalid`; `store.treatment_not_opened` on reading
 */
export function ageTreatments(recipients: readonly string[], identity: string): TreatmentSeal {
  const encrypter = new Encrypter();
  const decrypter = new Decrypter();
  try {
    for (const recipient of recipients) encrypter.addRecipient(recipient);
    decrypter.addIdentity(identity);
  } catch {
    return fail("store.key_invalid", "recipients", "A key is none of age's.", {
      expected: "public keys that begin with age1, and one secret key that begins with AGE-SECRET-KEY-",
    });
  }
  if (recipients.length === 0) fail("store.key_invalid", "recipients", "At least one holder needs a public key.");
  return Object.freeze<TreatmentSeal>({
    seal: async (text) => {
      const length = Math.ceil(new TextEncoder().encode(text).length / 512) * 512;
      const padded = new Uint8Array(length).fill(0x20);
      padded.set(new TextEncoder().encode(text));
      return Buffer.from(await encrypter.encrypt(padded)).toString("base64");
    },
    open: async (sealed) => {
      try {
        return new TextDecoder().decode(await decrypter.decrypt(Buffer.from(sealed, "base64"))).trimEnd();
      } catch {
        return fail(
          "store.treatment_not_opened",
          "treatments",
          "A treatment in the store does not open with this key.",
          {
            expected: "the secret key of one of its recipients, and an unchanged table",
          },
        );
      }
    },
  });
}
