import type { Auth } from "./auth";

/**
 * Asks better-auth, with its refusals as values: what it answered and the cookies that go with it, or the code
 * of its refusal. Faults throw.
 */
export async function ask<T>(
  { store }: Pick<Auth, "store">,
  call: Promise<{ headers: Headers; response: T }>,
): Promise<{ value: T; cookies: string[] } | { refusal: string }> {
  try {
    const { headers, response } = await call;
    return { value: response, cookies: headers.getSetCookie() };
  } catch (error) {
    const { isAPIError } = await import("better-auth/api");
    if (!isAPIError(error) || error.statusCode >= 500) {
      await store.ping(); // better-auth tells no cause: a store that is away says so itself
      throw error;
    }
    return { refusal: error.body?.code ?? String(error.status) };
  }
}
