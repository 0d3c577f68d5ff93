import { defineConfig } from "drizzle-kit";

export default defineConfig({
  dialect: "postgresql",
  schema: ["tables", "auth-tables", "key-marks"].map((name) => `./db/postgres/schema/${name}.ts`),
  out: "./db/postgres/migrations",
});
