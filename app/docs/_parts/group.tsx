import type { OpenApi } from "@/server/api/openapi/types";
import { CodeBlock } from "../../_components/ui/code-block";
import { Answers } from "./answers";
import { curlOf } from "./curl";
import { FieldTable } from "./field-table";
import { fieldsOf } from "./fields";
import { anchor, type Call, type Group as GroupOfCalls } from "./groups";
import { Section } from "./section";

/** The calls about one thing. */
export function Group({ group, document }: { group: GroupOfCalls; document: OpenApi }) {
  return (
    <Section title={group.name}>
      <p className="text-muted">{group.description}</p>
      {group.calls.map((call) => (
        <CallArticle key={call.operation.operationId} call={call} document={document} />
      ))}
    </Section>
  );
}

function CallArticle({ call, document }: { call: Call; document: OpenApi }) {
  const { operationId, summary, description, parameters, requestBody } = call.operation;
  const id = anchor(operationId);
  const body = requestBody?.content["application/json"].schema;
  return (
    <article aria-labelledby={id} className="grid gap-3 border-t border-line pt-5">
      <h3 id={id} className="scroll-mt-6 text-lg">
        <a href={`#${id}`}>{summary}</a>
      </h3>
      <p className="mono wrap-anywhere">
        <span className="font-semibold text-accent">{call.method}</span> {call.path}
      </p>
      {description && <p className="text-muted">{description}</p>}
      <FieldTable label={`Parameters of ${summary}`} fields={parameters.filter(isOwn).map(toField)} />
      {body && <FieldTable label={`Body of ${summary}`} fields={fieldsOf(body, document)} />}
      <CodeBlock label="Request" text={curlOf(call, document)} />
      <Answers operation={call.operation} document={document} />
    </article>
  );
}

/** What is told once for all calls is left out here. */
const isOwn = ({ in: place }: Call["operation"]["parameters"][number]) => place !== "header";

const toField = ({
  name,
  in: place,
  required,
  description,
  schema,
}: Call["operation"]["parameters"][number]) => ({
  name,
  place,
  required,
  schema,
  description,
});
