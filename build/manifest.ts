// Writes what the installation qualification compares with: dist/SHA256SUMS over every file that is packed, in the form
// that `sha256sum --check` reads too, dist/sbom.cdx.json, and the licences of what is bundled. Where the publisher gives
// a key, ALLOCELL_RELEASE_KEY=FILE, the sums are signed: dist/SHA256SUMS.sig. The last step of `npm run build`.
import { execFileSync } from "node:child_process";
import { createHash } from "node:crypto";
import { readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { SIGNATURE_FILE, SUMS_FILE } from "../src/cli/qualification/checkFiles.js";
import { fingerprintOf, readPrivateKey } from "../src/cli/signing/keys.js";
import { RELEASE_NAMESPACE, toSshSignature } from "../src/cli/signing/sshsig.js";
import { bundledPackages, METAFILES, type BundledPackage } from "./bundled.js";

const root = fileURLToPath(new URL("..", import.meta.url));

const npm = (...argv: readonly string[]): unknown =>
  JSON.parse(
    execFileSync("npm", argv, { cwd: root, encoding: "utf8", maxBuffer: 1 << 28, shell: process.platform === "win32" }),
  );

interface Component {
  readonly "bom-ref": string;
  readonly name: string;
  readonly version: string;
}

interface Sbom {
  serialNumber?: string;
  readonly metadata: {
    timestamp?: string;
    readonly component: { name: string; components?: readonly object[] } & Component;
  };
  components: readonly Component[];
  dependencies: readonly { readonly ref: string; readonly dependsOn?: readonly string[] }[];
}

interface Lockfile {
  readonly packages: Readonly<
    Record<string, { readonly version: string; readonly dev?: true; readonly devOptional?: true }>
  >;
}

const NAME = (JSON.parse(readFileSync(join(root, "package.json"), "utf8")) as { readonly name: string }).name;
const refOf = (name: string, version: string): string => `${name}@${version}`;

/** What npm installs with the package. `npm sbom --omit dev` leaves out what a development tool needs as well. */
function installedRefs(): ReadonlySet<string> {
  const { packages } = JSON.parse(readFileSync(join(root, "package-lock.json"), "utf8")) as Lockfile;
  const installed = Object.entries(packages).filter(
    ([path, { dev, devOptional }]) => path !== "" && !dev && !devOptional,
  );
  return new Set(installed.map(([path, { version }]) => refOf(path.replace(/^.*node_modules\//u, ""), version)));
}

/**
 * The bill of materials without what differs from one run to the next. What is installed with the package stands in
 * `components`; what is bundled into it are components of its own component.
 */
function sbomText(bundled: readonly BundledPackage[]): string {
  const sbom = npm("sbom", "--sbom-format", "cyclonedx", "--package-lock-only") as Sbom;
  delete sbom.serialNumber;
  delete sbom.metadata.timestamp;
  const { component } = sbom.metadata;
  // npm takes the name of the folder that the builder works in.
  component.name = NAME;
  const all = new Map(sbom.components.map((one) => [refOf(one.name, one.version), one]));
  component.components = bundled.map(({ name, version }) => {
    const one = all.get(refOf(name, version));
    if (one === undefined) throw new Error(`${name} ${version} is bundled and is not in the lockfile`);
    // For npm it is a tool of development.
    return { ...one, scope: undefined, properties: undefined };
  });
  const installed = installedRefs();
  sbom.components = sbom.components.filter(({ name, version }) => installed.has(refOf(name, version)));
  const refs = new Set([component["bom-ref"], ...sbom.components.map((one) => one["bom-ref"])]);
  sbom.dependencies = sbom.dependencies
    .filter(({ ref }) => refs.has(ref))
    .map(({ ref, dependsOn = [] }) => ({ ref, dependsOn: dependsOn.filter((other) => refs.has(other)) }));
  // The registry from which a dependency came is the builder's.
  return `${JSON.stringify(sbom, (key, value: unknown) => (key === "externalReferences" ? undefined : value), 1)}\n`;
}

/** The files of the package as npm packs them, without the sums themselves and their signature. */
function packed(): readonly string[] {
  const [{ files }] = npm("pack", "--dry-run", "--json", "--ignore-scripts") as [
    { files: readonly { path: string }[] },
  ];
  return files
    .map(({ path }) => path.replaceAll("\\", "/"))
    .filter((path) => path !== SUMS_FILE && path !== SIGNATURE_FILE);
}

/** Signs the sums by the publisher's key; without one the package is not signed, and `allocell iq` says so. */
function signSums(sums: string, keyFile: string | undefined): void {
  // What an earlier build signed is not of this one.
  rmSync(join(root, SIGNATURE_FILE), { force: true });
  if (keyFile === undefined || keyFile === "") return;
  const key = readPrivateKey(readFileSync(keyFile, "utf8"), keyFile);
  writeFileSync(join(root, SIGNATURE_FILE), toSshSignature(Buffer.from(sums, "utf8"), key, RELEASE_NAMESPACE));
  console.log(`${SIGNATURE_FILE}: signed by the key ${fingerprintOf(key.publicBlob)}`);
}

const bundled = bundledPackages();
for (const file of METAFILES) rmSync(join(root, file));
const head = `Programs of others that are bundled into dist, with their licences: ${bundled.length} packages.\n`;
const licences = bundled.map(({ name, version, license, text }) => `${name} ${version} (${license})\n\n${text}\n`);
writeFileSync(join(root, "dist/THIRD-PARTY.txt"), [head, ...licences].join(`\n${"-".repeat(80)}\n\n`));
writeFileSync(join(root, "dist/sbom.cdx.json"), sbomText(bundled));
const lines = [...packed()].sort().map(
  (path) =>
    `${createHash("sha256")
      .update(readFileSync(join(root, path)))
      .digest("hex")}  ${path}\n`,
);
writeFileSync(join(root, SUMS_FILE), lines.join(""));
signSums(lines.join(""), process.env["ALLOCELL_RELEASE_KEY"]);
