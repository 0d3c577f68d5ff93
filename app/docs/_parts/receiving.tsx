import type { OpenApi, Operation } from "@/server/api/openapi/types";
import { CodeBlock } from "../../_components/ui/code-block";
import { sitePath } from "../../_components/url/site-path";
import { FieldTable } from "./field-table";
import { Section } from "./section";

/** What an endpoint gets, and how it checks that it came from here. */
export function Receiving({ document }: { document: OpenApi }) {
  const types = Object.entries(document.webhooks);
  const [first] = types;
  if (!first) return null;
  return (
    <Section title="Receiving">
      <p>
        Fanfare sends a POST to the webhook's URL, over HTTPS, and never follows a redirect. Any 2xx means
        delivered; everything else is tried again by the schedule. An event may come more than once, and in
        any order: dedupe on its id.
      </p>
      <FieldTable label="Headers" fields={first[1].post.parameters.map(withoutConst)} />
      <h3 id="verify-signatures" className="scroll-mt-6 text-lg">
        Verify signatures
      </h3>
      <p>
        X-Signature is made over the exact bytes of the body, before any parsing. The webhook- headers follow
        Standard Webhooks: its libraries verify them, and refuse replays.
      </p>
      <p>
        While a secret is rotated, both sign. X-Signature is made with the old one until your endpoint refuses
        it (400, 401 or 403): the request comes again within a second with the new one, which leads once you
        take it. So an endpoint that checks X-Signature alone can switch at any moment of the overlap. The
        other of the two signs X-Signature-Next before the switch and X-Signature-Previous after it.
      </p>
      <p>
        Libraries of Standard Webhooks decode whatever secret they are given from base64. Give them a whsec_
        secret as it is, and of any other text whsec_ and the base64 of its bytes.
      </p>
      <p>
        <span>By hand and with whole receivers: </span>
        <a href={sitePath("/docs/verify-signatures")} className="text-accent underline">
          verify signatures
        </a>
        <span>.</span>
      </p>
      <h3 id="event-types" className="scroll-mt-6 text-lg">
        Event types
      </h3>
      {types.map(([type, { post }]) => (
        <article key={type} className="grid gap-2">
          <h4 className="mono font-semibold">{type}</h4>
          <p className="text-muted">{post.summary}</p>
          <CodeBlock label={`Body of ${type}`} text={exampleOf(post)} />
        </article>
      ))}
    </Section>
  );
}

/** The headers of all types at once: their values are in the examples. */
function withoutConst({ name, required, description, schema }: Operation["parameters"][number]) {
  const { const: _, ...rest } = schema;
  return { name, required, description, schema: { type: "string" as const, ...rest } };
}

const exampleOf = ({ requestBody }: Operation) =>
  JSON.stringify(requestBody?.content["application/json"].example, null, 2);
