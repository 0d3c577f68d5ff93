import type { Made } from "../openssl";
import type { Place } from "../place";

/** Starts nginx with one TLS server of its own making: `inside` is what stands in it beside the certificate. */
export async function nginxServing(place: Place, made: Made, inside: string): Promise<string> {
  const { folder } = place;
  const port = await place.port();
  const file = place.write(
    "nginx.conf",
    `daemon off; pid ${folder}/nginx.pid; error_log stderr; events {}
    http {
      access_log off; client_body_temp_path ${folder}/b; proxy_temp_path ${folder}/p; fastcgi_temp_path ${folder}/f;
      uwsgi_temp_path ${folder}/u; scgi_temp_path ${folder}/s;
      server { listen ${port} ssl; ssl_certificate ${made.chain}; ssl_certificate_key ${made.key}; ${inside} }
    }`,
  );
  await place.run("nginx", ["-e", "stderr", "-c", file], { port });
  return `https://localhost:${port}/in`;
}

/** It answers 200, to whoever takes its certificate. */
export const nginxShowing = (place: Place, made: Made) => nginxServing(place, made, "return 200;");

/** nginx's module for TCP: `servers` are its `server` blocks. */
export async function nginxStream(place: Place, port: number, servers: string): Promise<string> {
  const file = place.write(
    "stream.conf",
    `load_module /usr/lib/nginx/modules/ngx_stream_module.so;
    daemon off; pid ${place.folder}/stream.pid; error_log stderr; events {}
    stream { ${servers} }`,
  );
  await place.run("nginx", ["-e", "stderr", "-c", file], { port });
  return `https://localhost:${port}/in`;
}
