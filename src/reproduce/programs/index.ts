export { masterCsvName, type ScriptRequest } from "./request.js";
export { toDoseScript } from "./toDoseScript.js";
export { toDynamicScript } from "./toDynamicScript.js";
export { toScript } from "./toScript.js";
