import { AllocellError } from "../foundation/index.js";

/**
 * What a blinded person is told instead of a fault or a warning: its message, path and values may name a dose, and its
 * code alone a treatment, since only an arm with cells has a cap, containers or a draw.
 */
export const ASK = "The unblinded pharmacist must look at this preparation: run it without --blinded-only.";

/** Faults of the files and of the command line themselves, which say nothing of what stands in the order. */
const OF_FILES = /^cli\.(file_|folder_|output_|disk_full$|usage$|not_utf8$|document_missing$)/;

/** Runs what may fail, and lets out no more than that it did. @throws AllocellError `cli.not_prepared`; those of files */
export async function blindedFaults<T>(file: string, act: () => Promise<T>): Promise<T> {
  try {
    return await act();
  } catch (error) {
    if (AllocellError.is(error) && error.issues.every(({ code }) => OF_FILES.test(code))) throw error;
    throw new AllocellError({ code: "cli.not_prepared", path: file, message: ASK });
  }
}
