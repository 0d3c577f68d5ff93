import type { Metadata } from "next";
import { headers } from "next/headers";
import { siteOf } from "@/domain/network/site";
import { openApiDocument } from "@/server/api/openapi/document";
import { runtime } from "@/server/process/runtime";
import { Basics } from "./_parts/basics";
import { Contents } from "./_parts/contents";
import { Group } from "./_parts/group";
import { groupsOf } from "./_parts/groups";
import { Objects } from "./_parts/objects";
import { Receiving } from "./_parts/receiving";
import { Refusals } from "./_parts/refusals";

export const metadata: Metadata = { title: "API" };
export const dynamic = "force-dynamic";

/** The API for people, made from the same document as /openapi.json. */
export default async function DocsPage() {
  const { version, env } = runtime();
  const document = openApiDocument({ version, publicUrl: siteOf(env, await headers()) });
  const groups = groupsOf(document);
  return (
    <div className="mx-auto grid max-w-6xl gap-8 px-4 py-6 md:grid-cols-[13rem_minmax(0,1fr)] md:px-8">
      <Contents groups={groups} />
      <main className="grid max-w-3xl gap-12">
        <Basics document={document} />
        {groups.map((group) => (
          <Group key={group.name} group={group} document={document} />
        ))}
        <Receiving document={document} />
        <Objects document={document} />
        <Refusals />
      </main>
    </div>
  );
}
