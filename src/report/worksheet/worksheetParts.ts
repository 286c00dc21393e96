import type { Preparation } from "../../dose/index.js";
import { UNIT_KINDS } from "../../quantity/index.js";
import { blank, field, h, section, table, type ReportElement } from "../page/element.js";
import { questionText, say, warningText, type TextKey } from "../texts/catalogue.js";
import type { Language } from "../texts/language.js";
import { stepText } from "../texts/stepText.js";
import type { DocumentDetails } from "./details.js";
import { countText, keptTexts, localTimeText } from "./shownValues.js";

/** What every part of a worksheet is made from. */
export interface WorksheetProps {
  readonly preparation: Preparation;
  readonly details: DocumentDetails;
  readonly language: Language;
}

const joined = (parts: readonly (string | undefined)[], between = ", "): string =>
  parts.filter((part) => part !== undefined && part !== "").join(between);

export function identification({ preparation, language }: WorksheetProps): ReportElement {
  const { order, trial, arm } = preparation;
  const { protocol, protocolVersion, subject, kit, visit, administration, plannedOn, window } =
    order.identification ?? {};
  const part = order.dose.from === "trial" ? order.dose.trial.part : undefined;
  const stated = (key: TextKey, value: string | undefined, width = ""): ReportElement =>
    field(language, key, value === undefined || value === "" ? "—" : value, width);
  return section(
    language,
    "section.identification",
    h(
      "div",
      { class: "grid" },
      stated("field.subject", subject),
      stated("field.kit", kit),
      stated("field.visit", visit),
      stated("field.administration", administration === undefined ? undefined : String(administration)),
      stated("field.preparedOn", order.preparedOn),
      stated("field.plannedOn", plannedOn),
      stated("field.protocol", joined([protocol, protocolVersion]), "wide"),
      stated("field.trialPartArm", joined([trial, part, arm], " · "), "wide"),
      stated("field.window", window === undefined ? undefined : `${window.from} – ${window.to}`, "wide"),
    ),
  );
}

export function weightAndDose({ preparation, language }: WorksheetProps): ReportElement {
  const { weight, target, unitKind, isPlacebo } = preparation;
  const kept = keptTexts(preparation);
  const inWords = (text: string): string => stepText(language, text, kept);
  const { rule, range, cap } = target;
  const unit = UNIT_KINDS[unitKind];
  const level =
    "amount" in rule
      ? inWords(
          countText(language, {
            ...target.uncapped,
            ...levelTexts(rule.amount, unit, rule.kind === "per-kg" ? "/kg" : ""),
          }),
        )
      : say(language, "word.placebo");
  const allowed =
    range === undefined
      ? say(language, "word.none")
      : `${range.minimum ?? say(language, "word.noLimit")} – ${range.maximum ?? say(language, "word.noLimit")}`;
  return section(
    language,
    "section.dose",
    h(
      "div",
      { class: "grid" },
      field(
        language,
        "field.measuredWeight",
        weight === undefined ? "—" : `${weight.measuredKg} kg, ${weight.weighedOn}, ${weight.weighedBy}`,
        "wide",
      ),
      field(
        language,
        "field.dosingWeight",
        weight === undefined
          ? "—"
          : `${shortened(weight.dosingKg)} kg, ${say(language, `descriptor.${weight.descriptor}`)}`,
      ),
      field(language, "field.countBasis", say(language, `unit.${unitKind}`)),
      field(language, "field.doseLevel", level, "wide"),
      field(language, "field.target", isPlacebo ? `0 ${unit}` : inWords(countText(language, target.amount)), "wide"),
      field(
        language,
        "field.cap",
        cap === undefined ? say(language, "word.none") : inWords(countText(language, cap)),
        "wide",
      ),
      field(language, "field.range", allowed, "wide"),
    ),
  );
}

/** Not longer than a scale reads: the exact value stands in the calculation. */
const shortened = (kg: string): string => /^\d+(?:\.\d{1,4})?/.exec(kg)?.[0] ?? kg;

