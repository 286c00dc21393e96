import { defineConfig } from "vite";

/** `npx vite examples/back-end/browser`: the page, with the service of `npm run back-end` behind it. */
export default defineConfig({
  server: { proxy: { "/allocations": "http://127.0.0.1:8787" } },
});
