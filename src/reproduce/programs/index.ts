export { masterCsvName, type ScriptRequest } from "./request.js";
export { toScript } from "./toScript.js";
