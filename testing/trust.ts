import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { TestProject } from "vitest/node";
import { createAuthority } from "./certificates";

/** Runs before the test processes start: Node reads which extra authority to trust only then. */
export default async function trustTestAuthority(project: TestProject): Promise<() => Promise<void>> {
  const folder = await mkdtemp(join(tmpdir(), "fanfare-ca-"));
  const { caFile, ca, key } = await createAuthority(folder);
  process.env.NODE_EXTRA_CA_CERTS = caFile;
  project.provide("authority", { caFile, ca, key });
  return () => rm(folder, { recursive: true, force: true });
}

declare module "vitest" {
  interface ProvidedContext {
    authority: { caFile: string; ca: string; key: string };
  }
}
