import { z } from "zod";
import type { ClientCertificate } from "@/domain/webhook/client-certificate";
import { isoTime, timeView } from "./time";

export const clientCertificateView = z
  .object({
    subject: z.string(),
    issuer: z.string(),
    fingerprint: z.string().describe("SHA-256 of the certificate, as openssl writes it"),
    expires_at: timeView,
  })
  .describe("What it shows to endpoints that ask for a client certificate; its key is never shown");

export function toClientCertificateView(
  certificate: ClientCertificate | null,
): z.infer<typeof clientCertificateView> | null {
  if (certificate === null) return null;
  const { subject, issuer, fingerprint, expiresAt } = certificate;
  return { subject, issuer, fingerprint, expires_at: isoTime(expiresAt) };
}
