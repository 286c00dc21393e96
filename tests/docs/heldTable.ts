import { readFileSync, writeFileSync } from "node:fs";
import { format } from "prettier";
import { expect } from "vitest";

/** A table of a page, in the page's format. */
const tableOf = async (head: readonly string[], rows: readonly (readonly string[])[]): Promise<string> => {
  const lines = [head, head.map(() => "---"), ...rows].map((cells) => {
    return `| ${cells.map((cell) => cell.replaceAll("|", "\\|")).join(" | ")} |\n`;
  });
  return format(lines.join(""), { parser: "markdown" });
};

/** Holds the table of a page that begins with this head to what it should be. */
export async function holdTable(
  page: string,
  head: readonly string[],
  rows: readonly (readonly string[])[],
): Promise<void> {
  const path = `docs/${page}`;
  const text = readFileSync(path, "utf8");
  const found = new RegExp(
    `^\\| ${head.map((cell) => cell.replace(".", "\\.")).join(" +\\| ")} +\\|\\n(?:\\|.*\\n)+`,
    "mu",
  ).exec(text)?.[0];
  if (found === undefined) throw new Error(`${path} has no table of ${head.join(", ")}.`);
  const table = await tableOf(head, rows);
  if (process.env["ALLOCELL_UPDATE"] === "1")
    writeFileSync(
      path,
      text.replace(found, () => table),
    );
  expect(readFileSync(path, "utf8"), `${path}: this test writes it with ALLOCELL_UPDATE=1`).toContain(table);
}
