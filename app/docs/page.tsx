import type { Metadata } from "next";
import { headers } from "next/headers";
import { siteOf } from "@/domain/network/site";
import { openApiDocument } from "@/server/api/openapi/document";
import { runtime } from "@/server/process/runtime";
import { DocsFrame } from "./_frame/docs-frame";
import { signedInPerson } from "./_frame/signed-in-person";
import { Basics } from "./_parts/basics";
import { CallContents } from "./_parts/call-contents";
import { Group } from "./_parts/group";
import { groupsOf } from "./_parts/groups";
import { Objects } from "./_parts/objects";
import { Receiving } from "./_parts/receiving";
import { Refusals } from "./_parts/refusals";

export const metadata: Metadata = { title: "API" };
export const dynamic = "force-dynamic";

/** The API for people, made from the same document as /openapi.json; every call can be made from here. */
export default async function DocsPage({
  searchParams,
}: {
  searchParams: Promise<{ code?: string | string[] }>;
}) {
  const code = [(await searchParams).code ?? ""].flat()[0] ?? "";
  const { version, env } = runtime();
  const document = openApiDocument({ version, publicUrl: siteOf(env, await headers()) });
  const groups = groupsOf(document);
  const person = await signedInPerson();
  return (
    <DocsFrame current="/docs" onPage={<CallContents groups={groups} />}>
      <div className="grid grid-cols-[minmax(0,1fr)] gap-12">
        <Basics document={document} />
        {groups.map((group) => (
          <Group key={group.name} group={group} document={document} code={code} person={person} />
        ))}
        <Receiving document={document} />
        <Objects document={document} />
        <Refusals />
      </div>
    </DocsFrame>
  );
}
