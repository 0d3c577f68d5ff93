import { spawnSync } from "node:child_process";
import type { Place } from "../place";
import { debian } from "../software";

export const go = debian("Go", "golang-go");

/** A Go program whose `main` is `body`; `cert` and `key` are its arguments' names for the place's certificate. */
export async function goServing(place: Place, imports: string[], body: string): Promise<string> {
  const { folder, certificate, write } = place;
  const port = await place.port();
  const imported = ["net/http", "os", "time", "crypto/tls", ...imports].map((name) => `_ "${name}"`);
  const named = imported.map((line) => (isUsed(line, body) ? line.slice(2) : line)).join("\n");
  const source = `package main\nimport (\n${named}\n)\nfunc main() {\n addr, cert, key := os.Args[1], os.Args[2], os.Args[3]\n${body}\n}\n`;
  const { status, stderr } = spawnSync("go", ["build", "-o", `${folder}/server`, write("main.go", source)], {
    encoding: "utf8",
  });
  if (status !== 0) throw new Error(stderr);
  const args = [`127.0.0.1:${port}`, certificate.cert, certificate.key];
  await place.run(`${folder}/server`, args, { port });
  return `https://localhost:${port}/in`;
}

/** Go refuses what is imported and not used. */
const isUsed = (line: string, body: string) => {
  const name = line.slice(line.lastIndexOf("/") + 1, -1).replace(/^_ "/, "");
  return name === "os" || new RegExp(`\\b${name}\\.`).test(body);
};
