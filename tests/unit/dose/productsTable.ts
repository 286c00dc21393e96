import { PRODUCTS, type Cited, type Product } from "../../../src/dose/index.js";

const cited = (id: string, what: string, fact: Cited | undefined): readonly (readonly string[])[] =>
  fact === undefined ? [] : [[id, what, fact.statement, fact.source]];

/** The products table of docs/products.md. */
export function productsTable(): string {
  const rows = PRODUCTS.flatMap((product: Product) => [
    ...product.regimens.flatMap(({ id, title, source, indication }) => [
      [product.id, `dose, regimen \`${id}\``, title, source],
      ...cited(product.id, `for whom, regimen \`${id}\``, indication),
    ]),
    ...cited(product.id, "for whom", product.indication),
    ...product.facts.map(({ topic, statement, source }) => [product.id, topic, statement, source]),
    ...cited(product.id, "storage", product.storage),
    ...cited(product.id, "expiry", product.expiry),
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
