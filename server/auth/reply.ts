/** An answer under /api/auth: its JSON and the `Set-Cookie` headers. */
export type Reply = { body: unknown; cookies: string[] };
