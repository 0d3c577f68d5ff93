import type { OpenApi } from "@/server/api/openapi/types";
import { CodeBlock } from "../../_components/ui/code-block";
import { sitePath } from "../../_components/url/site-path";

/** What holds for every call. */
export function Basics({ document }: { document: OpenApi }) {
  const url = document.servers[0]?.url ?? "";
  return (
    <section aria-labelledby="basics" className="grid gap-4">
      <h1 id="basics" className="text-xl">
        Fanfare API
      </h1>
      <p className="text-muted">
        {document.info.summary} The same as a document for programs:{" "}
        <a href={sitePath("/openapi.json")} className="text-accent underline">
          openapi.json
        </a>
        .
      </p>
      <p>
        <span>New here? Begin with the </span>
        <a href={sitePath("/docs/first-delivery")} className="text-accent underline">
          first delivery
        </a>
        <span>. Every call below can be made from this page.</span>
      </p>
      <CodeBlock label="First call" text={`curl ${url}/webhooks -H "X-API-KEY: $FANFARE_KEY"`} />
      <ul className="grid list-disc gap-2 pl-5">
        {facts.map((fact) => (
          <li key={fact}>{fact}</li>
        ))}
      </ul>
    </section>
  );
}

const facts = [
  "Every request carries a key in X-API-KEY. Keys of customers begin with fk_; the platform's key publishes events and manages customers, and makes any call of a customer that X-Customer-Id names.",
  "JSON goes in and out. Numbers that would change their value, repeated keys, and nesting over 64 levels are refused with their path, never changed silently.",
  "Ids made here are UUIDs. Times are ISO 8601 in UTC, with milliseconds.",
  'Long lists come in pages, newest first. The next page is in the Link header as rel="next"; a page may end early, and only a missing link is the end.',
  "A body is at most 256 KiB. A call that publishes is at most 5 MiB and 1000 events, and each event 256 KiB.",
  "Publishing answers only after the events and their deliveries are durably stored. With an id of your own it can be repeated safely: nothing is sent twice.",
];
