/** A4 pages in black on white; a table repeats its header on every page, a picture stays in one piece. */
export const ASSESSMENT_CSS = `
@page{size:A4 portrait;margin:15mm}
*{box-sizing:border-box}
body{margin:0 auto;max-width:180mm;color:#000;background:#fff;font:9.5pt/1.35 "Liberation Sans",Arial,Helvetica,"Noto Sans CJK SC",sans-serif}
@media screen{body{padding:8mm}}
h1{font-size:15pt;margin:0 0 1mm}
h2{font-size:11.5pt;margin:6mm 0 1.5mm;break-after:avoid}
p{margin:0 0 2mm}
.mark{border:.5mm solid #000;font-weight:700;padding:1mm 2mm;margin:2mm 0}
table{width:100%;border-collapse:collapse;font-size:8.5pt}
thead{display:table-header-group}
tr{break-inside:avoid}
th,td{border-bottom:.2mm solid #888;padding:.7mm 1.5mm;text-align:left;vertical-align:top;overflow-wrap:anywhere}
th{border-bottom:.4mm solid #000}
.number{text-align:right;font-variant-numeric:tabular-nums}
.note,figcaption{font-size:8pt;margin-top:1mm}
figure{margin:4mm 0;break-inside:avoid}
figure svg{width:100%;height:auto;display:block}
ul{margin:0 0 2mm;padding-left:5mm}
`;
