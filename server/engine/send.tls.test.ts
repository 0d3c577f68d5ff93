import { mkdtemp, rm } from "node:fs/promises";
import type { Socket } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { TlsOptions } from "node:tls";
import { describe, expect, test } from "vitest";
import { createAuthority, createSelfSigned, expired, wrongHost } from "@/testing/certificates";
import { authority, failure, trusted, visit } from "./send.fixture";

/** One request to a server that shows itself like this and then only listens. */
const greet = (tls: TlsOptions) =>
  visit({ tls, onConnection: (socket) => socket.resume() }, ({ post }) => post());

describe("a certificate or TLS that cannot be trusted", () => {
  test.each([
    [
      "expired",
      () => authority.issue(expired()),
      /^The certificate expired on \d{4}-\d\d-\d\d\./,
      "certificate_expired",
    ],
    [
      "not valid yet",
      () => authority.issue({ notBefore: new Date(Date.now() + 86_400_000) }),
      "only becomes valid on 20",
      "certificate_not_yet_valid",
    ],
    [
      "for another host",
      () => authority.issue(wrongHost()),
      "not for localhost, but for other.example",
      "name_mismatch",
    ],
    ["self-signed", () => createSelfSigned(), "self-signed", "self_signed"],
  ] as const)("a certificate that is %s", async (_name, issue, words, detail) => {
    expect(await greet(await issue())).toMatchObject(failure("tls_error", words, detail));
  });

  test("a certificate of an authority that nobody knows", async () => {
    const folder = await mkdtemp(join(tmpdir(), "fanfare-ca-"));
    const stranger = await createAuthority(folder, "Somebody");
    await rm(folder, { recursive: true });
    expect(await greet(await stranger.issue())).toMatchObject(
      failure("tls_error", "issuer is unknown|authority is not trusted"),
    );
  });

  test.each(["TLSv1", "TLSv1.1"] as const)("%s only", async (version) => {
    const tls = { ...trusted, minVersion: version, maxVersion: version, ciphers: "DEFAULT@SECLEVEL=0" };
    expect(await greet(tls)).toMatchObject(failure("tls_error", "outdated TLS versions", "protocol_version"));
  });

  test.each(["TLSv1.2", "TLSv1.3"] as const)("a client certificate demanded over %s", async (version) => {
    const tls = {
      ...trusted,
      requestCert: true,
      ca: authority.ca,
      minVersion: version,
      maxVersion: version,
    };
    expect(await greet(tls)).toMatchObject(failure("tls_error", "client certificate"));
  });

  test("HTTP/2 only", async () => {
    const tls = { ...trusted, ALPNProtocols: ["h2"] };
    expect(await greet(tls)).toMatchObject(failure("tls_error", "HTTP/1.1", "no_http1"));
  });

  test("plain HTTP on the port", async () => {
    const refuse = (socket: Socket) =>
      socket.once("data", () => socket.end("HTTP/1.1 400 Bad Request\r\n\r\n"));
    const outcome = await visit({ onConnection: refuse }, ({ post }) => post());
    expect(outcome).toMatchObject(failure("tls_error", "does not speak TLS", "plain_http"));
  });
});
