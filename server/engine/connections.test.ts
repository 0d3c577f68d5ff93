import { Duplex } from "node:stream";
import type { TLSSocket } from "node:tls";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { type Connection, Connections, type User } from "./connections";
import { targetOf } from "./request-bytes";

const url = "https://hooks.example/";
const target = targetOf(url, new URL(url));
const peer = { address: null, tls_version: null, certificate_expires_at: null, reused: false };
const user: User = { onBytes() {}, onEnd() {}, onClosed() {} };

let connections: Connections;
let connection: Connection;
let tellWritten: () => void;

beforeEach(() => {
  connections = new Connections();
  // As a socket does, it tells some time later that what was written has gone out.
  const socket = new Duplex({
    read() {},
    write(_bytes, _encoding, done) {
      tellWritten = done;
    },
  });
  connection = connections.open("w1", target, socket as TLSSocket, peer);
  connection.use(user, Buffer.from("request"));
});
afterEach(() => connections.close());

describe("a connection whose answer comes before it is known that the request has gone out", () => {
  test("is used again once that is known", () => {
    connection.keep(null);
    connections.give(connection);
    tellWritten();
    expect(connections.take("w1", url)).toBe(connection);
  });

  test("is ended when it is wanted before", () => {
    connection.keep(null);
    connections.give(connection);
    expect(connections.take("w1", url)).toBeNull();
    expect(connection.socket.destroyed).toBe(true);
  });
});
