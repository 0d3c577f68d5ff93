import { defineConfig } from "vitest/config";

const alias = { "@": import.meta.dirname };

export default defineConfig({
  resolve: { alias },
  test: {
    maxWorkers: "100%", // else one of two cores looks on
    projects: [
      {
        resolve: { alias },
        test: {
          name: "unit",
          include: ["{server,db,app,scripts,demo}/**/*.test.ts"],
          globalSetup: ["./e2e/kit/trust.ts"],
          testTimeout: 20_000,
        },
      },
      {
        resolve: { alias },
        test: { name: "sim", include: ["sim/**/*.test.ts"], testTimeout: 300_000, fileParallelism: false },
      },
      {
        resolve: { alias },
        test: {
          name: "system",
          include: ["e2e/**/*.test.ts"],
          testTimeout: 60_000,
          hookTimeout: 120_000,
          fileParallelism: false,
        },
      },
    ],
  },
});
