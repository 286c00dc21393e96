import * as z from "zod/mini";
import { deepFreeze, parseWith, requireFields, throwIfAny, type Issue } from "../foundation/index.js";
import { textField } from "./fieldSchema.js";
import { STATEMENT_NAMES, type DocumentTexts, type Trial } from "./model.js";

/** The shape of {@link DocumentTexts}: in a trial's file, and in that of a site. */
export const documentTextsSchema: z.ZodMiniType<DocumentTexts> = z.strictObject({
  trialCode: z.exactOptional(textField),
  sponsor: z.exactOptional(textField),
  trialTitle: z.exactOptional(textField),
  formNumber: z.exactOptional(textField),
  site: z.exactOptional(textField),
  investigator: z.exactOptional(textField),
  contact: z.exactOptional(textField),
  form: z.exactOptional(textField),
  directions: z.exactOptional(textField),
  statements: z.exactOptional(z.array(z.enum(STATEMENT_NAMES)).check(z.minLength(1))),
  products: z.exactOptional(
    z.array(z.strictObject({ name: textField, arms: z.array(textField).check(z.minLength(1)) })).check(z.minLength(1)),
  ),
  productLine: z.exactOptional(
    textField.check(z.refine((text) => text.split("{products}").length === 2, "must have {products} in it, once")),
  ),
  templateVersion: z.exactOptional(textField),
  gtin: z.exactOptional(
    z
      .string("must be text")
      .check(z.refine(hasCheckDigit, "must be 8, 12, 13 or 14 digits that end in the check digit")),
  ),
});

/** GS1: digits from the right, the check digit first, count 1 and 3 in turn; the sum ends in 0. */
function hasCheckDigit(gtin: string): boolean {
  if (!/^(?:\d{8}|\d{12,14})$/u.test(gtin)) return false;
  const sum = Array.from(gtin)
    .reverse()
    .reduce((total, digit, index) => total + Number(digit) * (index % 2 === 0 ? 1 : 3), 0);
  return sum % 10 === 0;
}

/**
 * Every arm of the part has its product on the line, and none is named that the trial has not: a line that leaves one out
 * would tell it.
 */
function productIssues(
  { products, productLine }: DocumentTexts,
  arms: readonly string[] | undefined,
): readonly Issue[] {
  const fault = (path: string, message: string, expected: string, received: string): Issue => ({
    code: "trial.products_incomplete",
    path,
    message,
    expected,
    received,
  });
  if (products === undefined) {
    if (productLine === undefined) return [];
    return [fault("products", "The line of products has no products.", "products: [{ name, arms }]", "nothing")];
  }
  if (arms === undefined) {
    return [fault("products", "Products are named by the arms of a trial, and there is none.", "a trial", "no trial")];
  }
  const named = products.flatMap((product) => product.arms);
  const missing = arms.filter((arm) => !named.includes(arm));
  if (missing.length === 0) return [];
  const message = `The products leave out ${missing.join(", ")}: a label names the products of all arms together.`;
  return [fault("products", message, arms.join(", "), named.join(", "))];
}

/**
 * What the documents of a trial say at a site: what the trial states, and what the site adds to it. The trial's code is
 * its id, and its sponsor that of its record, where they are not stated.
 *
 * @param trial - absent for the dose of a protocol that is no trial here
 * @param site - of the site's file, untrusted
 * @param part - whose arms the products are held against; the trial's first where nothing is said
 * @returns frozen
 * @throws AllocellError `trial.document_texts_invalid`; `trial.document_texts_differ` for what both state, and otherwise;
 *   `trial.products_incomplete` where an arm of the part has no product
 */
export function documentTextsOf(
  trial: Pick<Trial, "id" | "sponsor" | "documents" | "parts"> | undefined,
  site: unknown = {},
  part?: string,
): DocumentTexts {
  if (trial !== undefined) {
    requireFields(trial, "a trial as defineTrial returns it", { id: "text", sponsor: "a map" });
    requireFields(trial.sponsor, "the sponsor of a trial", { name: "text" });
  }
  const own = parseWith(documentTextsSchema, site, "trial.document_texts_invalid", "What documents say at the site");
  const record = trial === undefined ? {} : { trialCode: trial.id, sponsor: trial.sponsor.name };
  const stated: DocumentTexts = trial?.documents ?? {};
  throwIfAny(
    (Object.keys(own) as (keyof DocumentTexts)[]).flatMap((key): Issue[] => {
      const [ofTrial, ofSite] = [JSON.stringify(stated[key] ?? null), JSON.stringify(own[key])];
      if (stated[key] === undefined || ofTrial === ofSite) return [];
      const message = `The trial states another ${key} for its documents than the site.`;
      return [{ code: "trial.document_texts_differ", path: key, message, expected: ofTrial, received: ofSite }];
    }),
  );
  const texts = { ...record, ...stated, ...own };
  const arms = trial?.parts.find(({ id }) => part === undefined || id === part)?.arms;
  throwIfAny(productIssues(texts, arms));
  const ofPart = texts.products?.filter((product) => product.arms.some((arm) => arms?.includes(arm) === true));
  return deepFreeze({ ...texts, ...(ofPart === undefined ? {} : { products: ofPart }) });
}
