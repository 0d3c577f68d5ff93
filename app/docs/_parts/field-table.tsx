import { Cell, HeadCell, Row, Table } from "../../_components/ui/table";
import { type Field, limitsOf, wordsOf } from "./fields";

/** Fields with what they may be and what they mean; nothing when there are none. */
export function FieldTable({ label, fields }: { label: string; fields: Field[] }) {
  if (fields.length === 0) return null;
  return (
    <Table label={label}>
      <thead>
        <tr>
          <HeadCell className="w-2/5">Field</HeadCell>
          <HeadCell>Meaning</HeadCell>
        </tr>
      </thead>
      <tbody>
        {fields.map((field) => (
          <FieldRow key={field.name} field={field} />
        ))}
      </tbody>
    </Table>
  );
}

function FieldRow({ field: { name, place, required, schema, description } }: { field: Field }) {
  return (
    <Row className="align-top">
      <Cell>
        <span className="mono font-medium wrap-anywhere">{name}</span>
        <span className="block text-xs text-faint">
          {[place, required ? "required" : "optional"].filter(Boolean).join(", ")}
        </span>
      </Cell>
      <Cell>
        <span className="mono wrap-anywhere text-accent">{wordsOf(schema)}</span>
        {description && <span className="block text-muted">{description}</span>}
        <span className="block text-xs text-faint">{limitsOf(schema)}</span>
      </Cell>
    </Row>
  );
}
