import { Client } from "undici";
import { afterEach, expect, test } from "vitest";
import { type RawServer, startRawServer } from "@/testing/raw-server";

let server: RawServer;
let client: Client;
afterEach(async () => {
  await client.destroy();
  await server.close();
});

/** What undici alone makes of an answer. */
async function askWithUndiciAlone(answer: string): Promise<string> {
  server = await startRawServer({
    onConnection: (socket) => socket.once("data", () => socket.write(answer)),
  });
  client = new Client(`http://127.0.0.1:${server.port}`);
  return client.request({ path: "/", method: "POST", body: "{}" }).then(
    ({ statusCode }) => String(statusCode),
    (error) => `${error.code}: ${error.message}`,
  );
}

// When one of these fails after an upgrade, undici does by itself what ResponseGate is there for.
test("undici takes a 100 that it did not ask for as the end of a connection, so the gate skips it", async () => {
  const answer = "HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 200 OK\r\ncontent-length: 2\r\n\r\nok";
  expect(await askWithUndiciAlone(answer)).toBe("UND_ERR_SOCKET: bad response");
});

test("undici refuses a Content-Length that is told twice alike, so the gate passes it once", async () => {
  const answer = "HTTP/1.1 200 OK\r\ncontent-length: 2\r\ncontent-length: 2\r\n\r\nok";
  expect(await askWithUndiciAlone(answer)).toContain("UND_ERR_RES_CONTENT_LENGTH_MISMATCH");
});
