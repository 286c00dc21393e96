import * as z from "zod/mini";

/**
 * Whether Windows keeps a name for a device: no file there can be called so, whatever ending follows it.
 *
 * @example
 * isDeviceName("Aux"); // true: a file `Aux.blinded.csv` cannot be made on Windows
 * @see Microsoft, "Naming Files, Paths, and Namespaces"
 */
export function isDeviceName(name: string): boolean {
  return /^(?:con|prn|aux|nul|conin\$|conout\$|(?:com|lpt)[0-9¹²³])$/iu.test(name);
}

/** Refuses a name of which Windows makes no file. */
export const noDeviceName: z.core.$ZodCheck<string> = z.refine(
  (name) => !isDeviceName(name),
  "must not be the name of a device (CON, NUL, COM1): Windows cannot hold its files",
);
