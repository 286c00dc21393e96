/* ZIP archives, for workbooks and for the files of a page. By APPNOTE.TXT of PKWARE, version 6.3.3, as ISO/IEC 21320-1 takes it. */

/** The files of an archive, by path. */
export type Archive = Readonly<Record<string, Uint8Array>>;

const [LOCAL, CENTRAL, END] = [0x04034b50, 0x02014b50, 0x06054b50];
const [LOCAL_LENGTH, CENTRAL_LENGTH, END_LENGTH] = [30, 46, 22];
/** Version 2.0 of the format, and names in UTF-8. */
const [VERSION, UTF8] = [20, 0x0800];
/** 1 January 1980, 12:00, with which the format begins to count: the same files are the same bytes. */
const [TIME, DATE] = [12 << 11, (1 << 5) | 1];
const [STORED, DEFLATED] = [0, 8];

/** CRC-32 as the format has it (ITU-T V.42). */
function crc32(bytes: Uint8Array): number {
  const table = Int32Array.from({ length: 256 }, (_, byte) => {
    let crc = byte;
    for (let bit = 0; bit < 8; bit += 1) crc = (crc >>> 1) ^ ((crc & 1) === 1 ? 0xedb88320 : 0);
    return crc;
  });
  let crc = ~0;
  for (const byte of bytes) crc = (crc >>> 8) ^ (table[(crc ^ byte) & 0xff] ?? 0);
  return ~crc >>> 0;
}

/** Numbers of 2 and 4 bytes, the lowest byte first. */
function numbers(...all: readonly (readonly [bytes: 2 | 4, value: number])[]): Uint8Array {
  const view = new DataView(new ArrayBuffer(all.reduce((sum, [bytes]) => sum + bytes, 0)));
  let at = 0;
  for (const [bytes, value] of all) {
    if (bytes === 2) view.setUint16(at, value, true);
    else view.setUint32(at, value, true);
    at += bytes;
  }
  return new Uint8Array(view.buffer);
}

/** Pieces one behind the other. */
export function joined(pieces: readonly Uint8Array[]): Uint8Array {
  const whole = new Uint8Array(pieces.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const piece of pieces) {
    whole.set(piece, at);
    at += piece.length;
  }
  return whole;
}

/**
 * Files as an archive. They are stored as they are: what a compressor makes of them changes from one to the next, and
 * the same files must be the same bytes, in the command and in a page.
 *
 * @example
 * zip({ "a.txt": new TextEncoder().encode("a") }).length; // 111
 */
export function zip(files: Archive): Uint8Array {
  const [bodies, entries]: [Uint8Array[], Uint8Array[]] = [[], []];
  let offset = 0;
  for (const [path, bytes] of Object.entries(files)) {
    const name = new TextEncoder().encode(path);
    const about = numbers(
      ...([
        [2, VERSION],
        [2, UTF8],
        [2, STORED],
        [2, TIME],
        [2, DATE],
        [4, crc32(bytes)],
      ] as const),
      ...([
        [4, bytes.length],
        [4, bytes.length],
        [2, name.length],
        [2, 0],
      ] as const),
    );
    bodies.push(numbers([4, LOCAL]), about, name, bytes);
    const place = numbers([2, 0], [2, 0], [2, 0], [4, 0], [4, offset]);
    entries.push(numbers([4, CENTRAL], [2, VERSION]), about, place, name);
    offset += LOCAL_LENGTH + name.length + bytes.length;
  }
  const directory = joined(entries);
  const count = Object.keys(files).length;
  // More would need ZIP64; written without it, the numbers would be wrong.
  if (count > 0xffff || offset > 0xffffffff) throw new RangeError("too many files, or bytes");
  const end = numbers([4, END], [2, 0], [2, 0], [2, count], [2, count], [4, directory.length], [4, offset], [2, 0]);
  return joined([...bodies, directory, end]);
}

/** What deflated bytes were. RFC 1951. */
async function inflated(bytes: Uint8Array): Promise<Uint8Array> {
  const stream = new Blob([bytes as Uint8Array<ArrayBuffer>])
    .stream()
    .pipeThrough(new DecompressionStream("deflate-raw"));
  return new Uint8Array(await new Response(stream).arrayBuffer());
}

function refuse(what: string): never {
  throw new Error(`This is no archive that can be read: ${what}.`);
}

/** Where the last record of an archive begins: behind it may stand a comment. */
function endOf(view: DataView): number {
  for (let at = view.byteLength - END_LENGTH; at >= 0; at -= 1) if (view.getUint32(at, true) === END) return at;
  return refuse("it has no directory");
}

/**
 * The files of an archive, each held against its length and its check sum.
 *
 * @throws Error for what is no archive, is cut off, has a password, or is compressed in another way than by deflate
 */
export async function unzip(bytes: Uint8Array): Promise<Archive> {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const end = endOf(view);
  // Without a prototype, so that no name of a file is more than a name.
  const files = Object.create(null) as Record<string, Uint8Array>;
  let at = view.getUint32(end + 16, true);
  for (let left = view.getUint16(end + 10, true); left > 0; left -= 1) {
    if (view.getUint32(at, true) !== CENTRAL) refuse("its directory is broken");
    const [flags, method] = [view.getUint16(at + 8, true), view.getUint16(at + 10, true)];
    const [crc, packed, length] = [16, 20, 24].map((from) => view.getUint32(at + from, true)) as [
      number,
      number,
      number,
    ];
    const [name, extra, comment] = [28, 30, 32].map((from) => view.getUint16(at + from, true)) as [
      number,
      number,
      number,
    ];
    const local = view.getUint32(at + 42, true);
    const path = new TextDecoder().decode(bytes.subarray(at + CENTRAL_LENGTH, at + CENTRAL_LENGTH + name));
    const from = local + LOCAL_LENGTH + view.getUint16(local + 26, true) + view.getUint16(local + 28, true);
    const body = bytes.subarray(from, from + packed);
    if ((flags & 1) === 1 || (method !== STORED && method !== DEFLATED))
      refuse("it has a password, or is of another kind");
    const file = method === STORED ? body : await inflated(body);
    if (file.length !== length || crc32(file) !== crc) refuse(`${path} is broken`);
    files[path] = file;
    at += CENTRAL_LENGTH + name + extra + comment;
  }
  return files;
}
