import { spawnSync } from "node:child_process";
import { mkdirSync } from "node:fs";
import type { Place } from "../place";
import type { Situation } from "../situation";
import { debian, node } from "../software";
import { go, goServing } from "./go";
import { nginxStream } from "./nginx-tls";
import { startApache, startHaproxy } from "./tls-fronts";
import { tomcat, tomcatServing } from "./tomcat";

const stream = [debian("nginx"), debian("nginx stream", "libnginx-mod-stream")];
const haproxy = [debian("HAProxy")];

/** A server that listens on a port of its own and speaks no TLS: `args` are made for that port. */
const listening =
  (command: string, args: (port: number, place: Place) => string[], env: Record<string, string> = {}) =>
  async (place: Place) => {
    const port = await place.port();
    await place.run(command, args(port, place), { port, env });
    return `https://localhost:${port}/in`;
  };

/** A TCP server in Node: `body` is what it does with a `socket`. */
const speaking = (body: string) =>
  listening(process.execPath, (port, { write }) => [
    write(
      "server.mjs",
      `import net from "node:net"; net.createServer((socket) => { socket.on("error", () => {}); ${body} }).listen(${port}, "127.0.0.1");`,
    ),
  ]);

export const ports: Situation[] = [
  {
    name: "port-php",
    about: "php -S speaks plain HTTP",
    software: [debian("PHP", "php-cli")],
    start: listening("php", (port, { folder }) => ["-S", `127.0.0.1:${port}`, "-t", folder]),
    expected: "port_without_tls",
  },
  {
    name: "port-gunicorn",
    about: "gunicorn speaks plain HTTP",
    software: [debian("gunicorn")],
    start: listening("/usr/bin/gunicorn", (port, { write, folder }) => {
      write("app.py", `def app(environ, start):\n    start("200 OK", [])\n    return []\n`);
      return ["--chdir", folder, "-b", `127.0.0.1:${port}`, "app:app"];
    }),
    expected: "port_without_tls",
  },
  {
    name: "port-node",
    about: "Node's http speaks plain HTTP",
    software: [node],
    start: listening(process.execPath, (port, { write }) => [
      write(
        "server.mjs",
        `import http from "node:http"; http.createServer((_, a) => a.end()).listen(${port}, "127.0.0.1");`,
      ),
    ]),
    expected: "plain_http_port",
  },
  {
    name: "port-nginx",
    about: "nginx speaks plain HTTP",
    software: [debian("nginx")],
    start: async (place) => {
      const port = await place.port();
      const { folder } = place;
      const file = place.write(
        "nginx.conf",
        `daemon off; pid ${folder}/nginx.pid; error_log stderr; events {} http { access_log off; client_body_temp_path ${folder}/b;
        proxy_temp_path ${folder}/p; fastcgi_temp_path ${folder}/f; uwsgi_temp_path ${folder}/u; scgi_temp_path ${folder}/s;
        server { listen ${port}; return 200; } }`,
      );
      await place.run("nginx", ["-e", "stderr", "-c", file], { port });
      return `https://localhost:${port}/in`;
    },
    expected: "plain_http_port",
  },
  {
    name: "port-sshd",
    about: "sshd listens on the port",
    software: [debian("OpenSSH", "openssh-server")],
    start: async (place) => {
      const port = await place.port();
      const key = `${place.folder}/host_key`;
      spawnSync("ssh-keygen", ["-q", "-t", "ed25519", "-N", "", "-f", key]);
      mkdirSync("/run/sshd", { recursive: true });
      await place.run(
        "/usr/sbin/sshd",
        ["-D", "-e", "-f", "/dev/null", "-p", `${port}`, "-h", key, "-o", "ListenAddress=127.0.0.1"],
        { port },
      );
      return `https://localhost:${port}/in`;
    },
    expected: "another_service",
  },
  {
    name: "port-smtp",
    about: "a mail server greets (SMTP)",
    software: [node],
    start: speaking(`socket.write("220 mail.example.com ESMTP Postfix (Debian/GNU)\\r\\n");`),
    expected: "another_service",
  },
  {
    name: "port-memcached",
    about: "memcached listens on the port",
    software: [debian("memcached")],
    start: listening("memcached", (port) => ["-u", "nobody", "-l", "127.0.0.1", "-p", `${port}`, "-U", "0"]),
    expected: "another_service",
  },
  {
    name: "port-apache",
    about: "Apache speaks plain HTTP",
    software: [debian("Apache", "apache2")],
    start: (place) => startApache(place, "SSLEngine off"),
    expected: "plain_http_port",
  },
  {
    name: "port-haproxy",
    about: "HAProxy speaks plain HTTP",
    software: haproxy,
    start: (place) => startHaproxy(place, "", "http"),
    expected: "plain_http_port",
  },
  {
    name: "port-go",
    about: "Go speaks plain HTTP",
    software: [go],
    start: (place) =>
      goServing(place, [], "_, _, _ = cert, key, tls.VersionTLS12\nhttp.ListenAndServe(addr, nil)"),
    expected: "plain_http_port",
  },
  {
    name: "port-tomcat",
    about: "Tomcat speaks plain HTTP",
    software: [tomcat],
    start: (place) => tomcatServing(place, null),
    expected: "plain_http_port",
  },
  {
    name: "port-mosquitto",
    about: "Mosquitto listens on the port",
    software: [debian("Mosquitto")],
    start: listening("mosquitto", (port) => ["-p", `${port}`]),
    expected: "port_without_tls",
  },
  {
    name: "allow-list-nginx-stream",
    about: "an allow-list in nginx's stream module leaves us out",
    software: stream,
    start: async (place) => {
      const [port, target] = [await place.port(), await place.port()];
      return nginxStream(place, port, `server { listen ${port}; deny all; proxy_pass 127.0.0.1:${target}; }`);
    },
    expected: "closed_before_tls",
  },
  {
    name: "allow-list-haproxy",
    about: "an allow-list in HAProxy leaves us out",
    software: haproxy,
    start: (place) => startHaproxy(place, "", "tcp", "tcp-request connection reject"),
    expected: "closed_before_tls",
  },
  {
    name: "balancer-without-server-nginx-stream",
    about: "nginx's stream module passes TLS on to a server that is down",
    software: stream,
    start: async (place) => {
      const [port, target] = [await place.port(), await place.port()];
      return nginxStream(place, port, `server { listen ${port}; proxy_pass 127.0.0.1:${target}; }`);
    },
    expected: "closed_before_tls",
  },
  {
    name: "balancer-without-server-haproxy",
    about: "HAProxy passes TLS on to a server that is down",
    software: haproxy,
    start: (place) => startHaproxy(place, "", "tcp"),
    expected: "closed_before_tls",
  },
  {
    name: "proxy-protocol-expected-nginx",
    about: "nginx expects the PROXY protocol",
    software: [debian("nginx")],
    start: async (place) => {
      const port = await place.port();
      const { folder, certificate } = place;
      const file = place.write(
        "nginx.conf",
        `daemon off; pid ${folder}/nginx.pid; error_log stderr; events {} http { access_log off; client_body_temp_path ${folder}/b;
        proxy_temp_path ${folder}/p; fastcgi_temp_path ${folder}/f; uwsgi_temp_path ${folder}/u; scgi_temp_path ${folder}/s;
        server { listen ${port} ssl proxy_protocol; ssl_certificate ${certificate.cert}; ssl_certificate_key ${certificate.key}; return 200; } }`,
      );
      await place.run("nginx", ["-e", "stderr", "-c", file], { port });
      return `https://localhost:${port}/in`;
    },
    expected: "proxy_protocol_expected",
  },
  {
    name: "proxy-protocol-expected-haproxy",
    about: "HAProxy expects the PROXY protocol",
    software: haproxy,
    start: (place) => startHaproxy(place, `crt ${place.certificate.both} accept-proxy`, "http"),
    expected: "proxy_protocol_expected",
  },
  {
    name: "tls-proxy-dead-stunnel",
    about: "stunnel ends TLS, and nothing listens behind it",
    software: [debian("stunnel", "stunnel4")],
    start: async (place) => {
      const [port, target] = [await place.port(), await place.port()];
      const { cert, key } = place.certificate;
      const file = place.write(
        "stunnel.conf",
        `foreground = yes\npid =\n[in]\naccept = 127.0.0.1:${port}\nconnect = 127.0.0.1:${target}\ncert = ${cert}\nkey = ${key}\n`,
      );
      await place.run("stunnel4", [file], { port });
      return `https://localhost:${port}/in`;
    },
    expected: "tls_proxy_without_server",
  },
  {
    name: "tls-proxy-dead-nginx-stream",
    about: "nginx's stream module ends TLS, and nothing listens behind it",
    software: stream,
    start: async (place) => {
      const [port, target] = [await place.port(), await place.port()];
      const { cert, key } = place.certificate;
      return nginxStream(
        place,
        port,
        `server { listen ${port} ssl; ssl_certificate ${cert}; ssl_certificate_key ${key}; proxy_pass 127.0.0.1:${target}; }`,
      );
    },
    expected: "tls_proxy_without_server",
  },
  {
    name: "tls-proxy-dead-haproxy",
    about: "HAProxy in tcp mode ends TLS, and nothing listens behind it",
    software: haproxy,
    start: (place) => startHaproxy(place, `crt ${place.certificate.both}`, "tcp"),
    expected: "tls_proxy_without_server",
  },
];
