import { readdirSync, readFileSync } from "node:fs";
import { posix } from "node:path";
import ts from "typescript";

/** One file of src with what it imports and exports. */
export interface SourceFile {
  /** Path from src, for example `dose/prescribe.ts`. */
  readonly path: string;
  /** The first folder of the path, or the file's own name for a file directly in src. A store may have rooms within. */
  readonly room: string;
  /** Paths from src of imported files. */
  readonly files: readonly string[];
  /** Imports that are not files: `zod`, `node:fs`. */
  readonly packages: readonly string[];
  readonly tree: ts.SourceFile;
}

const roomOf = (path: string): string => /^store\/(?:disk|logfile)(?=\/)/.exec(path)?.[0] ?? path.split("/")[0] ?? path;

function readSource(path: string): SourceFile {
  const text = readFileSync(`src/${path}`, "utf8");
  const names = ts.preProcessFile(text, true, true).importedFiles.map(({ fileName }) => fileName);
  const isFile = (name: string): boolean => name.startsWith(".");
  const toPath = (name: string): string => posix.join(posix.dirname(path), name).replace(/\.js$/, ".ts");
  return {
    path,
    room: roomOf(path),
    files: names.filter(isFile).map(toPath),
    packages: names.filter((name) => !isFile(name)),
    tree: ts.createSourceFile(path, text, ts.ScriptTarget.ES2022, true),
  };
}

/** All files of src, by path. */
export function readSources(): ReadonlyMap<string, SourceFile> {
  const paths = readdirSync("src", { recursive: true, encoding: "utf8" }).map((path) => path.replaceAll("\\", "/"));
  return new Map(
    paths
      .filter((path) => /\.tsx?$/.test(path))
      .sort()
      .map((path) => [path, readSource(path)]),
  );
}

/** The names that a file exports, those of `export *` included, values and types apart. */
export interface ExportedNames {
  readonly values: readonly string[];
  readonly types: readonly string[];
  /** Values for other rooms alone: `stripInternal` takes their declarations out of the package, and types with them. */
  readonly internal: readonly string[];
}

/** Reads the exported names of an index file, which holds nothing but `export … from`, or of any file it leads to. */
export function exportedNames(sources: ReadonlyMap<string, SourceFile>, path: string): ExportedNames {
  const values = new Set<string>();
  const types = new Set<string>();
  const internal = new Set<string>();
  for (const statement of sources.get(path)?.tree.statements ?? []) {
    if (ts.isExportDeclaration(statement)) {
      const from = statement.moduleSpecifier as ts.StringLiteral | undefined;
      const { exportClause } = statement;
      if (from !== undefined && exportClause === undefined) {
        const target = posix.join(posix.dirname(path), from.text).replace(/\.js$/, ".ts");
        const found = exportedNames(sources, target);
        for (const name of found.values) (statement.isTypeOnly ? types : values).add(name);
        for (const name of found.types) types.add(name);
      } else if (exportClause !== undefined && ts.isNamedExports(exportClause)) {
        for (const { name, isTypeOnly } of exportClause.elements) {
          const isType = statement.isTypeOnly || isTypeOnly;
          if (!isInternal(statement)) (isType ? types : values).add(name.text);
          else if (!isType) internal.add(name.text);
        }
      }
    } else if (isExported(statement)) {
      if (ts.isInterfaceDeclaration(statement) || ts.isTypeAliasDeclaration(statement)) types.add(statement.name.text);
      else if (ts.isVariableStatement(statement)) {
        for (const { name } of statement.declarationList.declarations)
          values.add(name.getText(statement.getSourceFile()));
      } else if ((ts.isFunctionDeclaration(statement) || ts.isClassDeclaration(statement)) && statement.name) {
        values.add(statement.name.text);
      }
    }
  }
  return { values: [...values].sort(), types: [...types].sort(), internal: [...internal].sort() };
}

const isInternal = (statement: ts.Statement): boolean =>
  ts.getJSDocTags(statement).some(({ tagName }) => tagName.text === "internal");

function isExported(statement: ts.Statement): boolean {
  return (
    ts.canHaveModifiers(statement) &&
    (ts.getModifiers(statement) ?? []).some(({ kind }) => kind === ts.SyntaxKind.ExportKeyword)
  );
}
