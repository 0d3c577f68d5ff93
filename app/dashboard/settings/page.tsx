import type { Metadata } from "next";
import { Settings } from "@/app/_components/settings/settings";
import { type PageProps, requireSession } from "../_session/require-session";

export const metadata: Metadata = { title: "Settings" };

export default async function Page({ searchParams }: PageProps) {
  await requireSession("/dashboard/settings", searchParams);
  return <Settings />;
}
