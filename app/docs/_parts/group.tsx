import type { OpenApi } from "@/server/api/openapi/types";
import { TryCall } from "../../_components/try-call/try-call";
import { anchor } from "../_markdown/anchor";
import { Answers } from "./answers";
import { CallSnippets } from "./call-snippets";
import { FieldTable } from "./field-table";
import { fieldsOf, parameterFields } from "./fields";
import type { Call, Group as GroupOfCalls } from "./groups";
import { Section } from "./section";

/** The calls about one thing. */
export function Group({
  group,
  document,
  code,
  person,
}: {
  group: GroupOfCalls;
  document: OpenApi;
  /** The language in which calls are shown. */
  code: string;
  /** Who may try them without a key. */
  person: string | null;
}) {
  return (
    <Section title={group.name}>
      <p className="text-muted">{group.description}</p>
      {group.calls.map((call) => (
        <CallArticle
          key={call.operation.operationId}
          call={call}
          document={document}
          code={code}
          person={person}
        />
      ))}
    </Section>
  );
}

function CallArticle({
  call,
  document,
  code,
  person,
}: {
  call: Call;
  document: OpenApi;
  code: string;
  person: string | null;
}) {
  const { operationId, summary, description, requestBody } = call.operation;
  const id = anchor(operationId);
  const isDestructive = call.operation["x-destructive"] === true;
  const body = requestBody?.content["application/json"].schema;
  return (
    <article aria-labelledby={id} className="grid gap-3 border-t border-line pt-5">
      <h3 id={id} className="scroll-mt-6 text-lg">
        <a href={`#${id}`}>{summary}</a>
      </h3>
      <p className="mono wrap-anywhere">
        <span className={`font-semibold ${isDestructive ? "text-bad" : "text-accent"}`}>{call.method}</span>{" "}
        {call.path}
      </p>
      {isDestructive && <p className="text-bad">Nothing brings back what this ends or removes.</p>}
      {description && <p className="text-muted">{description}</p>}
      <FieldTable label={`Parameters of ${summary}`} fields={parameterFields(call.operation)} />
      {body && <FieldTable label={`Body of ${summary}`} fields={fieldsOf(body, document)} />}
      <CallSnippets call={call} document={document} chosen={code} />
      <TryCall operationId={operationId} person={person} />
      <Answers operation={call.operation} document={document} />
    </article>
  );
}
