export * from "./lists/index.js";
export * from "./programs/index.js";
