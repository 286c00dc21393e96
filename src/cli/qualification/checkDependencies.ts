import { existsSync, readFileSync, realpathSync } from "node:fs";
import { dirname, join, relative } from "node:path";

/** A package that this one stands on, as it was built with and as it is installed. */
export interface DependencyCheck {
  readonly name: string;
  readonly expected: string;
  /** Absent: not found. */
  readonly found?: string;
  readonly licence: string;
  /** Named in package.json; others are what those stand on. */
  readonly isDirect: boolean;
  /**
   * Whether the SHA-512 of its archive in the lockfile that npm keeps of the installation is that of the bill of
   * materials; absent where no such lockfile tells it.
   */
  readonly isSameArchive?: boolean;
}

/** The bill of materials (CycloneDX): name, version, SHA-512 and licence of every component, as it was tested. */
export const BILL_FILE = "dist/sbom.cdx.json";

interface Component {
  readonly "bom-ref": string;
  readonly name: string;
  readonly version: string;
  readonly hashes?: readonly { readonly alg: string; readonly content: string }[];
  readonly licenses?: readonly {
    readonly license?: { readonly id?: string; readonly name?: string };
    readonly expression?: string;
  }[];
}

interface Sbom {
  readonly metadata: { readonly component: { readonly "bom-ref": string } };
  readonly components: readonly Component[];
  readonly dependencies: readonly { readonly ref: string; readonly dependsOn?: readonly string[] }[];
}

/** Every component of the bill of materials against the package that its user finds, as Node finds it. */
export function checkDependencies(folder: string): readonly DependencyCheck[] {
  const sbom = JSON.parse(readFileSync(join(folder, BILL_FILE), "utf8")) as Sbom;
  const known = new Map(sbom.components.map((one) => [one["bom-ref"], one]));
  const needs = new Map(sbom.dependencies.map(({ ref, dependsOn = [] }) => [ref, dependsOn]));
  const root = sbom.metadata.component["bom-ref"];
  const found = new Map<string, DependencyCheck>();
  // Breadth first: what the package names itself comes before what others stand on.
  const open: (readonly [ref: string, at: string | undefined])[] = [[root, folder]];
  for (let next = open.shift(); next !== undefined; next = open.shift()) {
    const [ref, at] = next;
    for (const need of needs.get(ref) ?? []) {
      const component = known.get(need);
      if (component === undefined || found.has(need)) continue;
      const own = at === undefined ? undefined : folderOf(at, component.name);
      found.set(need, checked(component, own, ref === root));
      open.push([need, own]);
    }
  }
  return [...found.values()];
}

function checked(
  { name, version, hashes = [], licenses = [] }: Component,
  folder: string | undefined,
  isDirect: boolean,
): DependencyCheck {
  const installed =
    folder === undefined
      ? undefined
      : (JSON.parse(readFileSync(join(folder, "package.json"), "utf8")) as { version?: string; license?: string });
  const stated = licenses.map(({ license, expression }) => license?.id ?? license?.name ?? expression ?? "");
  const licence = installed?.license ?? stated.filter((text) => text !== "").join(" AND ");
  const archive = folder === undefined ? undefined : archiveOf(folder);
  const tested = hashes.find(({ alg }) => alg === "SHA-512")?.content;
  return {
    ...{ name, expected: version, licence, isDirect },
    ...(installed?.version === undefined ? {} : { found: installed.version }),
    ...(archive === undefined ? {} : { isSameArchive: archive === tested }),
  };
}

/** The SHA-512 of a package's archive, in hexadecimal digits, by the lockfile that npm keeps of an installation. */
function archiveOf(folder: string): string | undefined {
  for (let from = dirname(folder); from !== dirname(from); from = dirname(from)) {
    const file = join(from, ".package-lock.json");
    if (!existsSync(file)) continue;
    const { packages } = JSON.parse(readFileSync(file, "utf8")) as {
      readonly packages: Readonly<Record<string, { readonly integrity?: string } | undefined>>;
    };
    const { integrity = "" } = packages[relative(dirname(from), folder).replaceAll("\\", "/")] ?? {};
    const digest = /(?:^| )sha512-([A-Za-z0-9+/]+=*)/.exec(integrity)?.[1];
    return digest === undefined ? undefined : Buffer.from(digest, "base64").toString("hex");
  }
  return undefined;
}

/** The folder of a package that stands in `node_modules` of a folder, or of one above it. */
function folderOf(start: string, name: string): string | undefined {
  for (let from = start; ; from = dirname(from)) {
    const found = join(from, "node_modules", name);
    // Where a folder is a link, what it stands on is found beside the folder that it leads to.
    if (existsSync(join(found, "package.json"))) return realpathSync(found);
    if (from === dirname(from)) return undefined;
  }
}
