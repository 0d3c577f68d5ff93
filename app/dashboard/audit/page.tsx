import type { Metadata } from "next";
import { AuditLog } from "@/app/_components/audit/audit-log";
import { readAuditFilters, toAuditInput } from "@/app/_components/audit/audit-query";
import { PageHeader } from "@/app/_components/ui/page-header";
import { api, HydrateClient } from "@/app/_trpc/server";
import { type PageProps, readOne, requireSession } from "../_session/require-session";

export const metadata: Metadata = { title: "Audit log" };

export default async function Page({ searchParams }: PageProps) {
  await requireSession("/dashboard/audit", searchParams);
  const filters = readAuditFilters(readOne(await searchParams));
  await api.audit.list.prefetchInfinite(toAuditInput(filters, Date.now()));
  return (
    <HydrateClient>
      <PageHeader title="Audit log" beside="who changed what" />
      <AuditLog />
    </HydrateClient>
  );
}
