import type { Language } from "../texts/language.js";

/** Fonts of every page, for both languages. */
export const FONTS =
  '"Helvetica Neue", Arial, "Liberation Sans", "PingFang SC", "Microsoft YaHei", "Noto Sans CJK SC", "WenQuanYi Micro Hei", sans-serif';

/** Common to every document: black on white, so that a copier and a black-and-white printer lose nothing. */
const COMMON = `
*{box-sizing:border-box}
body{margin:0;color:#000;background:#fff;font-family:${FONTS}}
h1,h2,p,dl,dd{margin:0}
.nowrap{white-space:nowrap}
.field .name{display:block;font-weight:400;color:#000;font-size:.88em;line-height:1.12}
.field b{font-weight:600;overflow-wrap:anywhere}
.line{display:block;border-bottom:.3mm solid #000}
`;

/** A style of its own on top of what is common to every document. */
export const withCommonCss = (css: string): string => COMMON.concat(css);

/** A text as a string of CSS: nothing in it can end the string or the style. */
const cssString = (text: string): string =>
  `"${text.replace(/[^\p{L}\p{N} ._:/-]/gu, (letter) => `\\${(letter.codePointAt(0) ?? 0).toString(16)} `)}"`;

const PAGE_NUMBERS: Readonly<Record<Language, string>> = {
  en: 'counter(page) " / " counter(pages)',
  zh: '"第 " counter(page) " 页 共 " counter(pages) " 页"',
};

/**
 * Whose page it is and which, in the margin of every printed page: pages of two people's worksheets that fall to the
 * floor can be told apart.
 */
export const pageMarginCss = (whose: string, language: Language): string => `
@page{margin-bottom:7.5mm;@bottom-left{content:${cssString(whose)};font:8pt ${FONTS};vertical-align:top}@bottom-right{content:${PAGE_NUMBERS[language]};font:8pt ${FONTS};vertical-align:top}}
`;

/** A4 sheets. Where a sheet does not fit, a table breaks between rows and repeats its header. */
export const SHEET_CSS: string = COMMON.concat(`
@page{size:A4 portrait;margin:5mm 6mm}
@media screen{body{background:#ddd}.sheet{background:#fff;width:210mm;min-height:297mm;margin:4mm auto;padding:5mm 6mm}}
.sheet+.sheet{break-before:page}
.sheet{font-size:9pt;line-height:1.12}
.sheet .name{font-size:8pt;line-height:1.05}
.sheet header{display:flex;align-items:flex-start;gap:3mm;border-bottom:.6mm solid #000;padding-bottom:.7mm}
.sheet h1{font-size:13pt;line-height:1.1;flex:1}
.sheet h1 small{font-size:8pt;font-weight:400;margin-left:2mm}
.mark{border:.6mm solid #000;font-weight:700;font-size:9.5pt;padding:.5mm 1.5mm;white-space:nowrap}
.sheet section{margin-top:.7mm;break-inside:avoid}
.sheet section:has(>table){break-inside:auto}
.sheet h2{font-size:8.5pt;border-bottom:.2mm solid #000;margin-bottom:.4mm;break-after:avoid}
.field,.signature,.together{break-inside:avoid}
.grid{display:grid;grid-template-columns:repeat(6,1fr);gap:.4mm 2.5mm}
.wide{grid-column:span 2}
.three{grid-column:span 3}
.full{grid-column:span 6}
.key{display:grid;grid-template-columns:repeat(6,1fr);border:.5mm solid #000;border-right-width:.3mm;border-bottom-width:.3mm}
.key .field{padding:.25mm 1.2mm;border-right:.2mm solid #000;border-bottom:.2mm solid #000}
.key .field b{font-size:10.5pt}
.key .field small{display:block;font-size:9.5pt}
.key .nine b{font-size:9pt}
table{width:100%;border-collapse:collapse}
thead{display:table-header-group}
tr{break-inside:avoid}
th,td{border:.2mm solid #000;padding:.1mm .8mm;text-align:left;vertical-align:top;overflow-wrap:break-word;font-size:8pt;line-height:1.08}
th{font-weight:600}
.steps td:nth-child(1){width:50%}.steps td b{font-weight:600}
.steps sup{font-size:8pt;line-height:1;vertical-align:baseline}
.lots td:last-child{width:18%}
.warnings td:nth-child(1){width:31%}.warnings td:nth-child(2){width:33%}.warnings td:last-child{width:22%}
p.small{font-size:8pt;line-height:1.1}
p.small b{font-weight:700}
.blank .line,.warnings .line{height:4.2mm}
.signatures{display:grid;grid-template-columns:repeat(3,1fr);gap:4mm}
.signature{display:grid;grid-template-columns:1fr 23mm;column-gap:2mm}
.signature .name{grid-column:span 2}
.signature .line{height:7mm;position:relative;margin-bottom:3.4mm}
.signature small{position:absolute;bottom:-3.4mm;left:0;font-size:8pt;line-height:1.1;font-style:normal}
.sheet footer{margin-top:.7mm;border-top:.2mm solid #000;font-size:8pt;display:flex;justify-content:space-between;gap:4mm}
.hash{font-family:"DejaVu Sans Mono","Liberation Mono",monospace;overflow-wrap:anywhere}
.four{grid-column:span 4}
.process section{margin-top:2.5mm}
.process .grid{gap:1.5mm 3mm}
.process .blank .line{height:6.5mm}
.acts td{height:8mm}
.acts td:nth-child(1){width:24%}.acts td:nth-child(2){width:24%}.acts td:nth-child(n+4){width:12%}
.verdict{font-size:11pt;font-weight:700;margin-top:3mm;white-space:pre}
.process .signatures{margin-top:4mm}
.blinded{font-size:11pt;line-height:1.15}
.blinded .name{font-size:9pt}
.blinded section{margin-top:2mm}
.blinded h2{font-size:11pt}
.blinded .grid{gap:2mm 4mm}
.blinded .blank .line{height:6.2mm}
.blinded .rows{margin-top:4mm;border:.6mm solid #000;display:grid;grid-template-columns:1fr 1fr}
.blinded .rows .field{border-bottom:.25mm solid #000;padding:1.2mm 3mm}
.blinded .rows .field:nth-child(odd){border-right:.25mm solid #000}
.blinded .rows .field:nth-last-child(-n+2){border-bottom:0}
.blinded .rows b{font-size:12pt}
.blinded .rows .large b{font-size:18pt}
.blinded .pauses{margin:2mm 0}
.blinded td{height:6mm}
.blinded th{font-size:9pt}
.blinded .pauses td:nth-child(3){width:46%}.blinded .pauses td:last-child{width:18%}
.blinded .signatures{grid-template-columns:repeat(2,1fr);gap:8mm;margin-top:3mm}
.blinded .signature{grid-template-columns:1fr 32mm}
.blinded .signature .line{height:10mm}
`);
