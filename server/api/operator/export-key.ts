import { runtime } from "@/server/process/runtime";
import { exportKeyOf } from "../export/export-key";

/** The public key that exports are verified with, in PEM. */
export const answerExportKey = (): Response =>
  new Response(exportKeyOf(runtime().env).publicPem, {
    headers: { "content-type": "application/x-pem-file", "cache-control": "no-cache" },
  });