const grouped = (whole: string): string => whole.replace(/\B(?=(?:\d{3})+$)/g, ",");

function levelTexts(amount: string, unit: string, per: string): { readonly words: string; readonly digits: string } {
  const [whole = "", fraction] = amount.split(".");
  const digits = `${grouped(whole)}${fraction === undefined ? "" : `.${fraction}`} ${unit}${per}`;
  const isMillions = fraction === undefined && /^\d+0{4,6}$/.test(whole) && whole.length > 6;
  const millions = isMillions ? `${whole.slice(0, -6)}.${whole.slice(-6)}`.replace(/\.?0+$/, "") : "";
  return { digits, words: isMillions ? `${millions} million ${unit}${per}` : digits };
}

/** The numbers that the hands need, in one frame. */
export function toPrepare({ preparation, details, language }: WorksheetProps): ReportElement {
  const { delivered, infusion, containers, stability, dayTotals, isPlacebo, unitKind } = preparation;
  const unit = UNIT_KINDS[unitKind];
  const inWords = (text: string): string => stepText(language, text, keptTexts(preparation));
  const total = containers.reduce((sum, { containers: count }) => sum + count, 0);
  const dmso =
    dayTotals?.dmsoG === undefined
      ? "—"
      : `${dayTotals.dmsoG} g, ${dayTotals.dmsoGPerKg ?? ""} g/kg (${say(language, "word.atMost")} ${dayTotals.dmsoLimitGPerKg ?? ""})`;
  const endotoxin =
    dayTotals?.endotoxinEu === undefined
      ? "—"
      : `${dayTotals.endotoxinEu} EU (${say(language, "word.atMost")} ${dayTotals.endotoxinLimitEu ?? ""})`;
  return section(
    language,
    "section.key",
    h(
      "div",
      { class: "key" },
      field(
        language,
        "field.containers",
        isPlacebo ? "—" : inWords(total === 1 ? "1 container" : `${total} containers`),
      ),
      field(language, "field.draw", isPlacebo ? "—" : `${delivered.drawMl} mL`),
      field(language, "field.diluent", `${infusion.diluentMl} mL`),
      field(language, "field.finalVolume", `${infusion.finalVolumeMl} mL`),
      field(language, "field.rate", infusion.rateMlPerMin === undefined ? "—" : `${infusion.rateMlPerMin} mL/min`),
      field(language, "field.duration", infusion.minutes === undefined ? "—" : `${infusion.minutes} min`),
      field(
        language,
        "field.delivered",
        isPlacebo ? `0 ${unit}` : inWords(countText(language, delivered.amount)),
        "wide nine",
      ),
      field(language, "field.concentration", `${groupedDecimal(infusion.concentrationPerMl)} ${unit}/mL`, "wide nine"),
      field(language, "field.deviationFromTarget", isPlacebo ? "—" : `${delivered.roundingErrorPercent} %`, "nine"),
      field(language, "field.expiry", localTimeText(stability?.expiresAt ?? details.expiresAt ?? "—"), "nine"),
      field(language, "field.thawStart", localTimeText(stability?.thawedAt ?? "—"), "eight"),
      field(language, "field.start", localTimeText(stability?.startAt ?? "—"), "eight"),
      field(language, "field.dmso", dmso, "wide eight"),
      field(language, "field.endotoxin", endotoxin, "wide eight"),
    ),
  );
}

function groupedDecimal(decimal: string): string {
  const [whole = "", fraction] = decimal.split(".");
  return `${grouped(whole)}${fraction === undefined ? "" : `.${fraction}`}`;
}

