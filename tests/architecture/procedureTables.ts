/* The files of src in which every procedure stands, made from the procedures' own files. */
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { format } from "prettier";

const FOLDER = "src/procedure";
const PROGRAMS = "src/reproduce/programs";

/** A procedure that a plan may name, as its file says it. */
interface ProcedureFile {
  readonly kind: string;
  /** The name of its function, and of its file. */
  readonly name: string;
}

const camel = (kebab: string): string =>
  kebab.replace(/-([a-z])/gu, (_, letter: string) => letter.toUpperCase()).replaceAll("-", "");
const pascal = (name: string): string => `${name[0]!.toUpperCase()}${name.slice(1)}`;

/** Every file that defines a procedure of a plan: `export const bigStickDefinition: Definition<BigStickSpec>`. */
function procedureFiles(): readonly ProcedureFile[] {
  return readdirSync(FOLDER).flatMap((file) => {
    const name = file.replace(/\.ts$/u, "");
    if (!readFileSync(`${FOLDER}/${file}`, "utf8").includes(`export const ${name}Definition: Definition<`)) return [];
    return [{ name, kind: name.replace(/[A-Z]/gu, (letter) => `-${letter.toLowerCase()}`) }];
  });
}

/** The procedures in the order in which a file has them already; new ones follow, by their names. */
function inOrderOf(path: string, files: readonly ProcedureFile[]): readonly ProcedureFile[] {
  const text = existsSync(path) ? readFileSync(path, "utf8") : "";
  const place = ({ kind }: ProcedureFile): number => {
    const found = text.search(new RegExp(`^ +"?${kind}"?[,:]`, "mu"));
    return found === -1 ? Infinity : found;
  };
  return [...files].sort((a, b) => (place(a) === place(b) ? (a.kind < b.kind ? -1 : 1) : place(a) - place(b)));
}

const HEAD = `// Written by \`ALLOCELL_UPDATE=1 npx vitest run tests/architecture\` from the files of the procedures. Their order here
// is kept, and may be changed by hand; a new one is put last.
`;

function table(files: readonly ProcedureFile[]): string {
  const byName = [...files].sort((a, b) => (a.name < b.name ? -1 : 1));
  const lines = (line: (file: ProcedureFile) => string): string => files.map(line).join("");
  return `${byName.map(({ name }) => `import { ${name}Definition, type ${pascal(name)}Spec } from "./${name}.js";\n`).join("")}
import type { Definition } from "./definition.js";

/** What a plan states of a procedure, by its kind. */
export interface SpecByKind {
${lines(({ kind, name }) => `  readonly "${kind}": ${pascal(name)}Spec;\n`)}}

/** Every list procedure by its kind. */
export const DEFINITIONS: { readonly [Kind in keyof SpecByKind]: Definition<SpecByKind[Kind]> } = {
${lines(({ kind, name }) => `  "${kind}": ${name}Definition,\n`)}};
`;
}

const kinds = (files: readonly ProcedureFile[]): string => `import type { ProcedureKind } from "./spec.js";

/**
 * The kinds of list procedures in the order in which a person is offered them, those that are used most first; a plan
 * begins with the first. Loads nothing of the procedures themselves.
 */
export const PROCEDURE_KINDS: readonly [ProcedureKind, ...ProcedureKind[]] = [
${files.map(({ kind }) => `  "${kind}",\n`).join("")}];
`;

const offers = (files: readonly ProcedureFile[]): string => `${[...files]
  .sort((a, b) => (a.name < b.name ? -1 : 1))
  .map(({ name }) => `import { ${name}Offer } from "./${name}.js";\n`)
  .join("")}import type { Offer } from "./offer.js";
import type { SpecByKind } from "./table.js";

/**
 * How every list procedure is offered, in the order in which designs are looked at: those that remember more than a small
 * imbalance are last.
 *
 * @internal
 */
export const OFFERS: { readonly [Kind in keyof SpecByKind]: Offer<SpecByKind[Kind]> } = {
${files.map(({ kind, name }) => `  "${kind}": ${name}Offer,\n`).join("")}};
`;

