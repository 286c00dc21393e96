import { toListSpecification, toProtocolParagraph, toReportingItems } from "../../report/index.js";
import type { Io } from "../io.js";
import { describeBy, type DescribeOptions, type DocumentMakers } from "./describeBy.js";

type OnPage = "protocol" | "specification" | "spirit";

const MAKERS: DocumentMakers<OnPage> = {
  protocol: { make: toProtocolParagraph },
  specification: { make: toListSpecification },
  spirit: { make: (description) => toReportingItems(description, "spirit-2025"), isEnglish: true },
};

/** The documents that a page writes: a page carries no text that only the command prints. */
export const describeOnPage = (
  io: Io,
  path: string,
  options: DescribeOptions & { readonly document: OnPage },
): Promise<number> => describeBy(MAKERS, io, path, options);
