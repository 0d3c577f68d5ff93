import type { Metadata } from "next";
import { headers } from "next/headers";
import { notFound } from "next/navigation";
import { siteOf } from "@/domain/network/site";
import { runtime } from "@/server/process/runtime";
import { DocsFrame } from "../_frame/docs-frame";
import { expand } from "../_guides/expand";
import { findGuide } from "../_guides/guides";
import { Markdown } from "../_markdown/markdown";

type Props = { params: Promise<{ guide: string }> };

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const guide = findGuide((await params).guide);
  return { title: guide?.title, description: guide?.summary };
}

/** A guide, from the same text as its Markdown. */
export default async function GuidePage({ params }: Props) {
  const guide = findGuide((await params).guide);
  if (!guide) notFound();
  return (
    <DocsFrame current={`/docs/${guide.slug}`}>
      <Markdown text={expand(guide.text, siteOf(runtime().env, await headers()))} />
    </DocsFrame>
  );
}
