import { AllocellError, type Issue } from "../foundation/index.js";

/** What a blinded person is told instead of a fault or a warning: its message, path and values may name a dose. */
const ASK = "The unblinded pharmacist must look at this preparation: run it without --blinded-only.";

/** Faults of the files and of the command line themselves, which say nothing of what stands in the order. */
const OF_FILES = /^cli\.(file_|folder_|output_|disk_full$|usage$|not_utf8$|document_missing$)/;

/** Runs what may fail, and lets only codes out. @throws AllocellError with the same codes */
export async function blindedFaults<T>(file: string, act: () => Promise<T>): Promise<T> {
  try {
    return await act();
  } catch (error) {
    if (!AllocellError.is(error)) throw new AllocellError(blinded("cli.internal", file));
    if (error.issues.every(({ code }) => OF_FILES.test(code))) throw error;
    const codes = [...new Set(error.issues.map(({ code }) => code))];
    const [first = "cli.internal", ...others] = codes;
    throw new AllocellError(blinded(first, file), ...others.map((code) => blinded(code, file)));
  }
}

function blinded(code: string, file: string): Issue {
  return { code, path: file, message: ASK };
}

/** The open warnings of a preparation by their codes, each once. */
export function blindedWarningsText(codes: readonly string[]): string {
  return `NOT READY: a warning is open (${codes.join(", ")}). ${ASK}\n`;
}
