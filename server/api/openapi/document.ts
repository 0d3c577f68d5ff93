import { routes } from "../rest/routes";
import { errorView, refusalAnswers } from "./errors";
import { healthCalls } from "./health";
import { operationOf } from "./operation";
import { receiverCalls } from "./receiver";
import { createSchemas } from "./schemas";
import { tags } from "./tags";
import type { OpenApi } from "./types";

type Site = { version: string; publicUrl: string };

let made: (Site & { document: OpenApi }) | undefined;

/**
 * The OpenAPI 3.1 document of the REST API, made from the table of routes and the procedures behind it: once for
 * a process, since everybody may ask for it.
 */
export function openApiDocument(site: Site): OpenApi {
  if (made?.version !== site.version || made.publicUrl !== site.publicUrl) {
    made = { ...site, document: makeDocument(site) };
  }
  return made.document;
}

function makeDocument({ version, publicUrl }: Site): OpenApi {
  const schemas = createSchemas();
  const error = schemas.of(errorView, "output");
  const paths: OpenApi["paths"] = {};
  for (const route of routes) {
    const calls = paths[route.path] ?? {};
    paths[route.path] = { ...calls, [route.method.toLowerCase()]: operationOf(route, schemas) };
  }
  return {
    openapi: "3.1.0",
    info: {
      title: "Fanfare",
      version,
      summary: "Webhooks that a platform's customers can trust, and see through.",
      description,
      license: { name: "MIT", identifier: "MIT" },
    },
    servers: [{ url: publicUrl }],
    security: [{ apiKey: [] }],
    tags,
    paths: { ...paths, ...healthCalls },
    webhooks: receiverCalls(),
    components: {
      schemas: schemas.components,
      responses: refusalAnswers(error),
      securitySchemes: {
        apiKey: {
          type: "apiKey",
          in: "header",
          name: "X-API-KEY",
          description: "A customer's key (fk_…), or the platform's.",
        },
      },
    },
  };
}

const description = [
  "JSON in and out, with `X-API-KEY` in every request. Customers call with their own keys; the platform's key may",
  "make any of their calls for the customer named in `X-Customer-Id`. Ids made here are UUIDs, times are ISO 8601",
  "in UTC with milliseconds. Numbers that a double would change are refused, never changed silently. Bodies are at",
  "most 256 KiB; a call that publishes is at most 5 MiB, and each of its events 256 KiB. Why",
  "a delivery failed is told with it, as a diagnosis; `/docs/causes` lists every code that one may have.",
].join(" ");
