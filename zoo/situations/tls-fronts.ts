import type { Place } from "../place";

/** Starts Apache with one TLS host; `inside` is what stands in it. Apache starts as root and runs as www-data. */
export async function startApache(place: Place, inside: string): Promise<string> {
  const { folder, certificate, write } = place;
  const port = await place.port();
  const modules = ["mpm_event", "authn_core", "authz_core", "socache_shmcb", "ssl", "dir", "alias"];
  const loaded = modules.map((name) => `LoadModule ${name}_module /usr/lib/apache2/modules/mod_${name}.so`);
  const file = write(
    "apache.conf",
    `ServerName localhost\nPidFile ${folder}/apache.pid\nMutex file:${folder}\nDefaultRuntimeDir ${folder}\nUser www-data\nGroup www-data
${loaded.join("\n")}\nErrorLog ${folder}/error.log\nListen 127.0.0.1:${port}\nDocumentRoot ${folder}
<VirtualHost *:${port}>\nSSLEngine on\nSSLCertificateFile ${certificate.cert}\nSSLCertificateKeyFile ${certificate.key}
${inside}\n</VirtualHost>\n`,
  );
  await place.run("apache2", ["-D", "FOREGROUND", "-f", file], { port });
  return `https://localhost:${port}/in`;
}

/** Starts HAProxy with one TLS port, whose `bind` goes on with `bound`, and a server behind it that is not there. */
export async function startHaproxy(
  place: Place,
  bound: string,
  mode: "http" | "tcp",
  inside = "",
): Promise<string> {
  const [port, target] = [await place.port(), await place.port()];
  const ssl = bound === "" ? "" : `ssl ${bound}`;
  const file = place.write(
    "haproxy.cfg",
    `defaults\nmode ${mode}\ntimeout connect 1s\ntimeout client 10s\ntimeout server 10s\nretries 0
frontend in\nbind 127.0.0.1:${port} ${ssl}\n${inside}\ndefault_backend behind\nbackend behind\nserver one 127.0.0.1:${target}\n`,
  );
  await place.run("haproxy", ["-db", "-f", file], { port });
  return `https://localhost:${port}/in`;
}
