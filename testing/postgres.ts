import type { TestProject } from "vitest/node";
import { startPostgres } from "./postgres-server";

/** A Postgres for all tests of the run: the one of TEST_DATABASE_URL, or one that is started for them. */
export default async function givePostgres(project: TestProject): Promise<() => Promise<void>> {
  const given = process.env.TEST_DATABASE_URL;
  if (given) {
    project.provide("postgresUrl", given);
    return async () => {};
  }
  const server = await startPostgres();
  project.provide("postgresUrl", server.url);
  return server.end;
}

declare module "vitest" {
  interface ProvidedContext {
    postgresUrl: string;
  }
}
