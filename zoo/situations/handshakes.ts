import { readFileSync } from "node:fs";
import { makeCertificate, trustedRoot } from "../openssl";
import type { Place } from "../place";
import type { Situation } from "../situation";
import { debian, node } from "../software";
import { go, goServing } from "./go";
import { nginxServing } from "./nginx-tls";
import { opensslServing } from "./openssl-server";
import { startHaproxy } from "./tls-fronts";

const openssl = debian("OpenSSL");
const nginx = debian("nginx");

const own = ({ certificate }: Place) => ({
  cert: certificate.cert,
  key: certificate.key,
  chain: certificate.cert,
});

/** A certificate with an RSA key, and another one of the same root for a name that nobody asks for. */
const made = (place: Place, name: string, key: "ec" | "rsa" = "ec") =>
  makeCertificate(place, {
    name,
    subject: `/CN=${name}`,
    extensions: ["basicConstraints=CA:false", `subjectAltName=DNS:${name}`],
    issuer: trustedRoot(place),
    key,
  });

export const handshakes: Situation[] = [
  {
    name: "cipher-of-another-key",
    about: "ciphers for ECDSA only, and an RSA certificate",
    software: [nginx, openssl],
    start: (place) =>
      nginxServing(
        place,
        made(place, "localhost", "rsa"),
        "ssl_protocols TLSv1.2; ssl_ciphers ECDHE-ECDSA-AES128-GCM-SHA256; return 200;",
      ),
    expected: "no_common_cipher",
  },
  {
    name: "cipher-unknown",
    about: "a cipher that we do not offer",
    software: [openssl],
    start: (place) =>
      opensslServing(place, place.certificate, ["-tls1_2", "-cipher", "ECDHE-ECDSA-CAMELLIA128-SHA256"]),
    expected: "no_common_cipher",
  },
  {
    name: "tls-1-0-only",
    about: "TLS 1.0 and no other",
    software: [openssl],
    start: (place) => opensslServing(place, place.certificate, ["-tls1", "-cipher", "DEFAULT@SECLEVEL=0"]),
    expected: "tls_outdated",
  },
  {
    name: "tls-1-1-only-node",
    about: "TLS 1.1 and no other",
    software: [node],
    start: async (place) => {
      const port = await place.port();
      const { cert, key } = place.certificate;
      const source = `import tls from "node:tls"; import { readFileSync as read } from "node:fs";
        tls.createServer({ cert: read("${cert}"), key: read("${key}"), minVersion: "TLSv1.1", maxVersion: "TLSv1.1",
          ciphers: "DEFAULT@SECLEVEL=0" }, (socket) => socket.resume()).on("tlsClientError", () => {}).listen(${port}, "127.0.0.1");`;
      await place.run(process.execPath, [place.write("server.mjs", source)], { port });
      return `https://localhost:${port}/in`;
    },
    expected: "tls_outdated",
  },
  {
    name: "name-unknown-nginx",
    about: "nginx refuses names that no server block has (ssl_reject_handshake)",
    software: [nginx],
    start: (place) => nginxServing(place, own(place), "ssl_reject_handshake on; server_name _; return 200;"),
    expected: "name_not_served",
  },
  {
    name: "name-unknown-haproxy",
    about: "HAProxy refuses names that no certificate has (strict-sni)",
    software: [debian("HAProxy"), openssl],
    start: (place) => {
      const { cert, key } = made(place, "other.example");
      const both = place.write("other.both.pem", concatenated(cert, key));
      return startHaproxy(place, `crt ${both} strict-sni`, "http");
    },
    expected: "name_not_served",
  },
  {
    name: "name-unknown-caddy",
    about: "Caddy has a site, but none for this name",
    software: [debian("Caddy"), openssl],
    start: async (place) => {
      const port = await place.port();
      const { cert, key } = made(place, "other.example");
      const file = place.write(
        "Caddyfile",
        `{\nadmin off\nauto_https off\n}\nhttps://other.example:${port} {\ntls ${cert} ${key}\nrespond 200\n}\n`,
      );
      await place.run("caddy", ["run", "--adapter", "caddyfile", "--config", file], { port });
      return `https://localhost:${port}/in`;
    },
    expected: "name_not_served",
  },
  {
    name: "name-unknown-go",
    about: "Go has certificates by name, and none for this one",
    software: [go],
    start: (place) =>
      goServing(
        place,
        ["errors"],
        `none := func(h *tls.ClientHelloInfo) (*tls.Certificate, error) { return nil, errors.New("no certificate for " + h.ServerName) }
        s := http.Server{Addr: addr, TLSConfig: &tls.Config{GetCertificate: none}}
        _, _ = cert, key
        s.ListenAndServeTLS("", "")`,
      ),
    expected: "name_not_served",
  },
  {
    name: "http2-only-alpn",
    about: "a server that agrees on HTTP/2 only",
    software: [node],
    start: async (place) => {
      const port = await place.port();
      const { cert, key } = place.certificate;
      const source = `import http2 from "node:http2"; import { readFileSync as read } from "node:fs";
        http2.createSecureServer({ cert: read("${cert}"), key: read("${key}") }, (_, answer) => answer.end()).listen(${port}, "127.0.0.1");`;
      await place.run(process.execPath, [place.write("server.mjs", source)], { port });
      return `https://localhost:${port}/in`;
    },
    expected: "http2_only",
  },
  {
    name: "http2-only-go",
    about: "a TLS listener in Go that answers no ALPN and speaks HTTP/2 only",
    software: [go],
    start: (place) =>
      goServing(
        place,
        ["net"],
        `ok := http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {})
        s := &http.Server{Handler: ok}
        never, _ := net.Listen("tcp", "127.0.0.1:0")
        go s.ServeTLS(never, cert, key)
        time.Sleep(100 * time.Millisecond) // by now it has its HTTP/2 side
        c, _ := tls.LoadX509KeyPair(cert, key)
        l, _ := tls.Listen("tcp", addr, &tls.Config{Certificates: []tls.Certificate{c}})
        for {
          a, _ := l.Accept()
          go func() {
            if a.(*tls.Conn).Handshake() == nil { s.TLSNextProto["h2"](s, a.(*tls.Conn), ok) }
          }()
        }`,
      ),
    expected: "http2_only",
  },
  {
    name: "http2-behind-nginx",
    about: "nginx passes on to an application that speaks HTTP/2 without TLS",
    software: [nginx, node],
    start: async (place) => {
      const port = await place.port();
      const source = `import http2 from "node:http2"; http2.createServer((_, answer) => answer.end()).listen(${port}, "127.0.0.1");`;
      await place.run(process.execPath, [place.write("server.mjs", source)], { port });
      return nginxServing(place, own(place), `location / { proxy_pass http://127.0.0.1:${port}; }`);
    },
    expected: "proxied_http2",
  },
  {
    name: "closed-by-nginx-444",
    about: "nginx closes without an answer (return 444)",
    software: [nginx],
    start: (place) => nginxServing(place, own(place), "return 444;"),
    expected: "connection_lost",
  },
  {
    name: "worker-timeout-gunicorn",
    about: "gunicorn ends a worker that takes longer than its timeout",
    software: [debian("gunicorn")],
    start: async (place) => {
      const port = await place.port();
      const { folder, write, certificate } = place;
      write("app.py", `import time\ndef app(environ, start):\n    time.sleep(10)\n`);
      const tls = ["--certfile", certificate.cert, "--keyfile", certificate.key, "--timeout", "2"];
      await place.run(
        "/usr/bin/gunicorn",
        ["--chdir", folder, "-b", `127.0.0.1:${port}`, ...tls, "app:app"],
        {
          port,
        },
      );
      return `https://localhost:${port}/in`;
    },
    expected: "answer_cut_off",
  },
  {
    name: "write-timeout-go",
    about: "a handler in Go takes longer than its server's WriteTimeout",
    software: [go],
    start: (place) =>
      goServing(
        place,
        [],
        `slow := func(w http.ResponseWriter, r *http.Request) { time.Sleep(4 * time.Second); w.WriteHeader(200) }
        s := http.Server{Addr: addr, Handler: http.HandlerFunc(slow), WriteTimeout: 2 * time.Second}
        s.ListenAndServeTLS(cert, key)
        _ = tls.VersionTLS12`,
      ),
    expected: "answer_cut_off",
  },
];

const concatenated = (...files: string[]) => files.map((file) => readFileSync(file, "utf8")).join("");