const functions = (files: readonly ProcedureFile[]): string =>
  [...files]
    .sort((a, b) => (a.name < b.name ? -1 : 1))
    .map(({ name }) => `export { ${name}, type ${pascal(name)}Options } from "./${name}.js";\n`)
    .join("");

/** A program's language: its parts that several procedures share, in the order in which they stand in a program. */
interface Language {
  readonly folder: string;
  readonly ending: string;
  readonly shared: readonly string[];
  /** What stands in every program. */
  readonly always: readonly string[];
  /** The functions that a text defines. */
  readonly defined: RegExp;
  /** Procedures whose program is that of another, by the name of its file. */
  readonly same: Readonly<Record<string, string>>;
  readonly constant: string;
  readonly says: string;
}

const LANGUAGES: readonly Language[] = [
  {
    folder: "python",
    ending: "py",
    shared: ["whole-balls", "power-balls", "constrained-balance"],
    always: [],
    defined: /^(?:def|class) (\w+)/gmu,
    same: { efron: "biased-coin", chen: "biased-coin" },
    constant: "PYTHON_PROCEDURE",
    says: "The Python class `Procedure` of every kind, after the functions that it needs.",
  },
  {
    folder: "r",
    ending: "R",
    shared: ["helpers", "fraction", "excess", "distances", "powers"],
    always: ["helpers"],
    defined: /^(\w+) <- function/gmu,
    same: {},
    constant: "R_PROCEDURE",
    says: "The R function `procedure(ratio, rows)` of every kind, which gives the urn, after the functions that it needs.",
  },
];

/** The shared parts whose functions a text uses, those that they use in turn, and what always stands there. */
function partsOf(text: string, { folder, ending, shared, always, defined }: Language): readonly string[] {
  const texts = new Map(shared.map((part) => [part, readFileSync(`${PROGRAMS}/${folder}/${part}.${ending}`, "utf8")]));
  const needed = new Set(always);
  const look = (own: string): void => {
    for (const [part, other] of texts) {
      const isUsed = [...other.matchAll(defined)].some(([, name]) => new RegExp(`\\b${name!}\\(`, "u").test(own));
      if (!isUsed || needed.has(part)) continue;
      needed.add(part);
      look(other);
    }
  };
  look(text);
  return shared.filter((part) => needed.has(part));
}

function programs(language: Language, files: readonly ProcedureFile[]): string {
  const { folder, ending, same, constant, says } = language;
  const parts = files.map(({ kind }) => {
    const own = same[kind] ?? kind;
    const path = `${PROGRAMS}/${folder}/${own}.${ending}`;
    if (!existsSync(path)) throw new Error(`${kind} has no program: ${path} is missing.`);
    return [kind, [...partsOf(readFileSync(path, "utf8"), language), own]] as const;
  });
  const imported = [...new Set(parts.flatMap(([, own]) => own))].sort();
  return `import type { ProcedureKind } from "../../../procedure/index.js";
${imported.map((part) => `import ${camel(part)} from "./${part}.${ending}";\n`).join("")}
/** ${says} */
export const ${constant}: Readonly<Record<ProcedureKind, readonly string[]>> = {
${parts.map(([kind, own]) => `  "${kind}": [${own.map(camel).join(", ")}],\n`).join("")}};
`;
}

/** The text of every file that is written from the procedures' own files, by its path. */
export async function procedureTables(): Promise<ReadonlyMap<string, string>> {
  const files = procedureFiles();
  const made: readonly (readonly [string, (files: readonly ProcedureFile[]) => string])[] = [
    [`${FOLDER}/table.ts`, table],
    [`${FOLDER}/kinds.ts`, kinds],
    [`${FOLDER}/offers.ts`, offers],
    [`${FOLDER}/functions.ts`, functions],
    ...LANGUAGES.map(
      (own) => [`${PROGRAMS}/${own.folder}/ofProcedures.ts`, (all: typeof files) => programs(own, all)] as const,
    ),
  ];
  const texts = made.map(async ([path, write]) => {
    const text = `${HEAD}${write(inOrderOf(path, files))}`;
    return [path, await format(text, { parser: "typescript", printWidth: 120 })] as const;
  });
  return new Map(await Promise.all(texts));
}
