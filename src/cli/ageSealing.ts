import { Decrypter, Encrypter } from "age-encryption";
import { padBytes, unpadBytes } from "../custody/index.js";
import { fail } from "../foundation/index.js";

/** What every age file begins with (age-encryption.org/v1). */
const AGE = "age-encryption.org/v1\n";

/** Whether a file was encrypted with age. */
export function isAgeFile(file: Uint8Array): boolean {
  return Buffer.from(file.subarray(0, AGE.length)).toString("latin1") === AGE;
}

/**
 * Encrypts padded bytes to public keys with age: any one of the recipients can open the file, none needs a passphrase.
 *
 * @param recipients - public keys (`age1...`)
 * @throws AllocellError `cli.recipient_invalid`
 */
export async function sealToRecipients(bytes: Uint8Array, recipients: readonly string[]): Promise<Uint8Array> {
  const encrypter = new Encrypter();
  recipients.forEach((recipient) => {
    try {
      encrypter.addRecipient(recipient);
    } catch {
      fail("cli.recipient_invalid", "--recipient", "This is not the public key of a recipient.", {
        expected: "a key that begins with age1, as `age-keygen -y` prints it",
        // A secret key given by mistake is not repeated.
        received: recipient.startsWith("age1") ? recipient.slice(0, 60) : "a text that does not begin with age1",
      });
    }
  });
  return encrypter.encrypt(padBytes(bytes));
}

/**
 * Opens an age file with the secret key of one of its recipients.
 *
 * @throws AllocellError `cli.identity_invalid`; `cli.age_not_opened` (another's key, or a file that was altered or cut
 *   off: age does not always tell them apart)
 */
export async function unsealWithIdentity(file: Uint8Array, identity: string): Promise<Uint8Array> {
  const decrypter = new Decrypter();
  try {
    decrypter.addIdentity(identity);
  } catch {
    return fail("cli.identity_invalid", "--identity-file", "This file holds no secret key of a recipient.", {
      expected: "a line that begins with AGE-SECRET-KEY-, as `age-keygen` writes it",
    });
  }
  let padded: Uint8Array | undefined;
  try {
    padded = await decrypter.decrypt(file);
  } catch {
    padded = undefined;
  }
  const bytes = padded === undefined ? undefined : unpadBytes(padded);
  if (bytes !== undefined) return bytes;
  return fail("cli.age_not_opened", "file", "The file does not open with this key; nothing was written.", {
    expected: "the secret key of one of its recipients, and an unchanged, whole file",
  });
}
