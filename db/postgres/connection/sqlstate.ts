/** The SQLSTATE of what Postgres refused, or Node's code of what failed on the way, which drizzle wraps. */
export function codeOf(error: unknown): string | undefined {
  const { code, cause } = error as { code?: string; cause?: unknown };
  return code ?? (cause ? codeOf(cause) : undefined);
}
