import type { Metadata } from "next";
import { SignatureHelper } from "@/app/_components/signature/signature-helper";
import { type PageProps, requireSession } from "../_session/require-session";

export const metadata: Metadata = { title: "Signature helper" };

export default async function Page({ searchParams }: PageProps) {
  await requireSession("/dashboard/signature", searchParams);
  return <SignatureHelper />;
}
