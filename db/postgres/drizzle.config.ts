import { defineConfig } from "drizzle-kit";

export default defineConfig({
  dialect: "postgresql",
  schema: ["./db/postgres/schema/tables.ts", "./db/postgres/schema/auth-tables.ts"],
  out: "./db/postgres/migrations",
});
