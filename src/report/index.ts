export type { ListDescription, ManifestFacts } from "./describe/description.js";
export { toProtocolParagraph } from "./describe/protocolParagraph.js";
export { toListSpecification } from "./describe/listSpecification.js";
export { toReportingItems, type ReportingGuideline } from "./describe/reportingItems.js";
export { toListRecord } from "./describe/listRecord.js";
