import type { Conditions, Hook } from "./state";

type Condition = Conditions[string];

/** Whether a webhook lists a type. */
export const lists = ({ events }: Pick<Hook, "events">, type: string) =>
  events.some((each) => each === type || each === "*");

/** Whether what it asks of the content of a type keeps an event from a webhook: data as the simulation makes it is flat. */
export function isFiltered(
  { conditions }: Pick<Hook, "conditions">,
  type: string,
  dataJson: string,
): boolean {
  const asked = conditions?.[type] ?? conditions?.["*"];
  return asked !== undefined && !holds(asked, new Map(Object.entries(JSON.parse(dataJson))));
}

function holds(asked: Condition, data: Map<string, unknown>): boolean {
  if ("conditions" in asked) {
    const count = asked.conditions.filter((each) => holds(each, data)).length;
    return asked.op === "or" ? count > 0 : count === asked.conditions.length;
  }
  if (asked.op === "not") return !holds(asked.condition, data);
  const value = data.get(asked.path.replace("data.", ""));
  if (asked.op === "exists") return (value !== undefined) === asked.value;
  if (asked.op === "equals") return value === asked.value;
  if (asked.op === "in") return asked.values.some((each) => each === value);
  if (asked.op === "at_least") return typeof value === "number" && value >= Number(asked.value);
  throw new Error(`The simulation draws no ${asked.op}.`);
}
