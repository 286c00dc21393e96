import { folded, ownLines, plainValue, quoted, type YamlText } from "./yamlScalars.js";

/** A value of a YAML text, where it begins, and of a map or list what is in it. */
export interface YamlNode {
  readonly value: unknown;
  readonly at: number;
  readonly inner?: ReadonlyMap<string, YamlNode>;
}

/** Why a text is not read, and where. */
export class YamlFault extends Error {
  readonly at: number;
  constructor(message: string, at: number) {
    super(message);
    this.at = at;
  }
}

/** Signs with which no plain text begins; `-`, `?` and `:` may begin one if no space follows. */
const INDICATORS = ",[]{}#&*!|>'\"%@`";
const KEY_LENGTH = 1024;
/** The longest gap of blanks inside a text; behind a longer one the text does not go on, and is refused. */
const LONGEST_GAP = 10_000;

/**
 * Reads the YAML that order, plan, trial and assumption files are written in: maps and lists by indentation or in brackets,
 * and scalars in each of their forms. What it does not read it refuses: what it reads is what the package `yaml` reads.
 */
class YamlReader implements YamlText {
  readonly text: string;
  #at = 0;

  constructor(text: string) {
    this.text = text;
  }

  readonly refuse = (what: string, at: number): never => {
    throw new YamlFault(what, at);
  };

