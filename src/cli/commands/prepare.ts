import { join, resolve } from "node:path";
import { prepareRead, type Preparation } from "../../dose/index.js";
import {
  isBlinded,
  requireDetailsInDate,
  toBagLabelHtml,
  toBlindedPreparation,
  toBlindedRecordHtml,
  toOpenLabelHtml,
  toProcessRecordHtml,
  toWorksheetHtml,
  type BlindedPreparation,
  type DocumentDetails,
  type Language,
} from "../../report/index.js";
import type { DocumentTexts } from "../../trial/index.js";
import { failAt, writeFolder, writeNewFile } from "../../store/disk/index.js";
import type { Allocated } from "../allocated.js";
import { blindedFaults } from "../blindedFault.js";
import { jsonText, type CommonOptions, type Io } from "../io.js";
import { inOrder, readOrderFile, type Allocate, type OrderOptions, type OrderTemplate } from "../orderFile.js";
import { requireNewFolder } from "../requireNewFolder.js";

export interface PrepareOptions extends CommonOptions, OrderOptions {
  readonly lang: Language;
  readonly out?: string;
  readonly blindedOnly?: boolean;
}

interface Document {
  readonly name: string;
  readonly html: string;
}

/** `allocell prepare ORDER.yaml`: one administration prepared; its worksheet, blinded record and label as files. */
export function prepare(
  io: Io,
  file: string,
  options: PrepareOptions,
  allocate?: Allocate<Allocated>,
): Promise<number> {
  const act = (): Promise<number> => prepareFile(io, file, options, allocate);
  return options.blindedOnly === true ? blindedFaults(file, act) : act();
}

async function prepareFile(
  io: Io,
  file: string,
  options: PrepareOptions,
  allocate?: Allocate<Allocated>,
): Promise<number> {
  let allocated: Allocated | undefined;
  const reading = allocate && (async (template: OrderTemplate) => (allocated = await allocate(template)));
  const { source, order, document, texts } = await readOrderFile(io, file, options, reading);
  const preparation = inOrder(source, () => prepareRead(order));
  const isBlindedOnly = options.blindedOnly === true;
  if (isBlindedOnly || options.out !== undefined) requireDocument(document, file);
  // The same verdict whether documents are written or not.
  if (document !== undefined) {
    inOrder(source, () => {
      requireDetailsInDate(document, order.preparedOn);
    });
  }
  if (isBlindedOnly && !preparation.isReady) return answerNotReady(io, options);
  const isForBlind = isBlindedOnly || (options.out !== undefined && isBlinded(preparation));
  const blinded =
    document !== undefined && preparation.isReady && isForBlind && (isBlindedOnly || preparation.then === undefined)
      ? inOrder(source, () => toBlindedPreparation(preparation, document, texts))
      : undefined;
  const documents =
    options.out === undefined || document === undefined
      ? []
      : inOrder(source, () =>
          documentsOf(preparation, blinded, document, texts, { language: options.lang, isBlindedOnly }),
        );
  const files = options.out === undefined ? [] : await write(io, options.out, documents);
  await answer(io, options, { preparation, blinded, allocated, files });
  return preparation.isReady ? 0 : 1;
}

interface Prepared {
  readonly preparation: Preparation;
  readonly blinded: BlindedPreparation | undefined;
  readonly allocated: Allocated | undefined;
  readonly files: readonly { readonly file: string }[];
}

async function answer(
  io: Io,
  { json, blindedOnly = false, out = "" }: PrepareOptions,
  { preparation, blinded, allocated, files }: Prepared,
): Promise<void> {
  if (json === true) {
    const ofLog = allocated === undefined ? {} : { allocated };
    const own = blindedOnly ? { blinded } : { ...ofLog, isReady: preparation.isReady, preparation };
    await io.stdout.write(jsonText({ command: "prepare", ...own, files }));
    return;
  }
  const say = await import("../answers/preparationAnswer.js");
  const { speechOf } = await import("../answers/speech.js");
  const speech = await speechOf(io);
  const ofLog = allocated === undefined ? "" : say.allocatedText(allocated, speech.language);
  const text =
    blindedOnly && blinded !== undefined
      ? say.blindedText(blinded, speech.language)
      : ofLog + say.preparationText(preparation, speech);
  const names = files.map(({ file: name }) => name);
  await io.stdout.write(text + say.writtenText(out, names, speech.language));
}

/** Nothing is written, and nothing of the warnings is shown. */
async function answerNotReady(io: Io, options: PrepareOptions): Promise<number> {
  if (options.json === true) await io.stdout.write(jsonText({ command: "prepare", isReady: false, files: [] }));
  else {
    const { notReadyText } = await import("../answers/notReady.js");
    await io.stdout.write(notReadyText(io.language ?? "en"));
  }
  return 1;
}

function requireDocument(document: DocumentDetails | undefined, file: string): void {
  if (document !== undefined) return;
  failAt({
    code: "cli.document_missing",
    path: "document",
    file,
    message: "Documents state route and storage, and the order file does not.",
    expected: "document: { route: ..., storage: ... }",
  });
}

const SAFE = /[^\p{L}\p{N}._-]+/gu;

/**
 * Record and label only of a preparation that is ready: they leave the pharmacy. Of a licensed product nothing is blind:
 * it has a worksheet and an open label.
 */
function documentsOf(
  preparation: Preparation,
  blinded: BlindedPreparation | undefined,
  details: DocumentDetails,
  texts: DocumentTexts,
  { language, isBlindedOnly }: { readonly language: Language; readonly isBlindedOnly: boolean },
): readonly Document[] {
  const { subject = "subject", kit = "preparation" } = preparation.order.identification ?? {};
  const stem = `${subject}.${kit}`.replace(SAFE, "_");
  const ending = language === "en" ? "html" : `${language}.html`;
  const unblinded = (mark: string): readonly Document[] => [
    { name: `${stem}${mark}.worksheet.${ending}`, html: toWorksheetHtml(preparation, details, language) },
    { name: `${stem}${mark}.process.${ending}`, html: toProcessRecordHtml(preparation, details, texts, language) },
  ];
  if (!isBlinded(preparation)) {
    const labelled = preparation.isReady ? [preparation, ...(preparation.then ?? [])] : [];
    return [
      ...unblinded(""),
      ...labelled.map((one) => ({
        name: `${[stem, ...(one.component === undefined ? [] : [one.component.name.replace(SAFE, "_")])].join(".")}.label.${ending}`,
        html: toOpenLabelHtml(one, details, { ...details.label, language }),
      })),
    ];
  }
  return [
    ...(isBlindedOnly ? [] : unblinded(".UNBLINDED")),
    ...(blinded === undefined
      ? []
      : [
          { name: `${stem}.blinded.record.${ending}`, html: toBlindedRecordHtml(blinded, language) },
          { name: `${stem}.blinded.label.${ending}`, html: toBagLabelHtml(blinded, { ...details.label, language }) },
        ]),
  ];
}

/** Writes the documents into a new folder, for their owner alone, all or none. */
async function write(
  io: Io,
  folder: string,
  documents: readonly Document[],
): Promise<readonly { readonly file: string; readonly sha256: string }[]> {
  requireNewFolder(io, folder, "--out");
  return writeFolder(resolve(io.cwd, folder), folder, false, (unfinished) =>
    documents.map(({ name, html }) => ({ file: name, sha256: writeNewFile(join(unfinished, name), [html], 0o600) })),
  );
}
