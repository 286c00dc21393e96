import { readFileSync } from "node:fs";
import { parse } from "yaml";

type Tree = Record<string, unknown>;

/** Weight bands of an allowed dose, the weight of the edge in the upper one. */
const bands = (kg: string, least: string, most: string): readonly object[] => [
  { below: { kg, included: false }, range: { maximum: { kind: "flat", amount: most } } },
  { above: { kg, included: true }, range: { minimum: { kind: "flat", amount: least } } },
];

/** The example of two components, for a protocol's dose instead of a product's, with bands of weights for each and for both. */
export function bandedComponents(kg = "50", least = "40E6", most = "120E6"): Tree {
  const file = parse(readFileSync("examples/products/order-breyanzi.yaml", "utf8")) as { order: Tree };
  const { order } = file;
  const rule = { kind: "flat", amount: "50E6", unitKind: "car-positive-cells" };
  const dose = {
    from: "protocol",
    rule,
    levels: [rule],
    source: "EXAMPLE protocol, 6.2",
    range: bands(kg, least, most),
  };
  const level = { kind: "flat", amount: "100E6", unitKind: "car-positive-cells" };
  const [then] = order["then"] as [Tree];
  return {
    ...file,
    order: {
      ...order,
      dose,
      then: [{ ...then, dose: { ...dose, levels: [rule, level] } }],
      together: {
        source: "EXAMPLE protocol, 6.3",
        cap: { amount: "200E6", unitKind: "car-positive-cells" },
        range: bands(kg, "80E6", "150E6"),
      },
    },
  };
}
