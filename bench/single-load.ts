import { once } from "node:events";
import { connect, type Socket } from "node:net";
import { percentile } from "./numbers";

export type SingleLoad = {
  url: string;
  headers: Record<string, string>;
  body: string;
  connections: number;
  seconds: number;
  /** Ends it before its time. */
  isOver?: () => boolean;
};

/**
 * Posts the same event again and again over connections that stay open, each as soon as the one before is
 * answered. The bytes are made once and answers are hardly looked at, so that the load costs little beside what it
 * measures. Answers how long each took, in milliseconds, and how long all of it.
 */
export async function postSingles({ isOver = () => false, ...load }: SingleLoad) {
  const bytes = requestBytes(load);
  const startedAt = performance.now();
  const endAt = startedAt + load.seconds * 1_000;
  const tookMs: number[] = [];
  const post = async () => {
    const socket = connect(Number(new URL(load.url).port), "127.0.0.1").setNoDelay(true);
    await once(socket, "connect");
    while (performance.now() < endAt && !isOver()) {
      const sentAt = performance.now();
      socket.write(bytes);
      await answered(socket);
      tookMs.push(performance.now() - sentAt);
    }
    socket.destroy();
  };
  await Promise.all(Array.from({ length: load.connections }, post));
  const seconds = (performance.now() - startedAt) / 1_000;
  return { count: tookMs.length, perSecond: tookMs.length / seconds, p99Ms: percentile(tookMs, 0.99) };
}

function requestBytes({ url, headers, body }: Omit<SingleLoad, "isOver">): Buffer {
  const { host } = new URL(url);
  const lines = Object.entries({ host, ...headers, "content-length": Buffer.byteLength(body) });
  const head = lines.map(([name, value]) => `${name}: ${value}\r\n`).join("");
  return Buffer.from(`POST /events HTTP/1.1\r\n${head}\r\n${body}`);
}

/** Resolves once a whole answer has come. Throws when it is anything but a 202, or the connection ends. */
function answered(socket: Socket): Promise<void> {
  return new Promise((resolve, reject) => {
    let text = "";
    const end = (error?: Error) => {
      socket.off("data", read).off("close", close).off("error", end);
      if (error) reject(error);
      else resolve();
    };
    const close = () => end(new Error(`The connection ended: ${text.slice(0, 500)}`));
    const read = (bytes: Buffer) => {
      text += bytes.toString("latin1");
      if (!isWhole(text)) return;
      if (text.startsWith("HTTP/1.1 202")) end();
      else end(new Error(`An event was refused: ${text.slice(0, 500)}`));
    };
    socket.on("data", read).on("close", close).on("error", end);
  });
}

function isWhole(text: string): boolean {
  const headEnd = text.indexOf("\r\n\r\n");
  if (headEnd < 0) return false;
  const [, length] = /\r\ncontent-length: (\d+)/i.exec(text.slice(0, headEnd + 2)) ?? [];
  return length === undefined ? text.endsWith("0\r\n\r\n") : text.length >= headEnd + 4 + Number(length);
}
