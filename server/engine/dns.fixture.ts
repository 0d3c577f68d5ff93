import { createSocket } from "node:dgram";
import { Resolver } from "node:dns/promises";
import { once } from "node:events";
import { isIPv4 } from "node:net";

export const typeA = 1;
export const typeAAAA = 28;
const typesOf = { [typeA]: isIPv4, [typeAAAA]: (address: string) => !isIPv4(address) };

/** RFC 1035 §4.1.1 */
const rcodes = { "server failure": 2, "not found": 3 };

/** What a zone knows: addresses of either family, or how the question ends. */
type Answer = string[] | keyof typeof rcodes | "silence";
export type Zone = (name: string, type: number) => Answer;

/** A name server of one zone on this machine, a resolver that asks it, and the names that it was asked for. */
export async function startDns(zone: Zone) {
  const asked: string[] = [];
  const server = createSocket("udp4", (query, client) => {
    const { name, type, end } = readQuestion(query);
    if (!asked.includes(name)) asked.push(name);
    const found = zone(name, type);
    if (found === "silence") return;
    server.send(writeAnswer(query.subarray(0, end), type, found), client.port, client.address);
  });
  server.bind(0, "127.0.0.1");
  await once(server, "listening");
  const newResolver = () => {
    const resolver = new Resolver();
    resolver.setServers([`127.0.0.1:${server.address().port}`]);
    return resolver;
  };
  return { asked, newResolver, close: () => server.close() };
}

function readQuestion(query: Buffer) {
  const labels: string[] = [];
  let at = 12;
  for (let length = query[at] ?? 0; length > 0; length = query[at] ?? 0) {
    labels.push(query.toString("latin1", at + 1, at + 1 + length));
    at += 1 + length;
  }
  return { name: labels.join("."), type: query.readUInt16BE(at + 1), end: at + 5 };
}

function writeAnswer(question: Buffer, type: number, found: Exclude<Answer, "silence">): Buffer {
  const isOfType = typesOf[type as keyof typeof typesOf] ?? (() => false);
  const addresses = typeof found === "string" ? [] : found.filter(isOfType).map(toBytes);
  const header = Buffer.from(question.subarray(0, 12));
  header.writeUInt16BE(0x8180 | (typeof found === "string" ? rcodes[found] : 0), 2);
  header.writeUInt16BE(addresses.length, 6);
  header.fill(0, 8);
  const records = addresses.map((address) =>
    Buffer.concat([Buffer.from([0xc0, 12, 0, type, 0, 1, 0, 0, 0, 60, 0, address.length]), address]),
  );
  return Buffer.concat([header, question.subarray(12), ...records]);
}

/** IPv6 only as eight groups, which tests can write. */
const toBytes = (address: string) =>
  isIPv4(address)
    ? Buffer.from(address.split(".").map(Number))
    : Buffer.from(
        address
          .split(":")
          .map((group) => group.padStart(4, "0"))
          .join(""),
        "hex",
      );
