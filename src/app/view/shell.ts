import type { Language } from "../../report/index.js";
import { VERSION } from "../../version.js";
import { word, type WordKey } from "../texts/words.js";
import type { DecimalMark } from "./draft.js";
import { button, h, type View } from "./element.js";

export interface ShellProps<Tab extends string> {
  readonly language: Language;
  readonly title: WordKey;
  readonly tabs: readonly Tab[];
  readonly tab: Tab;
  /** Absent where no amounts are typed. */
  readonly mark?: DecimalMark;
  readonly madeFor: string | undefined;
  readonly scriptSha256: string;
  readonly onTab: (tab: Tab) => void;
  readonly onLanguage: (language: Language) => void;
  readonly onMark?: (mark: DecimalMark) => void;
}

function markChoice({ language, mark, onMark }: Pick<ShellProps<string>, "language" | "mark" | "onMark">): View {
  if (mark === undefined || onMark === undefined) return null;
  return h(
    "label",
    { class: "mark" },
    `${word(language, "page.mark")} `,
    h(
      "select",
      {
        value: mark,
        onChange: (event: Event) => {
          onMark((event.currentTarget as HTMLSelectElement).value as DecimalMark);
        },
      },
      h("option", { value: "point" }, word(language, "page.mark.point")),
      h("option", { value: "comma" }, word(language, "page.mark.comma")),
    ),
  );
}

/** The frame of a page: what it is, its parts, its settings, and at the foot which program it is. */
export function shell<Tab extends string>(props: ShellProps<Tab>, content: View): View {
  const { language, tabs, tab, madeFor } = props;
  return h(
    "div",
    { class: "page", lang: language === "zh" ? "zh-CN" : "en" },
    h(
      "header",
      { class: "top" },
      h("h1", null, "allocell", h("small", null, word(language, props.title))),
      h(
        "nav",
        { "aria-label": word(language, props.title) },
        tabs.map((own) =>
          button(
            word(language, `tab.${own}` as WordKey),
            () => {
              props.onTab(own);
            },
            { class: "tab", "aria-current": own === tab ? "page" : undefined, key: own },
          ),
        ),
      ),
      h(
        "div",
        { class: "settings" },
        markChoice(props),
        button(
          word(language, "page.language"),
          () => {
            props.onLanguage(language === "en" ? "zh" : "en");
          },
          { lang: language === "en" ? "zh-CN" : "en", class: "language" },
        ),
      ),
    ),
    madeFor === undefined ? null : h("p", { class: "made-for" }, `${word(language, "page.made-for")}: ${madeFor}`),
    h("main", null, content),
    h(
      "footer",
      null,
      h("p", null, word(language, "page.stores-nothing")),
      h("p", { class: "hash" }, `allocell ${VERSION} · ${word(language, "page.script")}: ${props.scriptSha256}`),
    ),
  );
}
