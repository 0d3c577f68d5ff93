import { defineConfig } from "drizzle-kit";

export default defineConfig({
  dialect: "sqlite",
  schema: ["./db/sqlite/schema/tables.ts", "./db/sqlite/schema/auth-tables.ts"],
  out: "./db/sqlite/migrations",
});
