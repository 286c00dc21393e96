import { auditList } from "../../audit/index.js";
import { sha256Hex } from "../../foundation/index.js";
import {
  toBlindingRecord,
  toListRecord,
  toListSpecification,
  toM11Sections,
  toProtocolParagraph,
  toReportingItems,
  toSealedCode,
  toUnblindingRecord,
  toUsdmFragment,
  type ListDescription,
} from "../../report/index.js";
import type { Trial } from "../../trial/index.js";
import type { DocumentName } from "../documentNames.js";
import type { Io } from "../io.js";
import { readFolder } from "./audit.js";
import { describeBy, type DescribeOptions, type DocumentMakers } from "./describeBy.js";

const MAKERS: DocumentMakers<DocumentName> = {
  protocol: { make: toProtocolParagraph },
  specification: { make: toListSpecification },
  "sealed-code": { make: toSealedCode },
  "blinding-record": { make: toBlindingRecord, ofFolder: ofFiles },
  "unblinding-record": { make: toUnblindingRecord },
  record: { make: toListRecord },
  spirit: { make: (description) => toReportingItems(description, "spirit-2025"), isEnglish: true },
  consort: { make: (description) => toReportingItems(description, "consort-2025"), isEnglish: true },
  m11: { make: toM11Sections, isEnglish: true },
  usdm: { make: toUsdmFragment, isEnglish: true },
};

/** `allocell describe DIR|PLAN`: one document in Markdown, with empty places for what no program knows. */
export const describe = (io: Io, path: string, options: DescribeOptions): Promise<number> =>
  describeBy(MAKERS, io, path, options);

/** What the files of a folder show: the hashes of kit lists, and what the leak audit says without the seed. */
function ofFiles(io: Io, folder: string, trial: Trial): Pick<ListDescription, "kits" | "audit"> {
  const files = readFolder(io, folder);
  const kits = files
    .filter(({ name }) => name.endsWith(".kits.csv"))
    .map(({ name, text }) => ({ file: name, sha256: sha256Hex(text) }));
  return { kits, audit: auditList(files, { trial }) };
}
