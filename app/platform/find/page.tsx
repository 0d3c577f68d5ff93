import type { Metadata } from "next";
import { Find } from "@/app/_components/platform/find";
import { HydratePlatform, platformApi } from "@/app/_trpc/server";
import { type PageProps, readOne } from "@/app/dashboard/_session/require-session";
import { requireOperator } from "../_session/require-operator";

export const metadata: Metadata = { title: "Find" };

export default async function Page({ searchParams }: PageProps) {
  await requireOperator("/platform/find", searchParams);
  const id = readOne(await searchParams)("id").trim();
  if (id) await platformApi.platform.find.prefetch({ id });
  return (
    <HydratePlatform>
      <Find />
    </HydratePlatform>
  );
}
