import * as z from "zod";
import { deepFreeze, parseWith, throwIfAny, type Issue } from "../foundation/index.js";
import { textField } from "./fieldSchema.js";
import type { DocumentTexts, Trial } from "./model.js";

/** The shape of {@link DocumentTexts}: in a trial's file, and in that of a site. */
export const documentTextsSchema: z.ZodType<DocumentTexts> = z.strictObject({
  trialCode: textField.exactOptional(),
  sponsor: textField.exactOptional(),
  site: textField.exactOptional(),
  investigator: textField.exactOptional(),
  contact: textField.exactOptional(),
});

/**
 * What the documents of a trial say at a site: what the trial states, and what the site adds to it. The trial's code is
 * its id, and its sponsor that of its record, where they are not stated.
 *
 * @param trial - absent for the dose of a protocol that is no trial here
 * @param site - of the site's file, untrusted
 * @returns frozen
 * @throws AllocellError `trial.document_texts_invalid`; `trial.document_texts_differ` for what both state, and otherwise
 */
export function documentTextsOf(
  trial: Pick<Trial, "id" | "sponsor" | "documents"> | undefined,
  site: unknown = {},
): DocumentTexts {
  const own = parseWith(documentTextsSchema, site, "trial.document_texts_invalid", "What documents say at the site");
  const record = trial === undefined ? {} : { trialCode: trial.id, sponsor: trial.sponsor.name };
  const stated: DocumentTexts = trial?.documents ?? {};
  throwIfAny(
    (Object.keys(own) as (keyof DocumentTexts)[]).flatMap((key): Issue[] => {
      const [ofTrial, ofSite] = [JSON.stringify(stated[key]), JSON.stringify(own[key])];
      if (ofTrial === undefined || ofTrial === ofSite) return [];
      const message = `The trial states another ${key} for its documents than the site.`;
      return [{ code: "trial.document_texts_differ", path: key, message, expected: ofTrial, received: ofSite ?? "" }];
    }),
  );
  return deepFreeze({ ...record, ...stated, ...own });
}
