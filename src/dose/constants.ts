import { fraction, type Fraction } from "../quantity/index.js";

export const HUNDRED: Fraction = /* @__PURE__ */ fraction(100);
