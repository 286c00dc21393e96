export type { ListDescription, ManifestFacts } from "./describe/description.js";
export { dynamicName, dynamicTables, trialDesignName } from "./assessment/trialTables.js";
export { toProtocolParagraph } from "./describe/protocolParagraph.js";
export { toListSpecification } from "./describe/listSpecification.js";
export { toReportingItems, type ReportingGuideline } from "./describe/reportingItems.js";
export { toM11Sections } from "./describe/m11Sections.js";
export { toUnblindingRecord } from "./describe/unblindingRecord.js";
export { toUsdmFragment } from "./describe/usdmFragment.js";
export { toListRecord } from "./describe/listRecord.js";
export { toSealedCode } from "./describe/sealedCode.js";
export { toBlindingRecord } from "./describe/blindingRecord.js";
export type { ReportElement } from "./page/element.js";
export { SHEET_CSS } from "./page/sheetStyle.js";
export type { Language } from "./texts/language.js";
export { armOrPart, assumptionText } from "./texts/assumptionTexts.js";
export { questionText, warningText } from "./texts/catalogue.js";
export { stepText } from "./texts/stepText.js";
export { fieldName } from "./record/fieldNames.js";
export { recordText } from "./record/recordTexts.js";
export { ofCounted } from "./texts/thawText.js";
export { foundNumbers } from "./texts/foundNumbers.js";
export { procedureChoice } from "./texts/procedureChoice.js";
export { foundText } from "./texts/foundText.js";
export { countText } from "./worksheet/shownValues.js";
export {
  parseDocumentDetails,
  requireDetailsInDate,
  type DiluentDetails,
  type DocumentDetails,
  type ReceiptDetails,
} from "./worksheet/details.js";
export { isBlinded, toBlindedPreparation, type BlindedPreparation } from "./worksheet/blindedPreparation.js";
export { toBlindedRecordHtml, toProcessRecordHtml, toWorksheetHtml } from "./worksheet/toWorksheetHtml.js";
export { Worksheet } from "./worksheet/worksheet.js";
export type { WorksheetProps } from "./worksheet/worksheetProps.js";
export { BlindedRecord, type BlindedProps } from "./worksheet/blindedRecord.js";
export { unblindedCodeBreakCards, type CodeBreakCard } from "./codeBreak/codeBreakCards.js";
export {
  codeBreakReport,
  toCodeBreakReportText,
  type CodeBreakReport,
  type FormField,
} from "./codeBreak/codeBreakReport.js";
export { toCodeBreakCardsHtml } from "./codeBreak/toCodeBreakCardsHtml.js";
export { BagLabel } from "./label/bagLabel.js";
export { parseBagCode, toBagCode } from "./label/bagCode.js";
export type { BagCode } from "./label/bagFacts.js";
export type { LabelSize } from "./label/labelSize.js";
export { toBagLabelHtml, toOpenLabelHtml, type LabelOptions } from "./label/toBagLabelHtml.js";
export { designName, designNames } from "./assessment/designName.js";
export { fillPlot } from "./plots/fillPlot.js";
export { imbalancePlot } from "./plots/imbalancePlot.js";
export { toPlotCsv, type Plot, type PlotRow } from "./plots/plot.js";
export type { At, Axis, Figure, LegendEntry, Mark, Sign, Stroke } from "./plots/figure.js";
export { toPlotSvg } from "./plots/toPlotSvg.js";
export { predictabilityPlot } from "./plots/predictabilityPlot.js";
export { textWidth } from "./page/textWidth.js";
export { suggestionPlot } from "./plots/suggestionPlot.js";
export { tradeOffDesigns } from "./plots/tradeOffDesigns.js";
export { tradeOffPlot } from "./plots/tradeOffPlot.js";
export { dynamicPlots } from "./plots/trialPlots.js";
export { assessmentPlots, type NamedPlot } from "./assessment/assessmentPlots.js";
export { assessmentTables, measureTable, undefinedLines, type ReportTable } from "./assessment/assessmentTables.js";
export {
  recommendation,
  suggestionName,
  suggestionTable,
  type Recommendation,
  type RecommendationOptions,
} from "./assessment/recommendation.js";
export { suggestionReasons, type SaidIssue } from "./assessment/suggestionReasons.js";
export {
  toAssessmentHtml,
  toDynamicAssessmentHtml,
  type AssessmentReport,
  type DrawnPlot,
} from "./assessment/toAssessmentHtml.js";
export { toAssessmentMarkdown } from "./assessment/toAssessmentMarkdown.js";
export { tableBlocks } from "./describe/markdown.js";
export { decisionPlot } from "./escalation/decisionPlot.js";
export { choiceText, type ChoiceText } from "./escalation/choiceText.js";
export { escalationTables, type EscalationReport } from "./escalation/escalationTables.js";
export { toTableCsv } from "./tableCsv.js";
export type { NamedTable } from "./escalation/namedTable.js";
export { nextStepLines, ruleWarnings } from "./escalation/escalationWords.js";
export {
  nextActsTable,
  openPartRule,
  openPartTables,
  openPartTitle,
  toOpenPartHtml,
} from "./escalation/openPartTables.js";
export { toRuleTemplate, type RuleTemplateOptions } from "./escalation/ruleTemplate.js";
export { toEscalationHtml } from "./escalation/toEscalationHtml.js";
export { toAdministrationHtml, type GivenDoses } from "./record/toAdministrationHtml.js";
export { bordersTable, toBordersHtml, type BordersOf } from "./record/toBordersHtml.js";
export { toQualificationHtml, type Qualification } from "./qualification/toQualificationHtml.js";
export { toSecondCheckHtml } from "./record/toSecondCheckHtml.js";
