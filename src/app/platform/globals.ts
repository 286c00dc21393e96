/** What the commands use of Node's globals. The build puts these in their places. */

/** Bytes with the two texts that the commands ask for. */
class Bytes extends Uint8Array {
  override toString(encoding?: string): string {
    if (encoding === "hex") return [...this].map((byte) => byte.toString(16).padStart(2, "0")).join("");
    return new TextDecoder(encoding === "latin1" ? "latin1" : "utf-8").decode(this);
  }
}

const concat = (parts: readonly Uint8Array[]): Bytes => {
  const all = new Bytes(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    all.set(part, at);
    at += part.length;
  }
  return all;
};

export const Buffer: {
  readonly from: (content: string | Uint8Array) => Uint8Array;
  readonly alloc: (length: number) => Uint8Array;
  readonly concat: (parts: readonly Uint8Array[]) => Uint8Array;
} = {
  from: (content) => new Bytes(typeof content === "string" ? new TextEncoder().encode(content) : content),
  alloc: (length) => new Bytes(length),
  concat,
};

/** A page is one process, which nothing interrupts. */
export const process: {
  readonly pid: number;
  readonly platform: string;
  readonly kill: () => boolean;
  readonly on: () => void;
} = { pid: 1, platform: "page", kill: () => true, on: () => undefined };
