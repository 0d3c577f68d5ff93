import type { Place } from "../place";
import type { Situation } from "../situation";
import { debian } from "../software";

const software = [debian("nginx")];

/** nginx with one server that speaks TLS; `inside` is what stands in it, `outside` beside it. */
async function nginxWith(place: Place, inside: string, outside = ""): Promise<string> {
  const { folder, certificate } = place;
  const port = await place.port();
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
];
