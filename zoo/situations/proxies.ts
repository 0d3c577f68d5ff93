import type { Place } from "../place";
import type { Situation } from "../situation";
import { debian } from "../software";
import { answers, closes, slow } from "./backends";

/** HAProxy with a front that speaks TLS and answers by `inside`. */
async function haproxyWith(place: Place, inside: string): Promise<string> {
  const port = await place.port();
  const file = place.write(
    "haproxy.cfg",
    `defaults
  mode http
  timeout connect 1s
  timeout client 10s
  timeout server 1s
frontend front
  bind 127.0.0.1:${port} ssl crt ${place.certificate.both}
${inside}
`,
  );
  await place.run("haproxy", ["-db", "-f", file], { port });
  return `https://localhost:${port}/in`;
}

async function caddyWith(place: Place, inside: string): Promise<string> {
  const port = await place.port();
  const { cert, key } = place.certificate;
  const file = place.write(
    "Caddyfile",
    `{
  admin off
  auto_https off
}
https://localhost:${port} {
  tls ${cert} ${key}
  root * ${place.folder}/site
  ${inside}
}
`,
  );
  place.write("site/index.html", "<!doctype html><title>Northwind</title><h1>Welcome</h1>");
  await place.run("caddy", ["run", "--config", file, "--adapter", "caddyfile"], {
    port,
    env: { HOME: place.folder },
  });
  return `https://localhost:${port}/in`;
}

async function lighttpdWith(place: Place, inside: string): Promise<string> {
  const port = await place.port();
  place.write("site/index.html", "<!doctype html><title>Northwind</title><h1>Welcome</h1>");
  const file = place.write(
    "lighttpd.conf",
    `server.modules = ("mod_proxy")
server.document-root = "${place.folder}/site"
server.port = ${port}
index-file.names = ("index.html")
mimetype.assign = (".html" => "text/html")
server.bind = "127.0.0.1"
${inside}
`,
  );
  await place.run("lighttpd", ["-D", "-f", file], { port });
  return `${await place.behindTls(port)}/in`;
}

async function varnishBefore(place: Place, backend: number): Promise<string> {
  const port = await place.port();
  const file = place.write(
    "default.vcl",
    `vcl 4.1; backend default { .host = "127.0.0.1"; .port = "${backend}"; .first_byte_timeout = 1s; }`,
  );
  await place.run(
    "varnishd",
    ["-F", "-n", `${place.folder}/varnish`, "-a", `127.0.0.1:${port}`, "-f", file, "-s", "malloc,16m"],
    { port },
  );
  return `${await place.behindTls(port)}/in`;
}

async function squidBefore(place: Place, backend: number): Promise<string> {
  const port = await place.port();
  const file = place.write(
    "squid.conf",
    `http_port 127.0.0.1:${port} accel defaultsite=localhost no-vhost
cache_peer 127.0.0.1 parent ${backend} 0 no-query originserver connect-timeout=1 read-timeout=1
read_timeout 1 second
http_access allow all
cache deny all
pid_filename ${place.folder}/squid.pid
access_log none
cache_log /dev/null
visible_hostname proxy.example
pinger_enable off
`,
  );
  await place.run("squid", ["-N", "-f", file], { port });
  return `${await place.behindTls(port)}/in`;
}

async function h2oWith(place: Place, inside: string): Promise<string> {
  const port = await place.port();
  const { cert, key } = place.certificate;
  place.write("site/index.html", "<!doctype html><title>Northwind</title><h1>Welcome</h1>");
  const file = place.write(
    "h2o.conf",
    `user: root
listen:
  host: 127.0.0.1
  port: ${port}
  ssl: { certificate-file: ${cert}, key-file: ${key} }
${inside}
`,
  );
  await place.run("h2o", ["-c", file], { port });
  return `https://localhost:${port}/in`;
}

const haproxy = [debian("HAProxy")];
const caddy = [debian("Caddy")];
const lighttpd = [debian("lighttpd")];
const varnish = [debian("Varnish")];
const squid = [debian("Squid")];
const h2o = [debian("h2o")];

