export * from "./trialById.js";