  /** Column of an offset, from 0. */
  #column(at = this.#at): number {
    return at - (this.text.lastIndexOf("\n", at - 1) + 1);
  }

  #sign(ahead = 0): string {
    return this.text[this.#at + ahead] ?? "";
  }

  /** Goes on to the next content; says whether it stands on another line. */
  #skip(): boolean {
    let isNewLine = this.#at === 0;
    for (;;) {
      while (this.#sign() === " ") this.#at += 1;
      if (this.#sign() === "#" && (isNewLine || /\s/u.test(this.text[this.#at - 1] ?? ""))) {
        const end = this.text.indexOf("\n", this.#at);
        this.#at = end < 0 ? this.text.length : end;
      }
      if (this.#sign() === "\t") this.refuse("A tab is not read here: write spaces", this.#at);
      if (this.#sign() !== "\n") return isNewLine || this.#at === this.text.length;
      this.#at += 1;
      isNewLine = true;
    }
  }

  read(): YamlNode {
    this.#skip();
    if (/^---(?=\n| *#|$)/u.test(this.text.slice(this.#at)) && this.#column() === 0) {
      this.#at += 3;
      if (!this.#skip()) this.refuse("Content behind --- is not read here", this.#at);
    }
    const second = /(?<=^|\n)(?:---|\.\.\.|%)/gu;
    second.lastIndex = this.#at;
    const found = second.exec(this.text);
    if (found !== null) this.refuse('A second document begins here ("---")', found.index);
    if (this.#at === this.text.length) return { value: null, at: 0 };
    const node = this.#block(-1);
    this.#skip();
    if (this.#at < this.text.length) this.refuse("This belongs to nothing above it", this.#at);
    return node;
  }

  /** What begins here, on a line that nothing before it in the line is part of but the dashes of lists. */
  #block(parent: number): YamlNode {
    if (this.#isDash()) return this.#list(this.#column());
    return this.#keyEnd() === undefined ? this.#inline(parent) : this.#map(this.#column());
  }

  #isDash(): boolean {
    return this.#sign() === "-" && /^$|\s/u.test(this.#sign(1));
  }

  /** Offset of the colon if a key begins here. */
  #keyEnd(): number | undefined {
    const at = this.#at;
    const isQuoted = /["']/u.test(this.#sign());
    if (/[[{|>]/u.test(this.#sign())) return undefined;
    const from = isQuoted ? quoted(this, at, -1).end : at;
    const colon = isQuoted ? / *:(?=[ \n]|$)/uy : /[^\n]*?:(?=[ \n]|$)/uy;
    colon.lastIndex = from;
    const end = from + (colon.exec(this.text)?.[0].length ?? 0) - 1;
    if (end < from || this.text.slice(at, end).includes("\n")) return undefined;
    if (!isQuoted && this.text.slice(at, end).includes(" #")) return undefined;
    return end - at > KEY_LENGTH ? this.refuse("This key is too long", at) : end;
  }

  /** Reads the key that begins here, and the colon behind it. */
  #key(): YamlNode {
    const at = this.#at;
    const end = this.#keyEnd();
    if (end === undefined) return this.refuse("Here a key is missing, or the colon behind it", at);
    const value = /["']/u.test(this.#sign())
      ? quoted(this, at, -1).value
      : this.#plain(this.text.slice(at, end).replace(/[ \t]+$/u, ""), at);
    this.#at = end + 1;
    if (value === null) this.refuse("A key without a name is not read here", at);
    return { value: String(value), at };
  }

  #plain(text: string, at: number): unknown {
    const first = text[0] ?? "";
    const isIndicator = INDICATORS.includes(first) || /^[-?:](?:\s|$)/u.test(text);
    if (text.includes("\t")) this.refuse("A tab is not read here: write spaces", at);
    if (first !== "" && isIndicator) this.refuse(`A text that begins with ${first} needs quotes`, at);
    const value = plainValue(text);
    return value === undefined ? this.refuse("This number is not read here", at) : value;
  }

  #map(column: number): YamlNode {
    const at = this.#at;
    const inner = new Map<string, YamlNode>();
    while (this.#at < this.text.length && this.#column() === column && !this.#isDash()) {
      const key = this.#key();
      this.#add(inner, key, this.#valueOf(column, key.at));
      this.#endOfEntry(column);
    }
    return { value: toObject(inner), at, inner };
  }

  #add(inner: Map<string, YamlNode>, key: YamlNode, node: YamlNode): void {
    const name = String(key.value);
    if (inner.has(name)) this.refuse("A key stands twice in the same map", key.at);
    inner.set(name, node);
  }

  /** The value behind a colon. */
  #valueOf(column: number, at: number): YamlNode {
    const isNewLine = this.#skip();
    const [isEnd, here] = [this.#at === this.text.length, this.#column()];
    if (!isNewLine) return this.#inline(column);
    if (isEnd || here < column || (here === column && !this.#isDash())) return { value: null, at };
    return this.#block(column);
  }

  #list(column: number): YamlNode {
    const at = this.#at;
    const inner = new Map<string, YamlNode>();
    while (this.#at < this.text.length && this.#column() === column && this.#isDash()) {
      const dash = this.#at;
      this.#at += 1;
      this.#skip();
      if (this.#at === this.text.length || this.#column() <= column) this.refuse("An entry of the list is empty", dash);
      inner.set(String(inner.size), this.#block(column));
      this.#endOfEntry(column);
    }
    return { value: [...inner.values()].map(({ value }) => value), at, inner };
  }

  /** Behind an entry nothing follows on its line, and nothing that is indented further. */
  #endOfEntry(column: number): void {
    const isNewLine = this.#skip() || this.#column() <= column;
    if (this.#at < this.text.length && (!isNewLine || this.#column() > column)) {
      this.refuse("This belongs to nothing above it", this.#at);
    }
  }

  /** A scalar, or what stands in brackets. */
  #inline(parent: number): YamlNode {
    const at = this.#at;
    if (/[[{]/u.test(this.#sign())) return this.#brackets(parent);
    if (/["']/u.test(this.#sign())) return this.#taken(quoted(this, at, parent), at);
    if (/[|>]/u.test(this.#sign())) return this.#taken(ownLines(this, at, parent), at);
    return { value: this.#plain(folded(this.#plainLines(parent)), at), at };
  }

  /** The lines of a text without quotes; it goes on where the next line is indented further than what it belongs to. */
  #plainLines(parent: number): readonly string[] {
    const lines: string[] = [];
    for (;;) {
      const end = this.text.indexOf("\n", this.#at);
      const line = this.text.slice(this.#at, end < 0 ? this.text.length : end);
      const said = line.replace(/(?:^|[ \t]+)#.*$/u, "").replace(/[ \t]+$/u, "");
      if (/:(?:[ \t]|$)/u.test(said)) this.refuse("A text with a colon and a space in it needs quotes", this.#at);
      lines.push(said);
      this.#at += said.length;
      const between = /^(?:[ \t]*\n)+ */u.exec(this.text.slice(this.#at, this.#at + LONGEST_GAP))?.[0] ?? "";
      const next = this.#at + between.length;
      if (between === "" || /^[#\n]?$/u.test(this.text[next] ?? "") || this.#column(next) <= parent) return lines;
      if (this.text[next] === "\t") this.refuse("A tab is not read here: write spaces", next);
      for (let blank = between.split("\n").length - 2; blank > 0; blank -= 1) lines.push("");
      this.#at = next;
    }
  }

  #taken({ value, end }: { readonly value: unknown; readonly end: number }, at: number): YamlNode {
    this.#at = end;
    return { value, at };
  }

  /** Goes on inside brackets, where every line is indented further than what they belong to. */
  #inside(parent: number): string {
    if (this.#skip() && this.#at < this.text.length && this.#column() <= parent) {
      this.refuse("What stands in brackets must be indented", this.#at);
    }
    return this.#sign();
  }

  #brackets(parent: number): YamlNode {
    const at = this.#at;
    const isMap = this.#sign() === "{";
    const inner = new Map<string, YamlNode>();
    const close = isMap ? "}" : "]";
    this.#at += 1;
    while (this.#inside(parent) !== close) {
      const node = this.#bracketed(parent);
      if (isMap) this.#add(inner, node, this.#bracketedValueOf(node, parent));
      else inner.set(String(inner.size), node);
      const sign = this.#inside(parent);
      if (sign === ",") this.#at += 1;
      else if (sign !== close) this.refuse(`Here a comma or ${close} is missing`, this.#at);
    }
    this.#at += 1;
    return { value: isMap ? toObject(inner) : [...inner.values()].map(({ value }) => value), at, inner };
  }

  /** The value behind a colon inside brackets. */
  #bracketedValueOf(key: YamlNode, parent: number): YamlNode {
    if (this.#inside(parent) !== ":") this.refuse("Here a colon and a value are missing", this.#at);
    this.#at += 1;
    this.#inside(parent);
    if (/[,}]/u.test(this.#sign())) this.refuse("Here a value is missing", this.#at);
    if (typeof key.value === "object") this.refuse("This is no key that is read here", key.at);
    return this.#bracketed(parent);
  }

  /** One value inside brackets. */
  #bracketed(parent: number): YamlNode {
    const at = this.#at;
    if (/[[{]/u.test(this.#sign())) return this.#brackets(parent);
    if (/["']/u.test(this.#sign())) return this.#taken(quoted(this, at, parent), at);
    const plain = /(?:[^\n,[\]{}:#]|:(?![\s,[\]{}]|$)|(?<![\s])#)+/uy;
    plain.lastIndex = at;
    const said = plain.exec(this.text)?.[0].replace(/[ \t]+$/u, "");
    if (said === undefined || said === "") return this.refuse("Here a value is missing", at);
    this.#at += said.length;
    return { value: this.#plain(said, at), at };
  }
}

/** A map as plain data; `__proto__` is a key like others. */
function toObject(inner: ReadonlyMap<string, YamlNode>): Record<string, unknown> {
  return Object.fromEntries([...inner].map(([key, { value }]) => [key, value]));
}

/** @throws YamlFault for what is no YAML, and for what a page does not read */
export const readYaml = (text: string): YamlNode => {
  const own = text.replaceAll("\r\n", "\n");
  const control = own.search(/[\r\0]/u);
  if (control >= 0) throw new YamlFault("A line end of this kind is not read here", control);
  return new YamlReader(own).read();
};
