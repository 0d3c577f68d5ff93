import type { TLSSocket, TlsOptions } from "node:tls";
import { describe, expect, test } from "vitest";
import { createSelfSigned } from "@/testing/certificates";
import { onRequest, startRawServer } from "@/testing/raw-server";
import type { Identity } from "./identities";
import { createSender } from "./send";
import { allow, authority, failure, response, trusted } from "./send.fixture";

const identityOf = ({ cert, key }: { cert: string; key: string }): Identity => ({
  chain: cert,
  privateKey: key,
});
const northwind = identityOf(await authority.issue({ names: ["northwind"], purpose: "client" }));
const southwind = identityOf(await authority.issue({ names: ["southwind"], purpose: "client" }));
const stranger = identityOf(await createSelfSigned({ names: ["stranger"], purpose: "client" }));

/** Posts to an endpoint that asks for certificates of the test's authority; `who` it saw, a connection each. */
async function visiting(
  options: TlsOptions,
  use: (
    post: (identity: Identity | null) => ReturnType<ReturnType<typeof createSender>["send"]>,
    who: unknown[],
  ) => Promise<void>,
): Promise<void> {
  const who: unknown[] = [];
  const server = await startRawServer({
    tls: { ...trusted, ca: authority.ca, requestCert: true, ...options },
    onConnection(socket) {
      const { subject } = (socket as TLSSocket).getPeerCertificate();
      who.push(subject?.CN ?? null);
      onRequest(socket, () => socket.write("HTTP/1.1 200 OK\r\ncontent-length: 0\r\n\r\n"));
    },
  });
  const sender = createSender({ timeoutMs: 20_000, allow });
  const url = `https://localhost:${server.port}/`;
  try {
    await use((identity) => sender.send({ pool: "w1", url, headers: {}, body: "{}", identity }), who);
  } finally {
    await sender.close();
    await server.close();
  }
}

test("an endpoint that asks is shown the certificate of the webhook", () =>
  visiting({}, async (post, who) => {
    expect(await post(northwind)).toMatchObject({
      ...response(200, false),
      peer: { facts: { hasIdentity: true } },
    });
    expect(who).toEqual(["northwind"]);
  }));

test.each(["TLSv1.2", "TLSv1.3"] as const)(
  "neither connections nor sessions of one certificate serve another (%s)",
  (maxVersion) =>
    visiting({ maxVersion, rejectUnauthorized: false }, async (post, who) => {
      await post(northwind);
      expect(await post(northwind)).toMatchObject({ peer: { reused: true } });
      expect(await post(southwind)).toMatchObject({ peer: { reused: false } });
      expect(await post(null)).toMatchObject({ peer: { reused: false } });
      expect(who).toEqual(["northwind", "southwind", null]);
    }),
);

describe("an endpoint that demands a certificate", () => {
  test.each([
    ["TLSv1.3", 116, "client_certificate_required"],
    ["TLSv1.2", 40, "handshake_refused"],
  ] as const)(
    "refuses a webhook without one over %s by an alert, which is kept",
    (maxVersion, alert, detail) =>
      visiting({ maxVersion }, async (post) => {
        const outcome = await post(null);
        expect(outcome).toMatchObject({
          ...failure("tls_error", "certificate", detail),
          peer: { facts: { alert } },
        });
      }),
  );

  // Node (20.20) takes any in the handshake, and closes afterwards.
  test.each(["TLSv1.2", "TLSv1.3"] as const)(
    "may close over %s on one that it does not trust",
    (maxVersion) =>
      visiting({ maxVersion }, async (post) => {
        const outcome = await post(stranger);
        expect(outcome).toMatchObject({
          ...failure("connect_reset", "closed the connection"),
          peer: { facts: { hasIdentity: true } },
        });
      }),
  );
});
