/*
 * The calls of `node:fs` that the commands make, on a folder in memory. A page has no disk: what a person opens is put
 * here, a command reads and writes here, and what it wrote is offered for saving. The build puts this in the place of
 * `node:fs`, so a page runs the very code of the command line.
 */

/** Bytes of a file; undefined for a folder. By absolute path. */
const entries = new Map<string, Uint8Array | undefined>([["/", undefined]]);

interface OpenFile {
  readonly path: string;
  position: number;
}
const openFiles = new Map<number, OpenFile>();
let lastNumber = 2;

function fault(code: string, path: string, syscall: string): never {
  throw Object.assign(new Error(`${code}: ${path}`), { code, path, syscall });
}

const parentOf = (path: string): string => path.slice(0, Math.max(1, path.lastIndexOf("/")));
const childrenOf = (path: string): readonly string[] => {
  const prefix = path === "/" ? "/" : `${path}/`;
  return [...entries.keys()].filter((key) => key.startsWith(prefix) && key !== "/");
};

function requireEntry(path: string, syscall: string): void {
  if (entries.has(path)) return;
  // A path through a file leads nowhere; the system tells that apart.
  if (path !== "/" && entries.get(parentOf(path)) !== undefined) fault("ENOTDIR", path, syscall);
  fault("ENOENT", path, syscall);
}

function requireFolder(path: string, syscall: string): void {
  requireEntry(path, syscall);
  if (entries.get(path) !== undefined) fault("ENOTDIR", path, syscall);
}

function bytesAt(path: string, syscall: string): Uint8Array {
  requireEntry(path, syscall);
  return entries.get(path) ?? fault("EISDIR", path, syscall);
}

/** Everything that is in the folder is forgotten. */
export function clearFiles(): void {
  entries.clear();
  entries.set("/", undefined);
  openFiles.clear();
}

/** Puts a file there, with the folders above it; one of that name is replaced. */
export function putFile(path: string, content: string | Uint8Array): void {
  for (let folder = parentOf(path); folder !== "/"; folder = parentOf(folder)) entries.set(folder, undefined);
  entries.set(path, typeof content === "string" ? new TextEncoder().encode(content) : content);
}

/** The files of a folder, by name. */
export function filesIn(folder: string): ReadonlyMap<string, Uint8Array> {
  const files = childrenOf(folder).flatMap((path): [string, Uint8Array][] => {
    const bytes = entries.get(path);
    return bytes === undefined ? [] : [[path.slice(folder === "/" ? 1 : folder.length + 1), bytes]];
  });
  return new Map(files);
}

export interface Stats {
  readonly size: number;
  readonly mode: number;
  readonly isFile: () => boolean;
  readonly isDirectory: () => boolean;
}

function statsOf(path: string): Stats {
  const bytes = entries.get(path);
  return {
    size: bytes?.length ?? 0,
    mode: 0o600,
    isFile: () => bytes !== undefined,
    isDirectory: () => bytes === undefined,
  };
}

export function statSync(path: string, options?: { readonly throwIfNoEntry?: boolean }): Stats | undefined {
  if (options?.throwIfNoEntry === false && !entries.has(path)) return undefined;
  requireEntry(path, "stat");
  return statsOf(path);
}
export { statSync as lstatSync };
export const existsSync = (path: string): boolean => entries.has(path);
export const fstatSync = (fd: number): Stats => statsOf(fileOf(fd).path);

/** Nothing here is a link. */
export function realpathSync(path: string): string {
  requireEntry(path, "realpath");
  return path;
}
export const readlinkSync = (path: string): never => fault("EINVAL", path, "readlink");

export function readFileSync(path: string, encoding?: string): string | Uint8Array {
  const bytes = bytesAt(path, "open");
  return encoding === undefined ? bytes.slice() : new TextDecoder().decode(bytes);
}

