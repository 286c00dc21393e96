/** How a product that is dosed by volume makes its volume from the weight. */
export type VolumeRule =
  /** The upper limit of the weight band × mL/kg, half-up to a step. */
  | {
      readonly kind: "band-upper-limit";
      readonly bandUpperKg: readonly string[];
      readonly mlPerKg: string;
      readonly stepMl: string;
    }
  /** The weight, half-up to a step of kilograms, × mL/kg; from a weight on the volume stays. */
  | { readonly kind: "rounded-weight"; readonly stepKg: string; readonly mlPerKg: string; readonly flatFromKg: string };
