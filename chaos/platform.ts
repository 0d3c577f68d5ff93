/** The platform's side of the REST API, as much of it as a run needs. */
export function platformOf(url: string, key: string) {
  const call = async (method: string, path: string, body?: unknown, customer?: string): Promise<unknown> => {
    const response = await fetch(`${url}${path}`, {
      method,
      headers: {
        "X-API-KEY": key,
        ...(body !== undefined && { "Content-Type": "application/json" }),
        ...(customer && { "X-Customer-Id": customer }),
      },
      body: body === undefined ? undefined : JSON.stringify(body),
      signal: AbortSignal.timeout(20_000),
    });
    const text = await response.text();
    if (!response.ok) throw new Refusal(response.status, text);
    return text === "" ? null : JSON.parse(text);
  };
  return {
    call,
    async addCustomer(name: string): Promise<string> {
      return ((await call("POST", "/customers", { name })) as { id: string }).id;
    },
    async addWebhook(customer: string, webhook: object): Promise<string> {
      return ((await call("POST", "/webhooks", webhook, customer)) as { id: string }).id;
    },
    publish: (events: object[]) =>
      call("POST", "/events", events) as Promise<{ id: string; deliveries: number; duplicate?: true }[]>,
  };
}

export type Platform = ReturnType<typeof platformOf>;

/** An answer that is not a success. */
export class Refusal extends Error {
  constructor(
    readonly status: number,
    readonly body: string,
  ) {
    super(`${status}: ${body.slice(0, 500)}`);
  }
}
