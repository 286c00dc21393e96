/** A text in the languages of documents. */
interface Texts {
  readonly en: string;
  readonly zh: string;
}

/** What families of designs share in a picture: one sign each. */
export type DesignFamily = "no restriction" | "blocks" | "tolerance" | "biased coin" | "urn";

/** What a design is called. */
export interface DesignNames {
  /** In words, with the parameters. */
  readonly name: string;
  /** For a label in a picture, such as `PB 4, 8`. */
  readonly label: string;
  readonly family: DesignFamily;
}

/** What a parameter is called. */
export interface ParameterTexts {
  /** In documents. */
  readonly name: Texts;
  /** The field of the form of a plan; absent: the form has none, and its text is kept as it is. */
  readonly field?: Texts & {
    readonly kind: "number" | "numbers" | "text" | "choice";
    readonly isFurther?: true;
    readonly choices?: readonly string[];
  };
}

/** The list for which designs are looked at. */
export interface Frame {
  /** Rows of one list. */
  readonly rows: number;
  /** Sum of the ratio in lowest terms. */
  readonly ratioSum: number;
  readonly isEqual: boolean;
  readonly isTwoEqual: boolean;
  readonly isTwoUnequal: boolean;
  /** Arms of an unequal ratio are put together from equal ones. */
  readonly merged: { readonly mergedArms?: true };
  /** Whether designs can be followed whose states grow with the merged arms, and with the rows. */
  readonly canMerge: boolean;
  readonly canBeFree: boolean;
}

type Designs<Spec> = (frame: Frame) => readonly Spec[];

/** Which designs of a kind are usual, with parameters that the literature compares. */
export interface Usual<Spec> {
  /** Those among which a design is sought. */
  readonly sought: Designs<Spec>;
  /** Those from which the balance-randomness trade-off is seen; absent: those that are sought. */
  readonly pictured?: Designs<Spec>;
  /** States grow with the rows: sought in short lists of few arms, and in no picture. */
  readonly isFree?: true;
}

/** How people are offered a procedure, in the procedure's own file. */
export interface Offer<Spec extends { readonly kind: string }> {
  /** In the literature, without any parameter. */
  readonly name: Texts;
  /** With its parameters in the words of the literature, which are English. */
  readonly design: (spec: Spec) => DesignNames;
  readonly parameters: Readonly<Record<Exclude<keyof Spec, "kind">, ParameterTexts>>;
  /** The designs of it that are looked at; `sought` may give none. */
  readonly usual: Usual<Spec>;
}
