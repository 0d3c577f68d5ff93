import { createHash, randomUUID } from "node:crypto";
import { createServer, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import Database from "better-sqlite3";

/*
 * What accepting an event durably costs at least: node:http, JSON.parse, a digest, and a row in SQLite. Requests
 * of the same 2 ms share a commit that is synced to disk, as the product's do. It knows no customer, no key and no
 * webhook, checks nothing, and delivers nothing.
 */
const sharedWithinMs = 2;

const database = new Database(process.argv[2]);
database.pragma("journal_mode = WAL");
database.pragma("synchronous = FULL");
database.exec("CREATE TABLE events (key INTEGER PRIMARY KEY, id TEXT, hash BLOB, payload TEXT, at INTEGER)");
const insert = database.prepare("INSERT INTO events (id, hash, payload, at) VALUES (?, ?, ?, ?)");

type Accepted = { response: ServerResponse; id: string; hash: Buffer; payload: string };
let waiting: Accepted[] = [];

const server = createServer((request, response) => {
  const chunks: Buffer[] = [];
  request.on("data", (chunk) => chunks.push(chunk));
  request.on("end", () => {
    const body = Buffer.concat(chunks);
    const payload = JSON.stringify(JSON.parse(body.toString()).data);
    if (waiting.length === 0) setTimeout(() => setImmediate(commit), sharedWithinMs);
    waiting.push({ response, id: randomUUID(), hash: createHash("sha256").update(body).digest(), payload });
  });
});

const insertAll = database.transaction((accepted: Accepted[]) => {
  for (const { id, hash, payload } of accepted) insert.run(id, hash, payload, Date.now());
});

function commit(): void {
  const accepted = waiting;
  waiting = [];
  insertAll(accepted);
  for (const { response, id } of accepted) {
    response.writeHead(202, { "content-type": "application/json" }).end(JSON.stringify({ id }));
  }
}

server.listen(0, "127.0.0.1", () => process.send?.((server.address() as AddressInfo).port));
process.on("disconnect", () => process.exit());
