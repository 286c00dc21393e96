// Writes what the installation qualification compares with: dist/SHA256SUMS over every file that is packed, in the form
// that `sha256sum --check` reads too, and dist/sbom.cdx.json. The last step of `npm run build`.
import { execFileSync } from "node:child_process";
import { createHash } from "node:crypto";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

const root = fileURLToPath(new URL("..", import.meta.url));

const npm = (...argv: readonly string[]): unknown =>
  JSON.parse(
    execFileSync("npm", argv, { cwd: root, encoding: "utf8", maxBuffer: 1 << 28, shell: process.platform === "win32" }),
  );

interface Sbom {
  serialNumber?: string;
  readonly metadata: { timestamp?: string; readonly component: object };
  readonly components: readonly object[];
}

/** The bill of materials without what differs from one run to the next. */
function sbomText(): string {
  const sbom = npm("sbom", "--sbom-format", "cyclonedx", "--omit", "dev", "--package-lock-only") as Sbom;
  delete sbom.serialNumber;
  delete sbom.metadata.timestamp;
  // The registry from which a dependency came is the builder's.
  return `${JSON.stringify(sbom, (key, value: unknown) => (key === "externalReferences" ? undefined : value), 1)}\n`;
}

/** The files of the package as npm packs them, without the sums themselves. */
function packed(): readonly string[] {
  const [{ files }] = npm("pack", "--dry-run", "--json", "--ignore-scripts") as [
    { files: readonly { path: string }[] },
  ];
  return files.map(({ path }) => path.replaceAll("\\", "/")).filter((path) => path !== "dist/SHA256SUMS");
}

writeFileSync(join(root, "dist/sbom.cdx.json"), sbomText());
const lines = [...packed()].sort().map(
  (path) =>
    `${createHash("sha256")
      .update(readFileSync(join(root, path)))
      .digest("hex")}  ${path}\n`,
);
writeFileSync(join(root, "dist/SHA256SUMS"), lines.join(""));
