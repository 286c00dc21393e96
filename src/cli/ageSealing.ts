import { Decrypter, Encrypter } from "age-encryption";
import { fail } from "../foundation/index.js";

/** What a file is sealed with: one passphrase, or the public keys (`age1...`) of its recipients. */
export type SealingKey = { readonly passphrase: string } | { readonly recipients: readonly string[] };

/** What a file is opened with: the passphrase, or the secret key (`AGE-SECRET-KEY-...`) of one recipient. */
export type OpeningKey = { readonly passphrase: string } | { readonly identity: string };

/** What every age file begins with (age-encryption.org/v1), and what comes next where it is sealed with a passphrase. */
const AGE = "age-encryption.org/v1\n";
const WITH_PASSPHRASE = `${AGE}-> scrypt `;

/** How a file was sealed, by its beginning; undefined for a file that is not of age. */
export function sealedBy(file: Uint8Array): "passphrase" | "recipients" | undefined {
  const beginning = Buffer.from(file.subarray(0, WITH_PASSPHRASE.length)).toString("latin1");
  if (!beginning.startsWith(AGE)) return undefined;
  return beginning === WITH_PASSPHRASE ? "passphrase" : "recipients";
}

/**
 * Encrypts bytes with age. The size of the result follows from the number of bytes and from the keys.
 *
 * @throws AllocellError `cli.recipient_invalid`
 */
export async function sealWithAge(bytes: Uint8Array, key: SealingKey): Promise<Uint8Array> {
  const encrypter = new Encrypter();
  if ("passphrase" in key) encrypter.setPassphrase(key.passphrase.normalize("NFC"));
  else for (const recipient of key.recipients) addRecipient(encrypter, recipient);
  return encrypter.encrypt(bytes);
}

function addRecipient(encrypter: Encrypter, recipient: string): void {
  try {
    encrypter.addRecipient(recipient);
  } catch {
    fail("cli.recipient_invalid", "--recipient", "This is not the public key of a recipient.", {
      expected: "a key that begins with age1, as `age-keygen -y` prints it",
      // A secret key given by mistake is not repeated.
      received: recipient.startsWith("age1") ? recipient.slice(0, 60) : "a text that does not begin with age1",
    });
  }
}

/**
 * Opens an age file, whole or not at all.
 *
 * @throws AllocellError `cli.identity_invalid`; `cli.age_not_opened` (another key or passphrase, or a file that was
 *   altered or cut off: age does not always tell them apart)
 */
export async function openWithAge(file: Uint8Array, key: OpeningKey): Promise<Uint8Array> {
  const decrypter = new Decrypter();
  if ("passphrase" in key) decrypter.addPassphrase(key.passphrase.normalize("NFC"));
  else addIdentity(decrypter, key.identity);
  try {
    return await decrypter.decrypt(file);
  } catch {
    return fail("cli.age_not_opened", "file", "The file does not open with this key; nothing was written.", {
      expected: "the passphrase, or the secret key of one of its recipients, and an unchanged, whole file",
    });
  }
}

function addIdentity(decrypter: Decrypter, identity: string): void {
  try {
    decrypter.addIdentity(identity);
  } catch {
    fail("cli.identity_invalid", "--identity-file", "This file holds no secret key of a recipient.", {
      expected: "a line that begins with AGE-SECRET-KEY-, as `age-keygen` writes it",
    });
  }
}
