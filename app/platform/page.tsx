import type { Metadata } from "next";
import { Customers } from "@/app/_components/platform/customers";
import { customersInput } from "@/app/_components/platform/customers-input";
import { HydratePlatform, platformApi } from "@/app/_trpc/server";
import { type PageProps, readOne } from "@/app/dashboard/_session/require-session";
import { requireOperator } from "./_session/require-operator";

export const metadata: Metadata = { title: "Customers" };

export default async function Page({ searchParams }: PageProps) {
  await requireOperator("/platform", searchParams);
  await platformApi.platform.customers.prefetchInfinite(customersInput(readOne(await searchParams)));
  return (
    <HydratePlatform>
      <Customers />
    </HydratePlatform>
  );
}
