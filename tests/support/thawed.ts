/** Paths of all that is not frozen in plain data; empty if it is frozen all the way down. */
export function thawed(value: unknown, path = "$"): string[] {
  if (typeof value !== "object" || value === null) return [];
  const inner = Object.entries(value).flatMap(([key, part]) => thawed(part, `${path}.${key}`));
  return Object.isFrozen(value) ? inner : [path, ...inner];
}
