import * as z from "zod";
import { ROUTES, type Route } from "./routes.js";

const json = (schema: z.ZodType): object => ({
  "application/json": { schema: z.toJSONSchema(schema, { target: "openapi-3.0" }) },
});

const error = z.strictObject({ error: z.strictObject({ code: z.string(), message: z.string(), path: z.string() }) });

function operation({ summary, roles, isRequest, body, answer }: Route): object {
  const key = { name: "Idempotency-Key", in: "header", required: true, schema: { type: "string" } };
  return {
    summary,
    ...(roles === undefined ? {} : { security: [{ token: [] }], description: `Roles: ${roles.join(", ")}` }),
    ...(isRequest === true ? { parameters: [key] } : {}),
    ...(body === undefined ? {} : { requestBody: { required: true, content: json(body) } }),
    responses: {
      200: { description: "done", content: json(answer) },
      default: { description: "refused", content: json(error) },
    },
  };
}

/** The service as an OpenAPI document, made of the schemas that it checks with. */
export function openApi(): object {
  const paths: Record<string, Record<string, object>> = {};
  for (const route of ROUTES) (paths[route.path] ??= {})[route.method] = operation(route);
  return {
    openapi: "3.0.3",
    info: { title: "allocell back-end example", version: "1" },
    components: { securitySchemes: { token: { type: "http", scheme: "bearer" } } },
    paths,
  };
}
