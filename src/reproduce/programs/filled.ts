/** The text of a program, or of a part, with its `@NAMES@` replaced. Only what has a strict form may stand in a comment: a free text could end it. */
export function filled(text: string, values: Readonly<Record<string, string>>): string {
  return Object.entries(values).reduce((so, [name, value]) => so.replaceAll(`@${name}@`, () => value), text);
}