export function lotsInUse({ preparation, details, language }: WorksheetProps): ReportElement {
  const { containers, order, unitKind, isPlacebo } = preparation;
  const unit = UNIT_KINDS[unitKind];
  const lots = order.lots ?? [];
  const product = isPlacebo ? say(language, "word.placebo") : order.product?.name;
  const source = order.product === undefined ? "" : ` (${order.product.source})`;
  return section(
    language,
    "section.product",
    h(
      "p",
      null,
      h("b", null, product),
      source,
      ` · ${say(language, "field.route")}: `,
      h("b", null, details.route),
      ` · ${say(language, "field.storage")}: `,
      h("b", null, details.storage),
    ),
    containers.length === 0
      ? null
      : table(
          language,
          [
            "column.lot",
            "column.expires",
            "column.containers",
            "column.content",
            "column.recovery",
            "column.viability",
            "column.concentration",
            "column.draw",
            "column.vialIds",
          ],
          containers.map((used) => {
            const lot = lots.find((listed) => listed.lot === used.lot);
            const tested = lot?.testedViability;
            return [
              h("span", { class: "nowrap" }, used.lot),
              h("span", { class: "nowrap" }, used.expiresOn),
              String(used.containers),
              lot === undefined ? "" : `${groupedDecimal(lot.content)} ${UNIT_KINDS[lot.counted]}, ${lot.fillMl} mL`,
              lot?.recovery ?? "",
              tested === undefined ? "—" : `${tested.fraction}, ${tested.method}`,
              `${groupedDecimal(shortened(used.concentrationPerMl))} ${unit}/mL, ${say(language, used.isMeasured ? "word.measured" : "word.fromLabel")}`,
              h("span", { class: "nowrap" }, `${used.drawMl} mL`),
              "",
            ];
          }),
          "lots",
        ),
  );
}

export function warningsTable({ preparation, language }: WorksheetProps): ReportElement {
  const kept = keptTexts(preparation);
  const inWords = (text: string | undefined): string => (text === undefined ? "—" : stepText(language, text, kept));
  const { warnings } = preparation;
  if (warnings.length === 0)
    return section(language, "section.warnings", h("p", null, say(language, "word.noWarnings")));
  return section(
    language,
    "section.warnings",
    table(
      language,
      ["column.warning", "column.found", "column.expected", "column.accepted"],
      warnings.map(({ code, message, received, expected, override }) => [
        h("span", null, h("b", null, code), ` ${warningText(language, code) ?? message}`),
        inWords(received),
        inWords(expected),
        override === undefined ? h("i", { class: "line" }, " ") : `${override.reason}; ${override.by}`,
      ]),
      "warnings",
    ),
  );
}

/** The ledger's answers, one after the other: they fill the page else. */
export function assumptions({ preparation, language }: WorksheetProps): ReportElement | null {
  const { assumptions: lines, openQuestions, trial } = preparation;
  if (lines.length === 0 && openQuestions.length === 0 && trial === undefined) return null;
  const items = lines.flatMap(({ key, value, reason }, index) => [
    index === 0 ? "" : " · ",
    h("b", null, key),
    ` = ${value}${reason === undefined ? "" : ` (${say(language, "word.reason")}: ${reason})`}`,
  ]);
  const open =
    openQuestions.length === 0
      ? null
      : [
          h("b", null, say(language, "section.questions")),
          ": ",
          openQuestions.map((question) => questionText(language, question)).join(" · "),
        ];
  return section(
    language,
    "section.assumptions",
    h("p", { class: "small" }, items.length === 0 ? say(language, "word.noAssumptions") : items),
    open === null ? null : h("p", { class: "small" }, open),
  );
}

export function toWriteIn({ language, details }: WorksheetProps): ReportElement {
  const { diluent, comments } = details;
  return section(
    language,
    "section.record",
    h(
      "div",
      { class: "grid" },
      blank(language, "blank.thawStart"),
      blank(language, "blank.thawEnd"),
      blank(language, "blank.postThaw", "wide"),
      diluent?.lot === undefined
        ? blank(language, "blank.diluent", "wide")
        : field(language, "blank.diluent", joined([diluent.name, diluent.lot]), "wide"),
      blank(language, "blank.appearance", "wide"),
      blank(language, "blank.deviation", "wide"),
      blank(language, "blank.labels"),
      comments === undefined ? blank(language, "blank.comments") : field(language, "blank.comments", comments),
    ),
  );
}
