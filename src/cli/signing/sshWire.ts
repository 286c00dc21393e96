/** Reads the fields of OpenSSH's binary forms one after the other (RFC 4251, section 5). */
export class WireReader {
  readonly #bytes: Uint8Array;
  #at = 0;

  constructor(bytes: Uint8Array) {
    this.#bytes = bytes;
  }

  get isAtEnd(): boolean {
    return this.#at === this.#bytes.length;
  }

  /** So many bytes as they stand; undefined where there are fewer. */
  take(count: number): Uint8Array | undefined {
    if (this.#at + count > this.#bytes.length) return undefined;
    this.#at += count;
    return this.#bytes.subarray(this.#at - count, this.#at);
  }

  /** A whole number of 4 bytes, big-endian. */
  uint32(): number | undefined {
    const bytes = this.take(4);
    return bytes && new DataView(bytes.buffer, bytes.byteOffset, 4).getUint32(0);
  }

  /** Bytes after their count. */
  bytes(): Uint8Array | undefined {
    const count = this.uint32();
    return count === undefined ? undefined : this.take(count);
  }

  /** Text after the count of its bytes. */
  text(): string | undefined {
    const bytes = this.bytes();
    return bytes && Buffer.from(bytes).toString("utf8");
  }
}

/** A field as OpenSSH writes it: the count of its bytes, 4 bytes big-endian, then the bytes. */
export function wireField(content: Uint8Array | string): Buffer {
  const bytes = Buffer.from(content as Uint8Array);
  const count = Buffer.alloc(4);
  count.writeUInt32BE(bytes.length);
  return Buffer.concat([count, bytes]);
}

/** The content of an armored text between its lines BEGIN and END; undefined where these are not there. */
export function armored(text: string, label: string): Buffer | undefined {
  const [begin, end] = [`-----BEGIN ${label}-----`, `-----END ${label}-----`];
  const lines = text.replaceAll("\r\n", "\n").trim().split("\n");
  if (lines[0] !== begin || lines.at(-1) !== end) return undefined;
  const body = lines.slice(1, -1).join("");
  return /^[A-Za-z0-9+/]+={0,2}$/.test(body) ? Buffer.from(body, "base64") : undefined;
}
