import { relocated } from "../store/disk/index.js";

/** Options of the command by the fields that the core has them in; a field stands for all below it. */
export type OptionNames = Readonly<Record<string, string>>;

/** Gives a fault in a field that an option was read into the option's name. */
export function ofOptions<T>(names: OptionNames, act: () => T): T {
  return relocated((issue) => {
    const field = Object.keys(names).find((name) => issue.path === name || issue.path.startsWith(`${name}.`));
    return field === undefined ? issue : { ...issue, path: names[field] as string };
  }, act);
}
