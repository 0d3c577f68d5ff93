export type Api = {
  /** Calls the running product as the platform, for `customer` when that is given. Throws unless it answers 2xx. */
  platform<Answer>(method: string, path: string, body?: unknown, customer?: string): Promise<Answer>;
  /** Makes an account with a customer of its own. */
  signUp(person: { name: string; email: string; password: string; company: string }): Promise<void>;
};

export function createApi(url: string, platformKey: string): Api {
  async function call(method: string, path: string, body: unknown, headers: Record<string, string>) {
    const response = await fetch(url + path, {
      method,
      headers: { ...headers, ...(body !== undefined && { "Content-Type": "application/json" }) },
      body: body === undefined ? undefined : JSON.stringify(body),
    });
    const text = await response.text();
    if (!response.ok) throw new Error(`${method} ${path} answered ${response.status}: ${text}`);
    return text === "" ? null : JSON.parse(text);
  }
  return {
    platform: (method, path, body, customer) =>
      call(method, path, body, { "X-API-KEY": platformKey, ...(customer && { "X-Customer-Id": customer }) }),
    signUp: (person) => call("POST", "/api/auth/sign-up/email", person, {}),
  };
}
