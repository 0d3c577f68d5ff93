import { defineConfig } from "vitest/config";

const alias = { "@": import.meta.dirname };
/** A test in which nothing was expected has shown nothing: its loop ran over nothing, or it left early. */
const expectSomething = { requireAssertions: true };
/** Tests of what the build makes. */
const needsBuild = "server/**/*.built.test.ts";
/** Tests that look at what their whole process holds: each has one to itself. */
const looksAtProcess = "server/**/*.load.test.ts";

const onPostgresAlone = "e2e/{copy-to-postgres,postgres}.test.ts";
/**
 * The stories that Postgres is asked to tell as well: those that go through the store by every kind of verb. What the
 * others are about (starts, kills, pages, addresses, odd requests) does not come to the store, or is the database's own.
 */
const onBoth = "e2e/{access,agent-crash,agent-replay,agent-subscriptions,rotation,spine,webhook}.test.ts";

export default defineConfig({
  resolve: { alias },
  test: {
    maxWorkers: "100%", // else one of two cores looks on
    projects: [
      {
        resolve: { alias },
        test: {
          name: "unit",
          include: ["{domain,server,db,app,scripts,demo,testing,tree,bench,client}/**/*.test.ts"],
          exclude: [needsBuild, looksAtProcess, "**/node_modules/**"],
          globalSetup: ["./testing/trust.ts", "./testing/postgres.ts"],
          isolate: false, // half of the time would go into loading the same modules for each file
          retry: 1,
          testTimeout: 20_000,
          hookTimeout: 60_000,
          expect: expectSomething,
        },
      },
      {
        resolve: { alias },
        test: {
          name: "load",
          include: [looksAtProcess],
          globalSetup: ["./testing/trust.ts"],
          retry: 1,
          testTimeout: 20_000,
          expect: expectSomething,
        },
      },
      {
        resolve: { alias },
        test: {
          name: "sim",
          include: ["sim/**/*.test.ts"],
          globalSetup: ["./testing/postgres.ts"],
          testTimeout: 600_000, // 300 histories take two minutes, on a machine that does nothing else
          fileParallelism: false,
          expect: expectSomething,
        },
      },
      {
        resolve: { alias },
        test: {
          name: "system",
          include: ["e2e/**/*.test.ts", needsBuild],
          exclude: [onPostgresAlone, "**/node_modules/**"],
          retry: 1,
          testTimeout: 60_000,
          hookTimeout: 120_000,
          expect: expectSomething,
          fileParallelism: false,
        },
      },
      {
        resolve: { alias },
        test: {
          name: "postgres",
          include: [onPostgresAlone, onBoth],
          globalSetup: ["./testing/postgres.ts"],
          env: { STORIES_ON: "postgres" },
          retry: 1,
          testTimeout: 60_000,
          hookTimeout: 120_000,
          expect: expectSomething,
          fileParallelism: false,
        },
      },
    ],
  },
});
