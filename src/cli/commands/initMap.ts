import { statSync } from "node:fs";
import { resolve } from "node:path";
import { exportFormat, toMapTemplate } from "../../exchange/index.js";
import type { Plan } from "../../list/index.js";
import { touching } from "../../store/disk/index.js";
import { writeOne } from "../custodyFiles.js";
import { jsonText, type CommonOptions, type Io } from "../io.js";
import { readManifest } from "../listManifest.js";
import { readPlanFile } from "../planFile.js";

export interface InitMapOptions extends CommonOptions {
  readonly to: string;
  readonly out?: string;
}

/** `allocell init map PLAN|FOLDER --to FORMAT`: a map file with every name of the plan, to be filled in. */
export async function initMap(io: Io, path: string, options: InitMapOptions): Promise<number> {
  const format = exportFormat(options.to);
  const plan = await planAt(io, path);
  const out = options.out ?? `${plan.list}.${options.to}.map.yaml`;
  writeOne(io, out, toMapTemplate(format, plan), 0o644);
  await io.stdout.write(
    options.json === true
      ? jsonText({ command: "init map", file: out, to: options.to })
      : `${out}\n  ${io.language === "zh" ? "请替换每一处 TO-STATE，然后运行：" : "Replace every TO-STATE, then: "}allocell export FOLDER --to ${options.to} --map ${out}\n`,
  );
  return 0;
}

/** The plan in a plan file, or in the manifest of a list's folder. */
async function planAt(io: Io, path: string): Promise<Plan> {
  if (touching(path, () => statSync(resolve(io.cwd, path)).isDirectory())) return (await readManifest(io, path)).plan;
  return (await readPlanFile(io, path)).plan;
}
