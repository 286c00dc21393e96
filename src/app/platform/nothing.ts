/** Packages that only a terminal or a figure of the command needs: a page never calls them. */
const refuse = (): never => {
  throw new Error("A page has no such thing.");
};

export const View = refuse;
export const parse = refuse;
export const compile = refuse;
export const SingleBar = refuse;
export const rowsAllocatedReader = refuse;
export const textMetrics = {};
export const resetSVGDefIds = refuse;
export const Presets = {};
export { refuse as Error };
export default {};
