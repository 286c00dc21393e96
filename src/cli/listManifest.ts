import { readdirSync } from "node:fs";
import { join, resolve } from "node:path";
import { fail } from "../foundation/index.js";
import { parseUnblindedManifest, planHash, type ReadManifest, listFileNames, listOfFileName } from "../list/index.js";
import { failAt, touching } from "../store/disk/index.js";
import { inFile, readDataFile } from "./dataFile.js";
import type { Io } from "./io.js";

/** The unblinded manifest in a folder that holds one list, with its name. @throws AllocellError `cli.not_a_list`, `list.manifest_*` */
export async function readManifest(io: Io, folder: string): Promise<ReadManifest & { readonly file: string }> {
  const entries = touching(folder, () => readdirSync(resolve(io.cwd, folder)));
  const manifests = entries.filter((name) => {
    const list = listOfFileName(name);
    return list !== undefined && name === listFileNames(list.list, list.status).unblindedManifest;
  });
  const [name, ...more] = manifests;
  if (name === undefined || more.length > 0) {
    return failAt({
      code: "cli.not_a_list",
      path: folder,
      file: folder,
      message: `This folder holds ${manifests.length === 0 ? "no unblinded manifest" : `${manifests.length} unblinded manifests`}.`,
      expected: "a folder that `allocell list` wrote, with the unblinded manifest of one list",
      parameters: { found: manifests.length },
    });
  }
  const file = join(folder, name);
  const source = await readDataFile(io, file);
  const manifest = inFile(source, "", () => parseUnblindedManifest(source.data));
  const { plan, planHash: hash } = manifest;
  if (planHash(plan) !== hash) {
    inFile(source, "", () =>
      fail(
        "list.manifest_altered",
        "planHash",
        "The plan in the manifest is not the one that its hash was made from.",
        { expected: hash, received: planHash(plan) },
      ),
    );
  }
  return { ...manifest, file };
}
