import { spawnSync } from "node:child_process";
import type { Place } from "../place";
import type { Situation } from "../situation";
import { debian, node } from "../software";
import { go, goServing } from "./go";
import { nginxServing } from "./nginx-tls";
import { startApache, startHaproxy } from "./tls-fronts";
import { tomcat, tomcatServing } from "./tomcat";

const expected = "client_certificate";

/** The place's own certificate, and the file of the authority that clients' are to come from. */
const own = ({ certificate, authority, write }: Place) => ({
  made: { cert: certificate.cert, key: certificate.key, chain: certificate.cert },
  ca: write("clients.pem", authority.ca),
});

/** Java's way to name the authorities that clients' certificates are to come from. */
function trustStore(place: Place): string {
  const file = `${place.folder}/trust.p12`;
  const into = ["-keystore", file, "-storetype", "PKCS12", "-storepass", "changeit"];
  const { status, stdout } = spawnSync(
    "keytool",
    ["-importcert", "-noprompt", "-alias", "clients", "-file", own(place).ca, ...into],
    { encoding: "utf8" },
  );
  if (status !== 0) throw new Error(stdout);
  return `${file}" truststorePassword="changeit" truststoreType="PKCS12`;
}

const apacheTls = (version: string, place: Place, inside: string) =>
  startApache(place, `SSLProtocol ${version}\nSSLCACertificateFile ${own(place).ca}\n${inside}`);

const nodeDemanding = (version: string) => async (place: Place) => {
  const port = await place.port();
  const { certificate } = place;
  const source = `import https from "node:https"; import { readFileSync as read } from "node:fs";
    https.createServer({ cert: read("${certificate.cert}"), key: read("${certificate.key}"), ca: read("${own(place).ca}"),
      requestCert: true, maxVersion: "${version}" }, (_, answer) => answer.end()).listen(${port}, "127.0.0.1");`;
  await place.run(process.execPath, [place.write("server.mjs", source)], { port });
  return `https://localhost:${port}/in`;
};

const goDemanding = (version: string) => (place: Place) =>
  goServing(
    place,
    [],
    `s := http.Server{Addr: addr, TLSConfig: &tls.Config{ClientAuth: tls.RequireAnyClientCert, MaxVersion: tls.${version}}}
    s.ListenAndServeTLS(cert, key)`,
  );

export const clientCertificates: Situation[] = [
  {
    name: "client-certificate-nginx",
    about: "nginx asks for a client certificate (ssl_verify_client on)",
    software: [debian("nginx")],
    start: (place) => {
      const { made, ca } = own(place);
      return nginxServing(place, made, `ssl_client_certificate ${ca}; ssl_verify_client on; return 200;`);
    },
    expected,
  },
  {
    name: "client-certificate-apache-location",
    about: "Apache asks for a client certificate in a Location, over TLS 1.3",
    software: [debian("Apache", "apache2")],
    start: (place) => apacheTls("TLSv1.3", place, "<Location /in>\nSSLVerifyClient require\n</Location>"),
    expected,
  },
  {
    name: "client-certificate-apache-location-old",
    about: "Apache asks for a client certificate in a Location, over TLS 1.2",
    software: [debian("Apache", "apache2")],
    start: (place) => apacheTls("TLSv1.2", place, "<Location /in>\nSSLVerifyClient require\n</Location>"),
    expected,
  },
  {
    name: "client-certificate-apache",
    about: "Apache asks for a client certificate on the whole host",
    software: [debian("Apache", "apache2")],
    start: (place) => apacheTls("TLSv1.3", place, "SSLVerifyClient require"),
    expected,
  },
  {
    name: "client-certificate-apache-old",
    about: "Apache asks for a client certificate on the whole host, over TLS 1.2",
    software: [debian("Apache", "apache2")],
    start: (place) => apacheTls("TLSv1.2", place, "SSLVerifyClient require"),
    expected,
  },
  {
    name: "client-certificate-haproxy",
    about: "HAProxy asks for a client certificate (verify required)",
    software: [debian("HAProxy")],
    start: (place) =>
      startHaproxy(place, `crt ${place.certificate.both} ca-file ${own(place).ca} verify required`, "http"),
    expected,
  },
  {
    name: "client-certificate-caddy",
    about: "Caddy asks for a client certificate",
    software: [debian("Caddy")],
    start: async (place) => {
      const port = await place.port();
      const file = place.write(
        "Caddyfile",
        `{\nadmin off\nauto_https off\n}\nhttps://localhost:${port} {\ntls ${place.certificate.cert} ${place.certificate.key} {
        client_auth {\nmode require\n}\n}\nrespond 200\n}\n`,
      );
      await place.run("caddy", ["run", "--adapter", "caddyfile", "--config", file], { port });
      return `https://localhost:${port}/in`;
    },
    expected,
  },
  {
    name: "client-certificate-go",
    about: "Go asks for a client certificate",
    software: [go],
    start: goDemanding("VersionTLS13"),
    expected,
  },
  {
    name: "client-certificate-go-old",
    about: "Go asks for a client certificate, over TLS 1.2",
    software: [go],
    start: goDemanding("VersionTLS12"),
    expected,
  },
  {
    name: "client-certificate-tomcat",
    about: "Tomcat asks for a client certificate",
    software: [tomcat],
    start: (place) =>
      tomcatServing(place, `certificateVerification="required" truststoreFile="${trustStore(place)}"`),
    expected,
  },
  {
    name: "client-certificate-java-old",
    about: "Tomcat asks for a client certificate, over TLS 1.2",
    software: [tomcat],
    start: (place) =>
      tomcatServing(
        place,
        `protocols="TLSv1.2" certificateVerification="required" truststoreFile="${trustStore(place)}"`,
      ),
    expected,
  },
  {
    name: "client-certificate-node",
    about: "Node asks for a client certificate",
    software: [node],
    start: nodeDemanding("TLSv1.3"),
    expected,
  },
  {
    name: "client-certificate-node-old",
    about: "Node asks for a client certificate, over TLS 1.2",
    software: [node],
    start: nodeDemanding("TLSv1.2"),
    expected,
  },
  {
    name: "client-certificate-stunnel",
    about: "stunnel asks for a client certificate",
    software: [debian("stunnel", "stunnel4")],
    start: async (place) => {
      const [port, target] = [await place.port(), await place.port()];
      const file = place.write(
        "stunnel.conf",
        `foreground = yes\npid =\n[in]\naccept = 127.0.0.1:${port}\nconnect = 127.0.0.1:${target}\ncert = ${place.certificate.cert}
key = ${place.certificate.key}\nCAfile = ${own(place).ca}\nverifyChain = yes\nrequireCert = yes\n`,
      );
      await place.run("stunnel4", [file], { port });
      return `https://localhost:${port}/in`;
    },
    expected,
  },
];
