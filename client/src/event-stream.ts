/** One event of a stream, as the HTML standard reads it. */
export type StreamEvent = { event: string; data: string; id: string | null };

/** Reads server-sent events out of a stream's text, as it comes. https://html.spec.whatwg.org/#parsing-an-event-stream */
export async function* eventsIn(chunks: AsyncIterable<string>): AsyncGenerator<StreamEvent> {
  let rest = "";
  let fields = noFields();
  for await (const chunk of chunks) {
    const lines = `${rest}${chunk}`.split("\n");
    rest = lines.pop() ?? "";
    for (const line of lines.map((each) => each.replace(/\r$/, ""))) {
      if (line !== "") read(line, fields);
      else {
        if (fields.data.length > 0) yield { ...fields, data: fields.data.join("\n") };
        fields = noFields();
      }
    }
  }
}

type Fields = { event: string; data: string[]; id: string | null };

const noFields = (): Fields => ({ event: "message", data: [], id: null });

function read(line: string, fields: Fields): void {
  const [, name, value = ""] = /^([^:]*)(?:: ?(.*))?$/.exec(line) ?? [];
  if (name === "event") fields.event = value;
  if (name === "data") fields.data.push(value);
  if (name === "id") fields.id = value;
}
