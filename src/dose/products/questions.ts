import { requireFields } from "../../foundation/index.js";
import type { Product, ProductTopic } from "./model.js";

const QUESTIONS: Readonly<Record<ProductTopic, string>> = {
  dose: "Which dose?",
  containerContent: "How many cells does a container hold?",
  containerVolume: "Which volume does a container hold, and how much of it can be drawn?",
  concentration: "Which concentration is allowed in the final preparation?",
  finalVolume: "Which final volume is infused?",
  rate: "At which rate, or within which time, is it infused?",
  stability: "How long may it wait after thawing?",
  dmso: "How much DMSO does it hold?",
  minimumViability: "Below which viability is it not given?",
  lotMixing: "May lots be mixed for one dose?",
  administrations: "How often is it given, and how far apart?",
};

/** The questions that a product's sources leave open, as `topic: question`. */
export function productQuestions(product: Product): readonly string[] {
  requireFields(product, "a product", { facts: "a list", regimens: "a list" });
  const answered = new Set(product.facts.map(({ topic }) => topic));
  const open = (Object.keys(QUESTIONS) as ProductTopic[]).filter((topic) =>
    topic === "dose" ? product.regimens.length === 0 && !answered.has(topic) : !answered.has(topic),
  );
  const basis = product.unitKind === "cells" ? ["countBasis: Which cells does the dose count?"] : [];
  return [...basis, ...open.map((topic) => `${topic}: ${QUESTIONS[topic]}`)];
}
