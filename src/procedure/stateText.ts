/** The text that equal states share; several times faster than JSON with a replacer for bigints. */
export function stateText(state: unknown): string {
  if (typeof state === "number") return String(state);
  if (typeof state === "bigint") return `${state}n`;
  if (typeof state === "string") return JSON.stringify(state);
  let text = "{";
  if (Array.isArray(state)) {
    for (const inner of state) text += `${stateText(inner)},`;
    return `${text}}`;
  }
  if (typeof state === "object" && state !== null) {
    for (const [name, inner] of Object.entries(state)) text += `${name}:${stateText(inner)},`;
    return `${text}}`;
  }
  return String(state);
}
