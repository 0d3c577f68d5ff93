/**
 * Asks better-auth, with its refusals as values: what it answered and the cookies that go with it, or the code
 * of its refusal. Faults throw.
 */
export async function ask<T>(
  call: Promise<{ headers: Headers; response: T }>,
): Promise<{ value: T; cookies: string[] } | { refusal: string }> {
  try {
    const { headers, response } = await call;
    return { value: response, cookies: headers.getSetCookie() };
  } catch (error) {
    const { isAPIError } = await import("better-auth/api");
    if (!isAPIError(error) || error.statusCode >= 500) throw error;
    return { refusal: error.body?.code ?? String(error.status) };
  }
}
