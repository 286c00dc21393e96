import { PRODUCTS, type Product } from "../../../src/dose/index.js";

/** The products table of docs/preparation.md. */
export function productsTable(): string {
  const rows = PRODUCTS.flatMap((product: Product) => [
    ...product.regimens.map(({ id, title, source }) => [product.id, `dose, regimen \`${id}\``, title, source]),
    ...product.facts.map(({ topic, statement, source }) => [product.id, topic, statement, source]),
  ]);
  return [
    "| Product | What | Statement | Source |",
    "| --- | --- | --- | --- |",
    ...rows.map((row) => `| ${row.join(" | ")} |`),
  ].join("\n");
}

/** Cells of a Markdown table without their padding. */
export function cellsOf(markdown: string): readonly (readonly string[])[] {
  return markdown
    .split("\n")
    .filter((line) => line.startsWith("|") && !/^\|[\s|:-]+\|$/u.test(line))
    .map((line) =>
      line
        .split(/(?<!\\)\|/u)
        .slice(1, -1)
        .map((cell) => cell.trim()),
    );
}
