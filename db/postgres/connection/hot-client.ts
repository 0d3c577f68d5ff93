import pg from "pg";

/** A statement that was asked for this often is prepared, on each connection that asks for it again. */
const hotAfter = 10;
/** Of a process: statements whose text depends on what is asked must not fill the server's memory. */
const mostPrepared = 200;
/** Texts that are counted at a time, so that they do not fill this process's memory either. */
const mostCounted = 1_000;

/**
 * What reads partitions is planned for the days that it names, each time: a plan for all values would lock those of all
 * days before it leaves any out.
 */
const readsDays = /\b(?:from|join) "?(?:payloads|attempts)\b/;

const nameOf = hotNames();

/**
 * A connection that prepares what is asked often, so that Postgres plans it once: planning takes as long as a third of
 * what it does for a delivery. Only past a pooler, which would hand a statement to a session that does not know it.
 */
export class HotClient extends pg.Client {
  // biome-ignore lint/suspicious/noExplicitAny: it takes whatever its base takes
  override query(config: any, ...rest: any[]): any {
    const isPlain = typeof config?.text === "string" && config.name === undefined;
    const name = isPlain ? nameOf(config.text) : undefined;
    return super.query(name === undefined ? config : { ...config, name }, ...rest);
  }
}

/** Names the texts that are asked often; undefined for all others. */
export function hotNames(): (text: string) => string | undefined {
  const asked = new Map<string, number>();
  const names = new Map<string, string>();

  return (text) => {
    const known = names.get(text);
    if (known !== undefined || names.size === mostPrepared || readsDays.test(text)) return known;
    const times = (asked.get(text) ?? 0) + 1;
    if (times < hotAfter) {
      // What is asked often is soon there again.
      if (asked.size === mostCounted) asked.clear();
      asked.set(text, times);
      return undefined;
    }
    asked.delete(text);
    const name = `hot_${names.size + 1}`;
    names.set(text, name);
    return name;
  };
}
