/** What the commands use of `yaml`, by name: loaded as a whole it would be a third larger. */
export { isScalar, LineCounter, parseDocument, visit } from "yaml";
