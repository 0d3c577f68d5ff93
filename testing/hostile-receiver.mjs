import { createServer } from "node:tls";
import { parentPort, workerData } from "node:worker_threads";

/**
 * A receiver that misuses whoever calls it, in another way with each connection. A worker thread of its own, so
 * that the memory and time it takes are not its caller's.
 */

const megabyte = "x".repeat(1_000_000);

/** Writes for as long as the other side is there. */
function pour(socket, bytes) {
  const write = () => {
    while (!socket.destroyed && socket.write(bytes));
    if (!socket.destroyed) socket.once("drain", write);
  };
  write();
}

const misuses = [
  (socket) => pour(socket.write("HTTP/1.1 200 OK\r\n\r\n") && socket, megabyte),
  (socket) => pour(socket.write("HTTP/1.1 200 OK\r\n") && socket, "X-More: yes\r\n".repeat(1000)),
  (socket) => pour(socket.write("HTTP/1.1 200 ") && socket, megabyte),
  (socket) => pour(socket, "HTTP/1.1 100 Continue\r\n\r\n".repeat(1000)),
  (socket) => pour(socket, "HTTP/1.1 103 Early Hints\r\n\r\n".repeat(1000)),
  (socket) =>
    pour(
      socket.write("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n") && socket,
      "1\r\nx\r\n".repeat(1000),
    ),
  (socket) => pour(socket, megabyte),
  (socket) => socket.end("HTTP/1.1 500 No\r\nContent-Length: 9000000\r\n\r\nshort"),
  (socket) => socket.end(),
  (socket) => socket.destroy(),
];

let connections = 0;
const server = createServer(workerData, (socket) => {
  const misuse = misuses[connections++ % misuses.length];
  socket.on("error", () => socket.destroy());
  socket.once("data", () => misuse(socket));
});
server.on("tlsClientError", () => {});
server.listen(0, "127.0.0.1", 2048, () => parentPort.postMessage(server.address().port));
