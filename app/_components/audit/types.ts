import type { Outputs } from "@/app/_trpc/client";

export type AuditEntry = Outputs["audit"]["list"]["items"][number];
export type AuditAction = AuditEntry["action"];
export type Change = AuditEntry["changes"][number];
