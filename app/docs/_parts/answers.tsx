import type { Answer, OpenApi, Operation } from "@/server/api/openapi/types";
import { anchor } from "../_markdown/anchor";
import { FieldTable } from "./field-table";
import { fieldsOf, itemsOf, refName, wordsOf } from "./fields";

/** What a call answers when it succeeds, and the statuses of its refusals. */
export function Answers({ operation, document }: { operation: Operation; document: OpenApi }) {
  const answers = Object.entries(operation.responses);
  const successes = answers.filter((entry): entry is [string, Answer] => !("$ref" in entry[1]));
  const refused = answers.filter(([, answer]) => "$ref" in answer).map(([status]) => status);
  return (
    <>
      {successes.map(([status, answer]) => (
        <Success key={status} status={status} answer={answer} document={document} />
      ))}
      {refused.length > 0 && (
        <p className="text-xs text-faint">
          Refusals:{" "}
          <a href="#errors" className="underline">
            {refused.join(", ")}
          </a>
        </p>
      )}
    </>
  );
}

function Success({ status, answer, document }: { status: string; answer: Answer; document: OpenApi }) {
  const schema = answer.content?.["application/json"].schema;
  const shared = schema && (refName(schema) ?? refName(itemsOf(schema)));
  const fields = schema && !shared ? fieldsOf(schema, document) : [];
  return (
    <>
      <p>
        <span className="mono font-semibold text-ok">{status}</span>{" "}
        {!schema && <span className="text-muted">{answer.description}</span>}
        {schema && shared && (
          <a href={`#${anchor(shared)}`} className="mono text-accent underline">
            {wordsOf(schema)}
          </a>
        )}
        {schema && !shared && fields.length === 0 && (
          <span className="mono text-accent">{wordsOf(schema)}</span>
        )}
      </p>
      <FieldTable label={`Answer ${status}`} fields={fields} />
    </>
  );
}
