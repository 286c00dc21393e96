import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { isAllowedLicence } from "../support/licences.js";

interface Component {
  readonly "bom-ref": string;
  readonly type: string;
  readonly name: string;
  readonly version: string;
  readonly purl: string;
  readonly hashes?: readonly { readonly alg: string; readonly content: string }[];
  readonly licenses: readonly {
    readonly license?: { readonly id?: string };
    readonly expression?: string;
  }[];
}

interface Bill {
  readonly bomFormat: string;
  readonly specVersion: string;
  readonly version: number;
  readonly metadata: { readonly component: Component & { readonly components: readonly Component[] } };
  readonly components: readonly Component[];
  readonly dependencies: readonly { readonly ref: string; readonly dependsOn?: readonly string[] }[];
}

const json = (file: string): unknown => JSON.parse(readFileSync(file, "utf8"));

/** What CycloneDX and the form of package URLs ask of a component, and that its licence is an allowed one. */
function checkComponent(one: Component): void {
  const { name, version, licenses } = one;
  assert.equal(one["bom-ref"], `${name}@${version}`);
  assert.equal(one.type, "library", name);
  assert.match(version, /^\d+\.\d+\.\d+/, name);
  assert.equal(one.purl, `pkg:npm/${name.replace(/^@/, "%40")}@${version}`);
  assert.ok(licenses.length > 0, `${name} has no licence`);
  for (const { license, expression } of licenses) {
    const stated = license?.id ?? expression ?? "none";
    assert.ok(isAllowedLicence(stated), `${name} has the licence ${stated}`);
  }
}

/**
 * The bill of materials of an installed package: CycloneDX in shape, complete, and with allowed licences alone; what is
 * installed, and what the licence texts of bundled programs say, is what it says.
 *
 * @param modules The folder `node_modules` into which the package was installed
 * @returns how many packages there are
 */
export function checkBillOfMaterials(modules: string): string {
  const own = join(modules, "allocell");
  const { version } = json(join(own, "package.json")) as { readonly version: string };
  const bill = json(join(own, "dist/sbom.cdx.json")) as Bill;
  assert.deepEqual([bill.bomFormat, bill.specVersion, bill.version], ["CycloneDX", "1.5", 1]);
  const { component } = bill.metadata;
  assert.deepEqual([component.name, component.version], ["allocell", version]);
  const bundled = component.components;
  for (const one of [component, ...bill.components, ...bundled]) checkComponent(one);
  for (const { name, hashes = [] } of [...bill.components, ...bundled])
    assert.ok(
      hashes.some(({ alg, content }) => alg === "SHA-512" && /^[0-9a-f]{128}$/.test(content)),
      `${name} has no SHA-512`,
    );
  const refs = [component, ...bill.components].map((one) => one["bom-ref"]);
  assert.equal(new Set(refs).size, refs.length, "a component stands twice");
  for (const { ref, dependsOn = [] } of bill.dependencies)
    for (const each of [ref, ...dependsOn]) assert.ok(refs.includes(each), `${each} is no component`);

  const { packages } = json(join(modules, ".package-lock.json")) as {
    readonly packages: Readonly<Record<string, { readonly version: string }>>;
  };
  const installed = Object.entries(packages)
    .filter(([path]) => path !== "node_modules/allocell")
    .map(([path, one]) => `${path.replace(/^.*node_modules\//, "")}@${one.version}`);
  assert.deepEqual(bill.components.map((one) => one["bom-ref"]).sort(), installed.sort());
  for (const path of Object.keys(packages)) {
    const { name, license = "none" } = json(join(modules, "..", path, "package.json")) as {
      readonly name: string;
      readonly license?: string;
    };
    assert.ok(isAllowedLicence(license), `${name} is installed and has the licence ${license}`);
  }

  const texts = readFileSync(join(own, "dist/THIRD-PARTY.txt"), "utf8");
  assert.ok(bundled.length > 0 && texts.includes(`: ${bundled.length} packages.`), "licence texts of each bundled one");
  for (const one of bundled) assert.match(texts, new RegExp(`^${one.name} ${one.version} \\(`, "m"));
  return `${installed.length} installed, ${bundled.length} bundled`;
}
