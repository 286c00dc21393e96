/** Languages of the documents: English, and Chinese as written in mainland China. */
export type Language = "en" | "zh";

/** One text in every language; `{name}` is a place for a value. */
export type Text = Readonly<Record<Language, string>>;
