import pg from "pg";
import { StoreError } from "../../store-error";
import { codeOf } from "./sqlstate";

/** A server as one connection found it. */
export type Server = {
  /** Such as 150004. */
  version: number;
  /** Whether it takes no writes: a standby, or one that was set so. */
  isReadOnly: boolean;
  /** Whether a pooler is in between, which gives each transaction whatever session is free. */
  isPooled: boolean;
};

/** The oldest that Postgres itself still maintains, and that the store's tests were run on. */
const oldestVersion = 15;
const connectTimeoutMs = 5_000;
const answerTimeoutMs = 5_000;

/** Where a database is, and the setting that says so. */
export type Address = { url: string; setting: "DATABASE_URL" | "DATABASE_DIRECT_URL" };

/**
 * Lets `body` use a connection of its own to a server that the store can be on. Throws a StoreError that says why there
 * is no such server, and never what the setting holds: that has a password in it.
 */
export async function visit<T>(
  { url, setting }: Address,
  body: (client: pg.Client, server: Server) => Promise<T>,
): Promise<T> {
  const client = await enter(url, setting);
  try {
    const server = await lookAt(client).catch((error) => {
      throw new StoreError(`${whyNot(error)} (${setting}). Nothing was changed.`);
    });
    const problem = problemOf(server);
    if (problem) throw new StoreError(`${problem} (${setting}). Nothing was changed.`);
    return await body(client, server);
  } finally {
    await client.end().catch(() => {});
  }
}

async function enter(url: string, setting: string): Promise<pg.Client> {
  try {
    const client = new pg.Client({
      connectionString: url,
      connectionTimeoutMillis: connectTimeoutMs,
      application_name: "fanfare",
    });
    client.on("error", () => {}); // what is asked meanwhile hears of it
    await client.connect();
    return client;
  } catch (error) {
    throw new StoreError(`${whyNot(error)} (${setting}). Nothing was changed.`);
  }
}

async function lookAt(client: pg.Client): Promise<Server> {
  const text = `
    select current_setting('server_version_num')::int as version, pg_backend_pid() as pid,
      pg_is_in_recovery() or current_setting('default_transaction_read_only')::bool as "isReadOnly"`;
  // What the visitor does afterwards, as a migration, may take its time.
  const question = { text, query_timeout: answerTimeoutMs };
  const { rows } = await client.query<Server & { pid: number }>(question);
  const [{ version, isReadOnly, pid } = { version: 0, isReadOnly: true, pid: 0 }] = rows;
  // A pooler tells its clients another number than the server's own for the session.
  const told = (client as unknown as { processID: number }).processID;
  return { version, isReadOnly, isPooled: told !== pid };
}

/** Why a server is of no use; null when it is. */
export function problemOf({ version, isReadOnly }: Pick<Server, "version" | "isReadOnly">): string | null {
  if (Math.floor(version / 10_000) < oldestVersion)
    return `Fanfare needs Postgres ${oldestVersion} or newer, and the server is of version ${Math.floor(version / 10_000)}`;
  if (isReadOnly)
    return "The database takes no writes: it is a standby, or set to read only. Name the primary";
  return null;
}

/** In words for who set the address, without a stop. */
export function whyNot(error: unknown): string {
  const code = codeOf(error) ?? "";
  if (code === "28P01") return "The database server refuses the user or the password";
  if (code === "28000")
    return "The database server does not let this user in from here (its pg_hba.conf says whom)";
  if (code === "3D000") return "The database server has no database of this name. Make it with createdb";
  if (code === "42501") return "The user may not connect to this database";
  if (code === "53300") return "The database server has too many clients already";
  if (code === "57P03") return "The database server is starting or stopping. Try again in a moment";
  if (code === "ENOTFOUND" || code === "EAI_AGAIN") return "There is no host of the database server's name";
  if (code === "ECONNREFUSED" || code === "ENOENT")
    return "Nothing listens where the database server should be";
  if (/timeout|ETIMEDOUT|UNREACH/.test(`${code} ${messageOf(error)}`))
    return "The database server does not answer";
  if (error instanceof TypeError || error instanceof URIError)
    return "The address of the database cannot be read: percent-encode what is special in user and password";
  return `The database server cannot be used: ${messageOf(error)}`;
}

const messageOf = (error: unknown) => (error instanceof Error ? error.message : String(error));
