import { errorCodes } from "@/domain/delivery/outcome";
import { refusals } from "@/server/api/openapi/errors";
import { Cell, HeadCell, Row, Table } from "../../_components/ui/table";
import { sitePath } from "../../_components/url/site-path";
import { attemptErrors } from "./attempt-errors";
import { Section } from "./section";

/** What can go wrong: in a call, and in a delivery. */
export function Refusals() {
  return (
    <Section title="Errors">
      <p>
        A refused call answers <code className="mono">{"{ error, code, errors? }"}</code>: one clear sentence,
        a code for programs, and every bad field with its path.
      </p>
      <Meanings
        label="Statuses of refused calls"
        rows={Object.entries(refusals).map(([status, { meaning }]) => [status, meaning])}
      />
      <p>
        A delivery or attempt that failed has <code className="mono">{"error: { code, message }"}</code>:
      </p>
      <Meanings
        label="Codes of failed attempts"
        rows={errorCodes.map((code) => [code, attemptErrors[code]])}
      />
      <p>
        Why it failed and what to do is in its diagnosis:{" "}
        <a href={sitePath("/docs/causes")} className="text-accent underline">
          all causes that one may name
        </a>
        .
      </p>
    </Section>
  );
}

function Meanings({ label, rows }: { label: string; rows: [string, string][] }) {
  return (
    <Table label={label}>
      <thead>
        <tr>
          <HeadCell>Code</HeadCell>
          <HeadCell>Meaning</HeadCell>
        </tr>
      </thead>
      <tbody>
        {rows.map(([code, meaning]) => (
          <Row key={code} className="align-top">
            <Cell className="mono">{code}</Cell>
            <Cell>{meaning}</Cell>
          </Row>
        ))}
      </tbody>
    </Table>
  );
}
