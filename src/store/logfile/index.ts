export { fileStore, type FileStoreOptions } from "./fileStore.js";
