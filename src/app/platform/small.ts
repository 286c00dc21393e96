/** The small rest of Node that the commands ask for: `node:os`, `node:buffer`, `node:timers/promises`, `node:url`. */

export const hostname = (): string => "page";

export function isUtf8(bytes: Uint8Array): boolean {
  try {
    new TextDecoder("utf-8", { fatal: true }).decode(bytes);
    return true;
  } catch {
    return false;
  }
}

/** The commands wait here for a signal; in a page for the next task, so that it stays alive. */
export const setImmediate = (): Promise<void> => Promise.resolve();
