import { BLANK, document, listed, markdown, table } from "./markdown.js";
import {
  armsOf,
  factorsOf,
  isDynamic,
  maskedText,
  partOf,
  procedureName,
  ratioText,
  type ListDescription,
} from "./description.js";

const LIST: readonly string[] = [
  `The allocation sequence is generated with the program allocell from a secret random seed by ${BLANK}, who takes no part in enrolment, treatment or assessment. The sequence can be regenerated from the specification and the seed by a second person with independent software.`,
  `The sequence is concealed by ${BLANK} (for example central assignment, one participant at a time) until the intervention is assigned. Within a stratum positions are used strictly in order, after eligibility is confirmed; a position that was used is never given out again.`,
  `Participants are enrolled by ${BLANK} and assigned by ${BLANK}; neither has access to the sequence.`,
];
const DYNAMIC: readonly string[] = [
  `There is no list beforehand: the allocation of each participant is computed with the program allocell from a secret random seed, the participant's own levels of the factors, and the levels and allocations of all participants before. Seed and program are kept by ${BLANK}, who takes no part in enrolment, treatment or assessment. All allocations can be made again from the specification, the seed and the log of the allocations by a second person with independent software, which names the first one that differs.`,
  `An allocation is made centrally by ${BLANK}, one participant at a time, after eligibility is confirmed and the levels of all factors are recorded; levels that are corrected later change no allocation. The allocations of earlier participants are concealed from those who enrol.`,
  `Participants are enrolled by ${BLANK} and assigned by ${BLANK}; neither can compute the next allocation. The analysis adjusts for the factors, or uses a re-randomization test by the same rule.`,
];

/** What a protocol says of allocation and blinding, without any parameter of the procedure. */
export interface ProtocolTexts {
  readonly allocated: string;
  /** How the sequence is made, concealed, and used. */
  readonly sequence: readonly string[];
  /** Empty where nobody is blinded. */
  readonly blinding: readonly string[];
  readonly isRestricted: boolean;
}

/** @throws AllocellError `report.trial_differs`, `trial.part_unknown`, `trial.arm_unknown` */
export function protocolTexts(description: ListDescription): ProtocolTexts {
  const part = partOf(description);
  const arms = armsOf(description);
  const { plan } = description;
  const factors = factorsOf(plan).map(({ factor }) => factor);
  const dynamic = isDynamic(plan);
  const isRestricted = plan.procedure.kind !== "complete";
  const masked = maskedText(part);
  const allocated = markdown`Participants of the ${part.title.toLowerCase()} are allocated to ${listed(arms.map(({ label }) => label))} in the ratio ${ratioText(description)}`;
  const stratified = dynamic
    ? markdown`balanced over ${listed(factors)}`
    : factors.length === 0
      ? "without stratification"
      : markdown`stratified by ${listed(factors)}`;
  const restriction = isRestricted
    ? " Further details of the restriction are in a separate confidential document that is unavailable to those who enrol participants or assign interventions."
    : "";
  return {
    allocated: `${allocated} by ${procedureName(description)}, ${stratified}.${restriction}`,
    sequence: dynamic ? DYNAMIC : LIST,
    blinding:
      masked === ""
        ? []
        : [
            markdown`Blinded after assignment: ${masked}. Unblinded roles: ${BLANK}.`,
            `The interventions are made alike in looks, volume, containers, rate, duration, number and days of administrations by ${BLANK}.`,
            `The treatment of a single participant is disclosed only if knowing it is needed for the participant's care; the request is made to ${BLANK}, with reason, person and time recorded, and discloses no other participant's treatment.`,
          ],
    isRestricted,
  };
}

/**
 * The randomization and blinding paragraphs of a protocol, in Markdown.
 *
 * They hold neither block sizes, their number, weights, lengths, thresholds nor any other parameter of the procedure,
 * and are the same text whatever these are: what helps prediction belongs in the confidential specification.
 *
 * @throws AllocellError `report.trial_differs`, `trial.part_unknown`, `trial.arm_unknown`
 * @see SPIRIT 2025, items 21a to 24c
 */
export function toProtocolParagraph(description: ListDescription): string {
  const { allocated, sequence, blinding, isRestricted } = protocolTexts(description);
  return document([
    markdown`## Randomization: ${description.trial.id}, ${partOf(description).title}`,
    allocated,
    ...sequence,
    "### Blinding",
    ...(blinding.length === 0 ? ["Nobody is blinded in this part."] : blinding),
    table(
      ["SPIRIT 2025 item", "Paragraph"],
      [
        [
          "21a, 21b",
          `sequence generation; type and factors${isRestricted ? "; restriction in a separate document" : ""}`,
        ],
        ["22, 23", "concealment; implementation"],
        ["24a, 24b, 24c", "who is blinded; how; disclosure of one treatment"],
      ],
    ),
  ]);
}
