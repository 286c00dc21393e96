import { fieldsOf, fromData, type Draft } from "../../../src/app/view/draft.js";
import { idOf } from "../../../src/app/view/formView.js";
import { orderSections } from "../../../src/cli/index.js";

/** What a person does with the form: presses a button, or types into a field; both by their ids. */
export type Step = readonly [id: string] | readonly [id: string, typed: string];

/** The form that an order's file would fill; a file of which something would be carried along cannot be typed. */
export function draftOf(data: unknown): Draft {
  const { order } = data as { readonly order: { readonly then?: readonly unknown[] } };
  const draft = fromData(data, orderSections(order.then?.length ?? 0), "point");
  if (draft.carried.size > 0) throw new Error(`No field for ${[...draft.carried.keys()].join(", ")}`);
  return draft;
}

/** Everything that a person types into an empty form to say what an order's file says, in the order of the form. */
export function typedOrder(data: unknown): readonly Step[] {
  const draft = draftOf(data);
  const typed = (path: string, text = draft.texts.get(path)): readonly Step[] =>
    text === undefined ? [] : [[idOf(path), text]];
  return [
    ...["trial", "part", "arm"].flatMap((path) => typed(path)),
    ...[...draft.answers].flatMap(([key, answer]) => [
      ...typed(`assumptions.${key}`, answer),
      ...typed(`assumptions.${key}-reason`, draft.reasons.get(key)),
    ]),
    ...orderSections(draft.entries.get("order.then") ?? 0).flatMap((section) => {
      const { list } = section;
      const entries = list === undefined ? 0 : (draft.entries.get(list.path) ?? 0);
      const added = Array.from({ length: entries }, (): Step => [idOf(list?.path ?? "")]);
      return [...added, ...fieldsOf(section, draft).flatMap(({ path }) => typed(path))];
    }),
  ];
}
