/**
 * What every copy of the package must make alike: a TEST list with two factors, as master and as blinded file, and a
 * prescription. Takes the package as `library`, so that ESM, CommonJS, a browser bundle and the sources can run it.
 */
module.exports = function evidence(library) {
  const { AllocellError, generateList, prescribe, Seed, sle, toBlindedCsv, toMasterCsv, uc } = library;
  const plan = {
    trial: uc.id,
    part: "main",
    list: "PACKAGE-1",
    arms: { exosome: 2, placebo: 1 },
    procedure: { kind: "permuted-block", sizes: [3, 6, 9], lastBlock: "cut" },
    strata: [
      { factor: "site", levels: ["Žilina", "上海"] },
      { factor: "mayo", levels: ["6 to 9", "10 to 12"] },
    ],
    length: 50,
  };
  const list = generateList({ plan, trial: uc, seed: Seed.test("one list everywhere") });
  const prescription = prescribe({
    trial: sle,
    arm: "medium",
    weightKg: "72.45",
    firstAdministration: "2025-06-28",
    assumptions: {
      "dose.countBasis": "viable-cells",
      "dose.weightDescriptor": "actual",
      "dose.cap": "200E6 viable cells",
      "dose.administrations": "1",
    },
  });
  let refusal = "none";
  try {
    Seed.test("");
  } catch (error) {
    refusal = AllocellError.is(error) ? error.code : String(error);
  }
  return {
    master: [...toMasterCsv(list)].join(""),
    blinded: [...toBlindedCsv(list.blinded())].join(""),
    prescription: JSON.stringify(prescription),
    refusal,
  };
};
