import ts from "typescript";

/*
 * What the message of an issue tells, a host can tell in its own language: each value in it is in `path`, `expected`,
 * `received` or `parameters` too. Held where code and message stand together, in `fail(...)` or in an object.
 */

/** Parts of sentences, which are words and no values. */
const WORDS = new Set([
  ...[
    "also",
    "as",
    "cure",
    "given",
    "hint",
    "known",
    "machine",
    "message",
    "rate",
    "said",
    "source",
    "what",
    "who",
    "why",
  ],
  ...["faultText", "found.what", "fact.statement", "choice", "kind", "unit", "regimens"],
]);

/** An expression without what only writes it: `String(n)`, `describeReceived(text)`, `UNIT_KINDS[kind]`. */
function bare(node: ts.Expression): string {
  if (ts.isCallExpression(node) && ["String", "describeReceived"].includes(node.expression.getText())) {
    const [inner] = node.arguments;
    if (inner !== undefined) return bare(inner);
  }
  if (ts.isElementAccessExpression(node) && /^[A-Z_]+$/.test(node.expression.getText()))
    return bare(node.argumentExpression);
  return node.getText().replace(/\s+/gu, " ");
}

function expressionsIn(node: ts.Node | undefined, found = new Set<string>()): Set<string> {
  if (node === undefined) return found;
  if (ts.isExpression(node)) found.add(bare(node));
  if (ts.isIdentifier(node)) {
    const value = constantOf(node);
    if (value !== undefined) expressionsIn(value, found);
  }
  ts.forEachChild(node, (inner) => void expressionsIn(inner, found));
  return found;
}

/** What a name stands for that is a constant of a block around it. */
function constantOf(name: ts.Identifier): ts.Expression | undefined {
  for (let around: ts.Node = name.parent; !ts.isSourceFile(around); around = around.parent) {
    if (!ts.isBlock(around) && !ts.isCaseClause(around)) continue;
    for (const statement of around.statements.filter(ts.isVariableStatement)) {
      const [own] = statement.declarationList.declarations.filter((each) => each.name.getText() === name.text);
      if (own?.initializer !== undefined && own.end < name.pos) return own.initializer;
    }
  }
  return undefined;
}

/** The values that a message tells. */
function toldBy(message: ts.Expression): ts.Expression[] {
  if (ts.isTemplateExpression(message)) return message.templateSpans.map(({ expression }) => expression);
  if (ts.isParenthesizedExpression(message)) return toldBy(message.expression);
  if (ts.isConditionalExpression(message)) return [message.whenTrue, message.whenFalse].flatMap(toldBy);
  if (ts.isBinaryExpression(message)) return [message.left, message.right].flatMap(toldBy);
  const constant = ts.isIdentifier(message) ? constantOf(message) : undefined;
  return constant === undefined ? [] : toldBy(constant);
}

const isNamed = (node: ts.Node | undefined, name: string): boolean =>
  node !== undefined && ts.isIdentifier(node) && node.text === name;

interface Made {
  readonly message: ts.Expression;
  readonly beside: readonly (ts.Node | undefined)[];
}

/** An issue that is made here: its message, and what stands beside it. */
function madeBy(node: ts.Node): Made | undefined {
  if (ts.isCallExpression(node) && isNamed(node.expression, "fail")) {
    const [, path, message, detail] = node.arguments;
    return message === undefined ? undefined : { message, beside: [path, detail] };
  }
  if (!ts.isObjectLiteralExpression(node) || ts.isSpreadAssignment(node.parent)) return undefined;
  const own = node.properties.flatMap((property) =>
    ts.isSpreadAssignment(property) && ts.isObjectLiteralExpression(property.expression)
      ? [...property.expression.properties]
      : [property],
  );
  const valueOf = (name: string): ts.Expression | undefined => {
    const found = own.find((property) => isNamed(property.name, name));
    if (found === undefined) return undefined;
    if (ts.isShorthandPropertyAssignment(found)) return found.name;
    return ts.isPropertyAssignment(found) ? found.initializer : undefined;
  };
  const message = valueOf("message");
  if (message === undefined || valueOf("code") === undefined) return undefined;
  return { message, beside: [...["path", "expected", "received", "parameters"].map(valueOf)] };
}

function untold({ message, beside }: Made): string[] {
  const values = toldBy(message);
  if (values.length === 0) return [];
  const told = new Set([...WORDS, ...beside.flatMap((node) => [...expressionsIn(node)])]);
  return values.filter((value) => ![...expressionsIn(value)].some((part) => told.has(part))).map(bare);
}

/** The values that messages of a file tell, and that stand nowhere beside them. */
export function untoldValues(file: ts.SourceFile): string[] {
  const found: string[] = [];
  const visit = (node: ts.Node): void => {
    const made = madeBy(node);
    if (made !== undefined) found.push(...untold(made));
    ts.forEachChild(node, visit);
  };
  visit(file);
  return found;
}
