import { h as preactElement, type ComponentChildren } from "preact";

export { render } from "preact";
/** What a view shows: an element, text, or nothing. */
export type View = ComponentChildren;

/** An element of the page with its attributes and what is in it. */
export const h: (tag: string, attributes: object | null, ...content: readonly View[]) => View = preactElement as never;

/** A button that does one thing. */
export const button = (label: string, act: () => void, attributes: object = {}): View =>
  h("button", { type: "button", onClick: act, ...attributes }, label);

/** A table with its heads and rows. */
export const table = (heads: readonly string[], rows: View, caption: View = null): View =>
  h(
    "table",
    null,
    caption,
    h(
      "thead",
      null,
      h(
        "tr",
        null,
        heads.map((head) => h("th", null, head)),
      ),
    ),
    h("tbody", null, rows),
  );