export const proxies: Situation[] = [
  {
    name: "haproxy-application-down",
    about: "HAProxy, and its check found the server down",
    software: haproxy,
    start: async (place) => {
      const url = await haproxyWith(
        place,
        `  default_backend app\nbackend app\n  server one 127.0.0.1:${await place.port()} check inter 100 fall 1`,
      );
      await new Promise((resolve) => setTimeout(resolve, 1_000)); // its first checks
      return url;
    },
    expected: "application_unreachable",
  },
  {
    name: "haproxy-no-rule",
    about: "HAProxy, and none of its rules matches",
    software: haproxy,
    start: async (place) =>
      haproxyWith(
        place,
        `  use_backend app if { path_beg /api }\nbackend app\n  server one 127.0.0.1:${await answers(place)}`,
      ),
    expected: "application_unreachable",
  },
  {
    name: "haproxy-application-slow",
    about: "HAProxy waits 1 s for an application that takes longer",
    software: haproxy,
    start: async (place) =>
      haproxyWith(place, `  default_backend app\nbackend app\n  server one 127.0.0.1:${await slow(place)}`),
    expected: "application_too_slow",
  },
  {
    name: "haproxy-application-closes",
    about: "HAProxy, and the application closes without an answer",
    software: haproxy,
    start: async (place) =>
      haproxyWith(place, `  default_backend app\nbackend app\n  server one 127.0.0.1:${await closes(place)}`),
    expected: "application_ended_request",
  },
  {
    name: "haproxy-denies",
    about: "HAProxy denies other addresses",
    software: haproxy,
    start: (place) => haproxyWith(place, "  http-request deny unless { src 192.0.2.0/24 }"),
    expected: "refused_by_proxy",
  },
  {
    name: "haproxy-https-behind-tls",
    about: "HAProxy behind a TLS balancer sends everything to https",
    software: haproxy,
    start: async (place) => {
      const port = await place.port();
      await haproxyWith(
        place,
        `  http-request return status 200\nfrontend plain\n  bind 127.0.0.1:${port}\n  http-request redirect scheme https code 301 unless { ssl_fc }`,
      );
      return `${await place.behindTls(port)}/in`;
    },
    expected: "https_not_seen",
  },
  {
    name: "caddy-application-down",
    about: "Caddy, and nothing listens where it passes on to",
    software: caddy,
    start: async (place) => caddyWith(place, `reverse_proxy 127.0.0.1:${await place.port()}`),
    expected: "application_unreachable",
  },
  {
    name: "caddy-application-slow",
    about: "Caddy waits 1 s for an application that takes longer",
    software: caddy,
    start: async (place) =>
      caddyWith(
        place,
        `reverse_proxy 127.0.0.1:${await slow(place)} {\n transport http {\n response_header_timeout 1s\n }\n }`,
      ),
    expected: "application_too_slow",
  },
  {
    name: "caddy-body-too-large",
    about: "Caddy takes bodies of up to 100 KB",
    software: caddy,
    bodyBytes: 150_000,
    start: async (place) =>
      caddyWith(
        place,
        `request_body {\n max_size 100KB\n }\n reverse_proxy 127.0.0.1:${await answers(place)}`,
      ),
    expected: "body_too_large",
  },
  {
    name: "caddy-no-handler",
    about: "Caddy, and no handler matches the path",
    software: caddy,
    start: async (place) => caddyWith(place, `reverse_proxy /api/* 127.0.0.1:${await answers(place)}`),
    expected: "empty_answer_of_caddy",
  },
  {
    name: "caddy-static-page",
    about: "Caddy answers every path with a page",
    software: caddy,
    start: (place) => caddyWith(place, "try_files {path} /index.html\n file_server"),
    expected: "looks_like_page",
  },
  {
    name: "lighttpd-application-down",
    about: "lighttpd, and nothing listens where it passes on to",
    software: lighttpd,
    start: async (place) =>
      lighttpdWith(
        place,
        `proxy.server = ("" => (("host" => "127.0.0.1", "port" => ${await place.port()})))`,
      ),
    expected: "application_unreachable",
  },
  {
    name: "lighttpd-application-slow",
    about: "lighttpd waits 1 s for an application that takes longer",
    software: lighttpd,
    start: async (place) =>
      lighttpdWith(
        place,
        `proxy.server = ("" => (("host" => "127.0.0.1", "port" => ${await slow(place)}, "read-timeout" => 1)))`,
      ),
    expected: "application_too_slow",
  },
  {
    name: "lighttpd-body-too-large",
    about: "lighttpd takes bodies of up to 1 KiB",
    software: lighttpd,
    bodyBytes: 3_000,
    start: async (place) =>
      lighttpdWith(
        place,
        `server.max-request-size = 1\nproxy.server = ("" => (("host" => "127.0.0.1", "port" => ${await answers(place)})))`,
      ),
    expected: "body_too_large",
  },
  {
    name: "lighttpd-static-page",
    about: "lighttpd, and the URL is a static page",
    software: lighttpd,
    start: async (place) => (await lighttpdWith(place, "")).replace("/in", "/index.html"),
    expected: "looks_like_page",
  },
  {
    name: "varnish-application-down",
    about: "Varnish, and nothing listens behind it",
    software: varnish,
    start: async (place) => varnishBefore(place, await place.port()),
    expected: "application_unreachable",
  },
  {
    name: "varnish-application-slow",
    about: "Varnish waits 1 s for an application that takes longer",
    software: varnish,
    start: async (place) => varnishBefore(place, await slow(place)),
    expected: "application_too_slow",
  },
  {
    name: "squid-application-down",
    about: "Squid, and nothing listens behind it",
    software: squid,
    start: async (place) => squidBefore(place, await place.port()),
    expected: "application_unreachable",
  },
  {
    name: "squid-application-slow",
    about: "Squid waits 1 s for an application that takes longer",
    software: squid,
    start: async (place) => squidBefore(place, await slow(place)),
    expected: "application_too_slow",
  },
  {
    name: "h2o-application-down",
    about: "h2o, and nothing listens where it passes on to",
    software: h2o,
    start: async (place) =>
      h2oWith(
        place,
        `hosts: { default: { paths: { /: { proxy.reverse.url: "http://127.0.0.1:${await place.port()}/" } } } }`,
      ),
    expected: "application_unreachable",
  },
  {
    name: "h2o-application-slow",
    about: "h2o waits 1 s for an application that takes longer",
    software: h2o,
    start: async (place) =>
      h2oWith(
        place,
        `hosts: { default: { paths: { /: { proxy.reverse.url: "http://127.0.0.1:${await slow(place)}/", proxy.timeout.io: 1000 } } } }`,
      ),
    expected: "application_too_slow",
  },
  {
    name: "h2o-body-too-large",
    about: "h2o takes bodies of up to 100 bytes",
    software: h2o,
    start: (place) =>
      h2oWith(
        place,
        `limit-request-body: 100\nhosts: { default: { paths: { /: { file.dir: "${place.folder}/site" } } } }`,
      ),
    expected: "body_too_large",
  },
];
