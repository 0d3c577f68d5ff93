import type { Place } from "../place";
import type { Situation } from "../situation";
import { debian } from "../software";
import { answers, slow } from "./backends";

const software = [debian("nginx")];

/** nginx with one server that speaks TLS; `inside` is what stands in it, `outside` beside it. */
export async function nginxWith(place: Place, inside: string, outside = ""): Promise<string> {
  const { folder, certificate } = place;
  const port = await place.port();
  place.write("site/index.html", "<!doctype html><title>Northwind</title><h1>Welcome</h1>");
  const file = place.write(
    "nginx.conf",
    `daemon off; pid ${folder}/nginx.pid; error_log stderr; events {}
    http {
      access_log off; client_body_temp_path ${folder}/b; proxy_temp_path ${folder}/p; fastcgi_temp_path ${folder}/f;
      uwsgi_temp_path ${folder}/u; scgi_temp_path ${folder}/s; ${outside}
      server {
        listen ${port} ssl; ssl_certificate ${certificate.cert}; ssl_certificate_key ${certificate.key};
        root ${folder}/site; ${inside}
      }
    }`,
  );
  await place.run("nginx", ["-e", "stderr", "-c", file], { port });
  return `https://localhost:${port}/in`;
}

export const nginx: Situation[] = [
  {
    name: "nginx-application-down",
    about: "nginx, and nothing listens where it passes on to",
    software,
    start: async (place) =>
      nginxWith(place, `location / { proxy_pass http://127.0.0.1:${await place.port()}; }`),
    expected: "application_unreachable",
  },
  {
    name: "nginx-application-slow",
    about: "nginx waits 1 s for an application that takes longer",
    software,
    start: async (place) =>
      nginxWith(
        place,
        `proxy_read_timeout 1s; location / { proxy_pass http://127.0.0.1:${await slow(place)}; }`,
      ),
    expected: "application_too_slow",
  },
  {
    name: "nginx-http-to-https-port",
    about: "nginx passes plain http on to a port that speaks TLS",
    software,
    start: async (place) => {
      const inner = await place.port();
      const { cert, key } = place.certificate;
      return nginxWith(
        place,
        `location / { proxy_pass http://127.0.0.1:${inner}; }`,
        `server { listen ${inner} ssl; ssl_certificate ${cert}; ssl_certificate_key ${key}; }`,
      );
    },
    expected: "proxy_wrong_scheme",
  },
  {
    name: "nginx-https-to-http-port",
    about: "nginx passes https on to a port that speaks plain http",
    software,
    start: async (place) =>
      nginxWith(place, `location / { proxy_pass https://127.0.0.1:${await answers(place)}; }`),
    expected: "application_unreachable",
  },
  {
    name: "nginx-body-too-large",
    about: "nginx takes bodies of up to 1 KiB",
    software,
    bodyBytes: 2_000,
    start: (place) => nginxWith(place, "client_max_body_size 1k;"),
    expected: "body_too_large",
  },
  {
    name: "nginx-limit-req",
    about: "nginx lets one request a minute through",
    software,
    attempts: 2,
    start: async (place) =>
      nginxWith(
        place,
        `location / { limit_req zone=one; proxy_pass http://127.0.0.1:${await answers(place)}; }`,
        "limit_req_zone $binary_remote_addr zone=one:1m rate=1r/m;",
      ),
    expected: "request_limit_of_proxy",
  },
  {
    name: "nginx-maintenance-page",
    about: "nginx in maintenance: error_page 503 to a named location that rewrites to a page",
    software,
    start: (place) => {
      place.write("site/maintenance.html", "<h1>We will be back</h1>");
      return nginxWith(
        place,
        "error_page 503 @maintenance; location / { return 503; } location @maintenance { rewrite ^(.*)$ /maintenance.html break; }",
      );
    },
    expected: "static_files",
  },
  {
    name: "nginx-single-page-application",
    about: "nginx answers every path with the page of an application",
    software,
    start: (place) => nginxWith(place, "location / { try_files $uri /index.html; }"),
    expected: "static_files",
  },
  {
    name: "nginx-folder-without-index",
    about: "nginx, and the URL is a folder that has no index",
    software,
    start: async (place) => {
      place.write("site/hooks/readme.txt", "");
      return (await nginxWith(place, "")).replace("/in", "/hooks/");
    },
    expected: "static_files",
  },
  {
    name: "nginx-folder-without-slash",
    about: "nginx, and the URL is a folder without its slash",
    software,
    start: async (place) => {
      place.write("site/hooks/readme.txt", "");
      return (await nginxWith(place, "absolute_redirect on;")).replace("/in", "/hooks");
    },
    expected: "redirect",
  },
  {
    name: "nginx-limit-except",
    about: "nginx allows GET alone there",
    software,
    start: async (place) =>
      nginxWith(
        place,
        `location / { limit_except GET { deny all; } proxy_pass http://127.0.0.1:${await answers(place)}; }`,
      ),
    expected: "refused_by_proxy",
  },
  {
    name: "nginx-address-list",
    about: "nginx lets certain addresses in",
    software,
    start: async (place) =>
      nginxWith(
        place,
        `location / { allow 192.0.2.0/24; deny all; proxy_pass http://127.0.0.1:${await answers(place)}; }`,
      ),
    expected: "refused_by_proxy",
  },
  {
    name: "nginx-basic-auth",
    about: "nginx asks for a user and a password",
    software,
    start: (place) =>
      nginxWith(place, `auth_basic staging; auth_basic_user_file ${place.write("users", "")};`),
    expected: "login_wanted",
  },
  {
    name: "nginx-405-as-page",
    about: "nginx answers 405 with a page and 200",
    software,
    start: (place) =>
      nginxWith(place, "error_page 405 =200 $uri; location / { try_files $uri /index.html; }"),
    expected: "looks_like_page",
  },
  {
    name: "nginx-other-name",
    about: "nginx sends everything to the name with www",
    software,
    start: (place) => nginxWith(place, "return 301 https://www.northwind.example$request_uri;"),
    expected: "redirect",
  },
];
