import { createSecureContext } from "node:tls";
import { z } from "zod";
import { webhookLimits } from "@/domain/limits";
import {
  type ClientCertificate,
  type PastedProblem,
  readClientCertificate,
} from "@/domain/webhook/client-certificate";
import { type KeyRing, seal, secretOwner } from "@/domain/webhook/seal";

/** What a webhook shows to endpoints that ask for a certificate, read and checked as it comes in. */
export const clientCertificate = z
  .strictObject({
    certificate: z
      .string()
      .max(webhookLimits.pem, { abort: true })
      .describe(
        "In PEM: its own certificate first, then each one's issuer, as far as the endpoint needs them",
      ),
    private_key: z
      .string()
      .max(webhookLimits.pem, { abort: true })
      .describe("In PEM, without a passphrase; write-only"),
  })
  .transform(({ certificate, private_key: privateKey }, context) => {
    const read = readClientCertificate({ certificate, privateKey }, Date.now());
    const problem = "field" in read ? read : refusedByTls(read);
    if (!problem) return read as Read;
    const path = [problem.field === "privateKey" ? "private_key" : "certificate"];
    context.addIssue({ code: "custom", message: problem.message, path });
    return z.NEVER;
  })
  .nullable()
  .describe("Shown to endpoints that ask for a client certificate (mTLS); none when null");

type Read = Exclude<ReturnType<typeof readClientCertificate>, PastedProblem>;

/** What else OpenSSL has against it, like a key that is too short. */
function refusedByTls({ certificate, privateKey }: Read): PastedProblem | null {
  try {
    createSecureContext({ cert: certificate.chain, key: privateKey });
    return null;
  } catch (error) {
    const words = error instanceof Error ? error.message.split(":").at(-1)?.trim() : "";
    return { field: "certificate", message: `TLS does not take the certificate: ${words}.` };
  }
}

/** With the key sealed for its webhook, as it is stored. */
export function sealedCertificate(
  given: z.output<typeof clientCertificate>,
  ring: KeyRing,
  owner: Parameters<typeof secretOwner>[0],
): { certificate: ClientCertificate; key: string } | null {
  if (given === null) return null;
  return { certificate: given.certificate, key: seal(ring, given.privateKey, secretOwner(owner)) };
}
