import { describe, expect, it } from "vitest";
import { defineTrial, documentTextsOf } from "../../../src/trial/index.js";
import { trialById } from "../../../src/trials/index.js";
import { issueOf } from "../../support/issueOf.js";

const sle = trialById("NCT07041801");
const site = { site: "EXAMPLE hospital", contact: "EXAMPLE physician, +86 10 5555 0100" };

describe("what documents say at a site", () => {
  it("is the trial's code and sponsor, what the trial states, and what the site adds", () => {
    const { id, sponsor } = sle;
    expect(documentTextsOf(sle)).toEqual({ trialCode: id, sponsor: sponsor.name });
    const trial = defineTrial({ ...sle, documents: { trialCode: "SLE-01", contact: site.contact } });
    expect(documentTextsOf(trial, site)).toEqual({ ...site, trialCode: "SLE-01", sponsor: sponsor.name });
    expect(documentTextsOf(undefined, site)).toEqual(site);
    expect(Object.isFrozen(documentTextsOf(sle, site))).toBe(true);
  });

  it("is stated once, or the same twice", () => {
    const trial = { ...sle, documents: { contact: "another" } };
    const issue = issueOf(() => documentTextsOf(trial, site));
    expect([issue.code, issue.path]).toEqual(["trial.document_texts_differ", "contact"]);
  });

  it.each([
    ["a field that is not known", { phone: "1" }, "phone"],
    ["a number", { contact: 5 }, "contact"],
    ["an empty text", { site: " " }, "site"],
    ["no map", "hospital", ""],
  ])("refuses %s", (_, given, path) => {
    const issue = issueOf(() => documentTextsOf(sle, given));
    expect([issue.code, issue.path]).toEqual(["trial.document_texts_invalid", path]);
  });
});
