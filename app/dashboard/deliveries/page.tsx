import type { Metadata } from "next";
import { DeliveryBrowser } from "@/app/_components/delivery/delivery-browser";
import { readFilters, toListInput } from "@/app/_components/delivery/delivery-query";
import { Recoveries } from "@/app/_components/recovery/recoveries";
import { PageHeader } from "@/app/_components/ui/page-header";
import { api, HydrateClient } from "@/app/_trpc/server";
import { readZone } from "../_session/read-zone";
import { type PageProps, readOne, requireSession } from "../_session/require-session";

export const metadata: Metadata = { title: "Deliveries" };

export default async function Page({ searchParams }: PageProps) {
  await requireSession("/dashboard/deliveries", searchParams);
  const filters = readFilters(readOne(await searchParams));
  await Promise.all([
    api.recoveries.list.prefetch(),
    api.deliveries.list.prefetchInfinite(toListInput(filters, Date.now(), await readZone())),
  ]);
  return (
    <HydrateClient>
      <PageHeader title="Deliveries" />
      <Recoveries />
      <DeliveryBrowser />
    </HydrateClient>
  );
}
