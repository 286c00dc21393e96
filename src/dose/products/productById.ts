import { describeReceived, fail } from "../../foundation/index.js";
import { CAR_PRODUCTS } from "./carProducts.js";
import type { Product } from "./model.js";
import { STEM_CELL_PRODUCTS } from "./stemCellProducts.js";
import { STROMAL_AND_OTHER_PRODUCTS } from "./stromalAndOtherProducts.js";

/** Licensed and published products with what their sources state, in the order of docs/products.md. */
export const PRODUCTS: readonly Product[] = [...STROMAL_AND_OTHER_PRODUCTS, ...CAR_PRODUCTS, ...STEM_CELL_PRODUCTS];

const BY_ID: ReadonlyMap<string, Product> = /* @__PURE__ */ new Map(PRODUCTS.map((product) => [product.id, product]));

/**
 * The facts of a licensed product by its id, such as `ryoncil`, each with its source.
 *
 * @throws AllocellError `dose.product_unknown`
 */
export function productById(id: string): Product {
  return (
    BY_ID.get(id) ??
    fail("dose.product_unknown", "dose.product", `No product ${describeReceived(id)} is known here.`, {
      expected: `one of ${[...BY_ID.keys()].join(", ")}`,
      received: describeReceived(id),
    })
  );
}
