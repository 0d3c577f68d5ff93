import type { Metadata } from "next";
import { DeliveryOverview } from "@/app/_components/platform/delivery-overview";
import { HydratePlatform, platformApi } from "@/app/_trpc/server";
import type { PageProps } from "@/app/dashboard/_session/require-session";
import { requireOperator } from "../_session/require-operator";

export const metadata: Metadata = { title: "Delivery" };

export default async function Page({ searchParams }: PageProps) {
  await requireOperator("/platform/delivery", searchParams);
  await platformApi.platform.overview.prefetch();
  return (
    <HydratePlatform>
      <DeliveryOverview />
    </HydratePlatform>
  );
}
