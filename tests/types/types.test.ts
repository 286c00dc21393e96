// What the types forbid, and what they are: the compiler judges the statements of the files beside this one.
import { readdirSync } from "node:fs";
import { join } from "node:path";
import ts from "typescript";
import { describe, expect, it } from "vitest";

const root = join(import.meta.dirname, "../..");
const names = readdirSync(import.meta.dirname).filter((name) => name.endsWith(".test-d.ts"));

const config = ts.getParsedCommandLineOfConfigFile(
  join(root, "tsconfig.node.json"),
  {},
  { ...ts.sys, onUnRecoverableConfigFileDiagnostic: () => expect.unreachable("tsconfig.node.json is not read") },
);
const program = ts.createProgram(
  names.map((name) => join(import.meta.dirname, name)),
  config?.options ?? {},
);

interface Statement {
  readonly name: string;
  readonly start: number;
  readonly end: number;
}

/** The calls `it("name", ...)` of a file. */
function statementsOf(source: ts.SourceFile): readonly Statement[] {
  const found: Statement[] = [];
  const visit = (node: ts.Node): void => {
    const [name] = ts.isCallExpression(node) && node.expression.getText() === "it" ? node.arguments : [];
    if (name !== undefined && ts.isStringLiteral(name)) {
      found.push({ name: name.text, start: node.getStart(), end: node.end });
    } else ts.forEachChild(node, visit);
  };
  ts.forEachChild(source, visit);
  return found;
}

describe.each(names)("%s", (file) => {
  const source = program.getSourceFile(join(import.meta.dirname, file));
  if (source === undefined) throw new Error(`${file} is not read`);
  // Of these files alone: `npm run typecheck` checks the sources that they use.
  const faults = [...program.getSyntacticDiagnostics(source), ...program.getSemanticDiagnostics(source)];
  const told = ({ start = 0, messageText }: ts.Diagnostic): string =>
    `line ${source.getLineAndCharacterOfPosition(start).line + 1}: ${ts.flattenDiagnosticMessageText(messageText, "\n")}`;
  const statements = statementsOf(source);

  it.each(statements)("$name", ({ start: from, end }) => {
    expect(faults.filter(({ start = 0 }) => start >= from && start < end).map(told)).toEqual([]);
  });

  it("has no fault outside its statements", () => {
    expect(statements).not.toEqual([]);
    const within = ({ start = 0 }: ts.Diagnostic): boolean =>
      statements.some((one) => start >= one.start && start < one.end);
    expect(faults.filter((fault) => !within(fault)).map(told)).toEqual([]);
  });
});
