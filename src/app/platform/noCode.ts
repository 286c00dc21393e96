import * as z from "zod";

// A page may not make code out of text; the reader of schemas would try. Imported first: the built-in trials are read
// when their modules are.
z.config({ jitless: true });
