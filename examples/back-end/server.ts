import { serve } from "@hono/node-server";
import type { Server } from "node:http";
import { createApp, type LogLine } from "./app.js";
import type { Office } from "./office.js";

export interface Running {
  readonly url: string;
  readonly close: () => Promise<void>;
}

/** Serves on the loopback address; a proxy in front brings TLS. Who sends too slowly is cut off. */
export function startServer(office: Office, port: number, log: (line: LogLine) => void): Promise<Running> {
  const limits = { headersTimeout: 5_000, requestTimeout: 10_000, connectionsCheckingInterval: 500 };
  return new Promise((resolve) => {
    const options = { fetch: createApp(office, log).fetch, hostname: "127.0.0.1", port, serverOptions: limits };
    const server = serve(options, ({ port: bound }) => {
      const close = (): Promise<void> =>
        new Promise((done) => {
          (server as Server).closeAllConnections();
          server.close(() => {
            done();
          });
        });
      resolve({ url: `http://127.0.0.1:${bound}`, close });
    });
  });
}