/** Names of what is in a folder, or entries that say what they are. */
export function readdirSync(path: string, options?: { readonly withFileTypes?: boolean }): unknown[] {
  requireFolder(path, "scandir");
  const names = new Set(childrenOf(path).map((child) => child.slice(path === "/" ? 1 : path.length + 1)));
  const own = [...names].filter((name) => !name.includes("/"));
  if (options?.withFileTypes !== true) return own;
  return own.map((name) => {
    const isFile = entries.get(path === "/" ? `/${name}` : `${path}/${name}`) !== undefined;
    return { name, isFile: () => isFile, isDirectory: () => !isFile };
  });
}

export function mkdirSync(path: string, options?: { readonly recursive?: boolean }): void {
  if (entries.has(path)) {
    if (options?.recursive === true && entries.get(path) === undefined) return;
    fault("EEXIST", path, "mkdir");
  }
  requireFolder(parentOf(path), "mkdir");
  entries.set(path, undefined);
}

export function rmdirSync(path: string): void {
  requireFolder(path, "rmdir");
  if (childrenOf(path).length > 0) fault("ENOTEMPTY", path, "rmdir");
  entries.delete(path);
}

export function rmSync(
  path: string,
  { recursive = false, force = false }: { readonly recursive?: boolean; readonly force?: boolean } = {},
): void {
  if (force && !entries.has(path)) return;
  requireEntry(path, "rm");
  if (!recursive && entries.get(path) === undefined) fault("EISDIR", path, "rm");
  for (const child of childrenOf(path)) entries.delete(child);
  entries.delete(path);
}

export function unlinkSync(path: string): void {
  bytesAt(path, "unlink");
  entries.delete(path);
}

export function renameSync(from: string, to: string): void {
  requireEntry(from, "rename");
  requireFolder(parentOf(to), "rename");
  if (entries.get(from) === undefined && childrenOf(to).length > 0) fault("ENOTEMPTY", to, "rename");
  for (const path of [from, ...childrenOf(from)]) {
    entries.set(to + path.slice(from.length), entries.get(path));
    entries.delete(path);
  }
}

export function linkSync(from: string, to: string): void {
  const bytes = bytesAt(from, "link");
  if (entries.has(to)) fault("EEXIST", to, "link");
  requireFolder(parentOf(to), "link");
  entries.set(to, bytes);
}

export function openSync(path: string, flags: string): number {
  if (flags === "wx") {
    if (entries.has(path)) fault("EEXIST", path, "open");
    requireFolder(parentOf(path), "open");
    entries.set(path, new Uint8Array());
  } else requireEntry(path, "open");
  lastNumber += 1;
  openFiles.set(lastNumber, { path, position: 0 });
  return lastNumber;
}

const fileOf = (fd: number): OpenFile => openFiles.get(fd) ?? fault("EBADF", String(fd), "fd");

export function closeSync(fd: number): void {
  openFiles.delete(fd);
}

/** Cuts what stands behind `length` bytes. */
export function ftruncateSync(fd: number, length: number): void {
  const { path } = fileOf(fd);
  entries.set(path, bytesAt(path, "ftruncate").slice(0, length));
}

/** There is no disk to which anything could be brought. */
export const fsyncSync = (): void => undefined;

/** Writes behind what is there, as the commands do. */
export function writeSync(fd: number, bytes: Uint8Array, at = 0): number {
  const { path } = fileOf(fd);
  const before = bytesAt(path, "write");
  const own = bytes.subarray(at);
  const all = new Uint8Array(before.length + own.length);
  all.set(before);
  all.set(own, before.length);
  entries.set(path, all);
  return own.length;
}

export function readSync(
  fd: number,
  into: Uint8Array,
  offset = 0,
  length = into.length - offset,
  from: number | null = null,
): number {
  const file = fileOf(fd);
  const start = from ?? file.position;
  const part = bytesAt(file.path, "read").subarray(start, start + length);
  into.set(part, offset);
  if (from === null) file.position += part.length;
  return part.length;
}
