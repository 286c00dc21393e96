/** Node prints `text` of an object, and none of its fields. */
export function hideFields(object: object, text: string): void {
  Object.defineProperty(object, Symbol.for("nodejs.util.inspect.custom"), { value: () => text });
}
