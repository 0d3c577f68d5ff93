import type { Place } from "../place";
import type { Situation } from "../situation";
import { debian } from "../software";
import { answers, slow } from "./backends";

const software = [debian("Apache", "apache2")];

const modules = [
  "mpm_event",
  "authz_core",
  "authz_host",
  "dir",
  "mime",
  "alias",
  "rewrite",
  "headers",
  "ssl",
  "socache_shmcb",
  "proxy",
  "proxy_http",
  "autoindex",
];

/** Apache with one host that speaks TLS; `inside` is what stands in it. */
async function apacheWith(place: Place, inside: string, more: string[] = []): Promise<string> {
  const { folder, certificate } = place;
  const port = await place.port();
  place.write("site/index.html", "<!doctype html><title>Northwind</title><h1>Welcome</h1>");
  const file = place.write(
    "apache.conf",
    `ServerRoot ${folder}
    PidFile ${folder}/apache.pid
    ErrorLog ${folder}/error.log
    DefaultRuntimeDir ${folder}
    User www-data
    Group www-data
    ServerName localhost
    Listen ${port}
    ${[...modules, ...more].map((name) => `LoadModule ${name}_module /usr/lib/apache2/modules/mod_${name}.so`).join("\n")}
    TypesConfig /etc/mime.types
    DocumentRoot ${folder}/site
    <VirtualHost *:${port}>
      SSLEngine on
      SSLCertificateFile ${certificate.cert}
      SSLCertificateKeyFile ${certificate.key}
      ${inside}
    </VirtualHost>`,
  );
  await place.run("apache2", ["-DFOREGROUND", "-f", file], { port });
  return `https://localhost:${port}/in`;
}

export const apache: Situation[] = [
  {
    name: "apache-application-down",
    about: "Apache, and nothing listens where it passes on to",
    software,
    start: async (place) => apacheWith(place, `ProxyPass / http://127.0.0.1:${await place.port()}/`),
    expected: "application_unreachable",
  },
  {
    name: "apache-application-slow",
    about: "Apache waits 1 s for an application that takes longer",
    software,
    start: async (place) => apacheWith(place, `ProxyPass / http://127.0.0.1:${await slow(place)}/ timeout=1`),
    expected: "application_too_slow",
  },
  {
    name: "apache-https-to-http-port",
    about: "Apache passes https on to a port that speaks plain http",
    software,
    start: async (place) =>
      apacheWith(place, `SSLProxyEngine on\nProxyPass / https://127.0.0.1:${await answers(place)}/`),
    expected: "proxy_wrong_scheme",
  },
  {
    name: "apache-body-too-large",
    about: "Apache takes bodies of up to 100 bytes",
    software,
    start: (place) => apacheWith(place, "LimitRequestBody 100"),
    expected: "body_too_large",
  },
  {
    name: "apache-https-behind-tls",
    about: "Apache behind a TLS balancer sends everything to https",
    software,
    start: async (place) => {
      const port = await place.port();
      await apacheWith(
        place,
        `</VirtualHost>
        Listen ${port}
        <VirtualHost *:${port}>
        RewriteEngine on
        RewriteCond %{HTTPS} off
        RewriteRule ^ https://%{HTTP_HOST}%{REQUEST_URI} [R=301,L]`,
      );
      return `${await place.behindTls(port)}/in`;
    },
    expected: "https_not_seen",
  },
  {
    name: "apache-error-document",
    about: "Apache shows errors by the full URL of a page",
    software,
    start: (place) => apacheWith(place, "ErrorDocument 404 https://www.northwind.example/errors/404.html"),
    expected: "redirect_to_error_page",
  },
  {
    name: "apache-static-page",
    about: "Apache, and the URL is a static page",
    software,
    start: async (place) => (await apacheWith(place, "")).replace("/in", "/index.html"),
    expected: "looks_like_page",
  },
  {
    name: "apache-denied",
    about: "Apache lets certain addresses in",
    software,
    start: (place) => apacheWith(place, "<Location />\nRequire ip 192.0.2.0/24\n</Location>"),
    expected: "refused_by_proxy",
  },
  {
    name: "apache-modsecurity",
    about: "Apache with ModSecurity and the OWASP rules, stricter than usual, called by its address",
    software: [
      ...software,
      debian("ModSecurity", "libapache2-mod-security2"),
      debian("OWASP CRS", "modsecurity-crs"),
    ],
    start: async (place) => {
      const url = await apacheWith(
        place,
        `SecRuleEngine On
        SecRequestBodyAccess On
        SecAction "id:900110,phase:1,nolog,pass,setvar:tx.inbound_anomaly_score_threshold=3"
        Include /etc/modsecurity/crs/crs-setup.conf
        Include /usr/share/modsecurity-crs/rules/*.conf
        ProxyPass / http://127.0.0.1:${await answers(place)}/`,
        ["unique_id", "security2"],
      );
      return url.replace("localhost", "127.0.0.1");
    },
    expected: "refused_by_proxy",
  },
  {
    name: "apache-no-route",
    about: "Apache without anything at that path",
    software,
    start: (place) => apacheWith(place, ""),
    expected: "nothing_at_path",
  },
];
