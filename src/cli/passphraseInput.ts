import { readText } from "./dataFile.js";
import { fail } from "../foundation/index.js";
import type { Io } from "./io.js";

export interface PassphraseOptions {
  readonly passphraseFile?: string;
}

const LEAST_CHARACTERS = 16;

/**
 * Refuses a passphrase that can be guessed by its length: fewer than 16 characters (of its NFC form, spaces at the ends
 * not counted), or fewer than 6 different ones.
 *
 * @throws AllocellError `cli.passphrase_short`; it never shows the passphrase
 */
export function checkPassphrase(passphrase: string): void {
  const characters = Array.from(passphrase.normalize("NFC").trim());
  if (characters.length >= LEAST_CHARACTERS && new Set(characters).size >= 6) return;
  fail("cli.passphrase_short", "passphrase", "The passphrase is too short: whoever has the file could find it.", {
    expected: `at least ${LEAST_CHARACTERS} characters, for example six words drawn from a list`,
    received: `${characters.length} characters, ${new Set(characters).size} of them different`,
  });
}

/**
 * A passphrase from the first line of a file, or typed unseen at a terminal; never from the command line, which stays
 * in the shell's history and shows in the list of processes.
 *
 * @param twice - whether a typed one is asked for again: when sealing, a slip of the finger would lock the file permanently
 * @throws AllocellError `cli.passphrase_missing`, `cli.passphrase_differs`, `cli.passphrase_file`
 */
export async function readPassphrase(io: Io, options: PassphraseOptions, twice: boolean): Promise<string> {
  const { passphraseFile } = options;
  if (passphraseFile !== undefined) {
    const [line = "", ...rest] = readText(io, passphraseFile, 65_536).split(/\r?\n/);
    if (rest.some((other) => other !== "")) {
      fail("cli.passphrase_file", passphraseFile, "A passphrase file holds one line.");
    }
    return line;
  }
  if (!process.stdin.isTTY) {
    return fail(
      "cli.passphrase_missing",
      "--passphrase-file",
      "A passphrase is needed, and there is no terminal to ask.",
      {
        expected: "--passphrase-file FILE",
      },
    );
  }
  const first = await typedUnseen(io, "Passphrase: ");
  if (twice && (await typedUnseen(io, "The same again: ")) !== first) {
    fail("cli.passphrase_differs", "", "The two passphrases are not the same; nothing was written.");
  }
  return first;
}

/** One line of the terminal that is not echoed. */
async function typedUnseen(io: Io, question: string): Promise<string> {
  await io.stderr.write(question);
  const { stdin } = process;
  stdin.setRawMode(true);
  stdin.setEncoding("utf8");
  let typed = "";
  try {
    for (;;) {
      const chunk = await new Promise<string>((resolve) => {
        stdin.resume();
        stdin.once("data", (data) => {
          resolve(String(data));
        });
      });
      for (const character of chunk) {
        if (character === "\r" || character === "\n") return typed;
        if (character === "\u0003") return fail("cli.passphrase_missing", "", "No passphrase was typed.");
        typed = character === "\u007f" || character === "\b" ? typed.slice(0, -1) : typed + character;
      }
    }
  } finally {
    stdin.setRawMode(false);
    stdin.pause();
    await io.stderr.write("\n");
  }
}
