import { existsSync, readdirSync, readFileSync } from "node:fs";
import ts from "typescript";

/** A ```ts block of a document. */
export interface CodeBlock {
  readonly file: string;
  /** Line of the opening fence, from 1. */
  readonly line: number;
  readonly code: string;
  /** Why the block is not run: the words after ```ts no-run. Absent: it is run. */
  readonly noRun?: string;
}

/** README in each language, and every page in docs and its folders, sorted. */
export function documents(): readonly string[] {
  const docs = readdirSync("docs", { recursive: true, encoding: "utf8" }).filter((name) => name.endsWith(".md"));
  const pages = docs.map((name) => `docs/${name.replaceAll("\\", "/")}`).sort();
  return ["README.md", "README.zh.md", ...pages].filter((file) => existsSync(file));
}

/** Every ```ts block of the documents, but for the pages of the API, whose blocks are parts of docstrings. */
export const codeBlocks = (): readonly CodeBlock[] =>
  documents()
    .filter((file) => !file.startsWith("docs/api/"))
    .flatMap(blocksOf);

function blocksOf(file: string): CodeBlock[] {
  const text = readFileSync(file, "utf8");
  return [...text.matchAll(/^```(?:ts|typescript)\b[ ]*(.*)\n([\s\S]*?)^```$/gm)].map((match) => {
    const [, info = "", code = ""] = match;
    const line = text.slice(0, match.index).split("\n").length;
    return { file, line, code, ...(info.startsWith("no-run") ? { noRun: info.slice("no-run".length).trim() } : {}) };
  });
}

const LITERALS = new Set([
  ts.SyntaxKind.StringLiteral,
  ts.SyntaxKind.NoSubstitutionTemplateLiteral,
  ts.SyntaxKind.NumericLiteral,
  ts.SyntaxKind.BigIntLiteral,
  ts.SyntaxKind.TrueKeyword,
  ts.SyntaxKind.FalseKeyword,
  ts.SyntaxKind.NullKeyword,
]);

function isLiteral(node: ts.Expression): boolean {
  if (LITERALS.has(node.kind)) return true;
  if (ts.isIdentifier(node)) return node.text === "undefined";
  if (ts.isPrefixUnaryExpression(node)) return isLiteral(node.operand);
  if (ts.isArrayLiteralExpression(node)) return node.elements.every(isLiteral);
  return (
    ts.isObjectLiteralExpression(node) &&
    node.properties.every((property) => ts.isPropertyAssignment(property) && isLiteral(property.initializer))
  );
}

/**
 * The value that a comment states: `=> value`, or nothing but a value. Prose is no value.
 *
 * @returns the source text of the value
 * @throws Error if `=>` is followed by something that is no value
 */
function statedValue(comment: string): string | undefined {
  const text = comment.replace(/^=>/, "").trim();
  const parsed = ts.createSourceFile("value.ts", `(${text})`, ts.ScriptTarget.ES2022);
  const { parseDiagnostics } = parsed as unknown as { readonly parseDiagnostics: readonly unknown[] };
  const statement = parsed.statements.length === 1 ? parsed.statements[0] : undefined;
  const isValue =
    parseDiagnostics.length === 0 &&
    statement !== undefined &&
    ts.isExpressionStatement(statement) &&
    ts.isParenthesizedExpression(statement.expression) &&
    isLiteral(statement.expression.expression);
  if (isValue) return text;
  if (comment.startsWith("=>")) throw new Error(`"// ${comment}" states no value`);
  return undefined;
}

/** The comment after a statement: on its last line, or else alone on the lines that follow it. */
function commentAfter(code: string, end: number): string | undefined {
  const rest = code.slice(end);
  const beside = /^[ \t]*\/\/ ?(.*)/.exec(rest)?.[1];
  if (beside !== undefined) return beside.trim();
  const below = /^[ \t]*\n((?:[ \t]*\/\/.*(?:\n|$))+)/.exec(rest)?.[1];
  return below
    ?.split("\n")
    .map((line) => line.trim().replace(/^\/\/ ?/, ""))
    .join(" ")
    .trim();
}

/** What a statement shows: its expression, the argument of console.log, or the one name that it declares. */
function shownBy(statement: ts.Statement, source: ts.SourceFile): string | undefined {
  if (ts.isVariableStatement(statement)) {
    const [first, ...others] = statement.declarationList.declarations;
    return first !== undefined && others.length === 0 && ts.isIdentifier(first.name) ? first.name.text : undefined;
  }
  if (!ts.isExpressionStatement(statement)) return undefined;
  const { expression } = statement;
  const isLog = ts.isCallExpression(expression) && expression.expression.getText(source) === "console.log";
  return isLog ? expression.arguments[0]?.getText(source) : expression.getText(source);
}

/**
 * The block as the body of an async function of `require`, `console`, `stated` and `refused`. A statement with a
 * stated value calls `stated(actual, expected, line)`; one with `// throws code` calls `refused(run, code, line)`.
 */
export function toRunnable({ code }: CodeBlock): string {
  const source = ts.createSourceFile("block.ts", code, ts.ScriptTarget.ES2022, true);
  const edits: { readonly from: number; readonly to: number; readonly text: string }[] = [];
  const visit = (node: ts.Node): void => {
    ts.forEachChild(node, visit);
    if (!ts.isExpressionStatement(node) && !ts.isVariableStatement(node)) return;
    const comment = commentAfter(code, node.end);
    const shown = shownBy(node, source);
    if (comment === undefined || shown === undefined) return;
    const line = source.getLineAndCharacterOfPosition(node.getStart(source)).line + 1;
    const refusal = /^throws ([a-z]\w*\.\w+)/i.exec(comment)?.[1];
    if (refusal !== undefined) {
      const text = `await refused(async () => { ${node.getText(source)} }, ${JSON.stringify(refusal)}, ${line});`;
      edits.push({ from: node.getStart(source), to: node.end, text });
      return;
    }
    const value = statedValue(comment);
    if (value === undefined) return;
    const check = `stated(${shown}, (${value}), ${line});`;
    if (ts.isVariableStatement(node)) edits.push({ from: node.end, to: node.end, text: ` ${check}` });
    else edits.push({ from: node.getStart(source), to: node.end, text: check });
  };
  visit(source);
  let edited = code;
  for (const { from, to, text } of edits.sort((a, b) => b.from - a.from)) {
    edited = edited.slice(0, from) + text + edited.slice(to);
  }
  const { outputText } = ts.transpileModule(edited, {
    compilerOptions: { module: ts.ModuleKind.CommonJS, target: ts.ScriptTarget.ES2022, esModuleInterop: true },
  });
  return outputText;
}
