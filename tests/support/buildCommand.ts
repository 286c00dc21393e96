import { build } from "esbuild";
import { commandBuild, fileTexts } from "../../build/command.js";

/**
 * Builds the command as `npm run build` does, with its packages inside, and other programs beside it: it starts in two
 * thirds of the time of one that finds its packages when it runs.
 *
 * @param more - other entry points, by name
 */
export async function buildCommand(outdir: string, more: Readonly<Record<string, string>> = {}): Promise<void> {
  await build({
    ...commandBuild,
    entryPoints: { main: "src/cli/main.ts", ...more },
    ...{ outdir, bundle: true, splitting: true, tsconfig: "tsconfig.node.json", loader: fileTexts },
  });
}
