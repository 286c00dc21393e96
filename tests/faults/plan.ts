/** A small plan, for a TEST list. */
export const PLAN = `trial: NCT06853522
part: main
list: UC-01
arms: { exosome: 1, placebo: 1 }
procedure: { kind: permuted-block, sizes: [2] }
strata: [{ factor: site, levels: ["01", "02"] }]
length: 8
`;
