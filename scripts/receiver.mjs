import "./node-version.mjs";
import { X509Certificate } from "node:crypto";
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { createServer } from "node:https";
import { join } from "node:path";
import { text } from "node:stream/consumers";
import { fail, root, say } from "./run.mjs";
import { setUp } from "./setup.mjs";

// `npm run receiver`: an https endpoint on this machine, to try Fanfare with. It shows what comes and answers 200, also
// to the challenge by which an agent's callback proves itself.
const port = Number(process.argv[2] ?? 8443);
const folder = join(root, "data", "receiver");
const certificateFile = join(folder, "certificate.pem");
const keyFile = join(folder, "key.pem");
/** Browsers and Node accept longer ones of private authorities, but nobody needs them. */
const validMs = 365 * 24 * 60 * 60 * 1000;

if (!Number.isInteger(port) || port < 0 || port > 65_535)
  fail(`${process.argv[2]} is no port. Say one from 0 to 65535, or none for 8443.`);
await setUp();
const server = createServer(await certificate(), async (request, response) => {
  const body = await text(request);
  response.end(answerTo(body));
  const { "x-event-name": name, "x-attempt": attempt } = request.headers;
  const what = name ? ` ${name} attempt ${attempt}` : "";
  say(`\n${request.method} ${request.url}${what}\n${body}`);
});
server.on("error", ({ message }) => fail(`Port ${port} cannot be listened on: ${message}`));
server.listen(port, "127.0.0.1", () => {
  say(`https://localhost:${server.address().port} answers 200 to everything, and shows it here.

Start Fanfare so that it may send there, and trusts this certificate:

  DELIVERY_ALLOW_CIDRS=127.0.0.0/8,::1/128 NODE_EXTRA_CA_CERTS=${certificateFile} npm start
`);
});

/** The challenge of a verification, and "ok" to all else. */
function answerTo(body) {
  try {
    const { type, challenge } = JSON.parse(body);
    if (type === "verification") return JSON.stringify({ challenge });
  } catch {
    // It takes anything.
  }
  return "ok";
}

/** The one that was made before, so that Fanfare goes on trusting it; a new one the first time and after a year. */
async function certificate() {
  try {
    const [key, cert] = [readFileSync(keyFile, "utf8"), readFileSync(certificateFile, "utf8")];
    if (Date.parse(new X509Certificate(cert).validTo) > Date.now()) return { key, cert };
  } catch (error) {
    if (error.code !== "ENOENT") throw error;
  }
  return makeCertificate();
}

/** Its own issuer, for the names of this machine. */
async function makeCertificate() {
  const { generate } = await import("selfsigned");
  const { private: key, cert } = await generate([{ name: "commonName", value: "localhost" }], {
    keyType: "ec",
    algorithm: "sha256",
    notAfterDate: new Date(Date.now() + validMs),
    extensions: [
      { name: "basicConstraints", cA: true, critical: true },
      {
        name: "subjectAltName",
        altNames: [
          { type: 2, value: "localhost" },
          { type: 7, ip: "127.0.0.1" },
        ],
      },
    ],
  });
  mkdirSync(folder, { recursive: true });
  writeFileSync(keyFile, key, { mode: 0o600 });
  writeFileSync(certificateFile, cert);
  return { key, cert };
}
