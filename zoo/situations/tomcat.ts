import { once } from "node:events";
import { connect } from "node:tls";
import type { Place } from "../place";
import { debian } from "../software";

export const tomcat = debian("Tomcat", "tomcat10");

/** Starts Tomcat with one connector; `tls` are the attributes of its SSLHostConfig, and null for plain HTTP. */
export async function tomcatServing(place: Place, tls: string | null): Promise<string> {
  const { folder, certificate, write } = place;
  const port = await place.port();
  const { cert, key } = certificate;
  const shown = `<Certificate certificateFile="${cert}" certificateKeyFile="${key}" type="EC"/>`;
  write(
    "conf/server.xml",
    `<Server port="-1"><Service name="Catalina"><Connector port="${port}" address="127.0.0.1" SSLEnabled="${tls !== null}">
    ${tls === null ? "" : `<SSLHostConfig ${tls}>${shown}</SSLHostConfig>`}</Connector>
    <Engine name="Catalina" defaultHost="localhost"><Host name="localhost" appBase="webapps"/></Engine></Service></Server>`,
  );
  write("conf/web.xml", `<web-app xmlns="https://jakarta.ee/xml/ns/jakartaee" version="6.0"/>`);
  write("webapps/ROOT/index.html", "<!doctype html><title>Example</title>");
  write("logs/none", "");
  write("temp/none", "");
  const env = { CATALINA_HOME: "/usr/share/tomcat10", CATALINA_BASE: folder };
  await place.run("/usr/share/tomcat10/bin/catalina.sh", ["run"], { port, env });
  if (tls !== null) await beginsTls(port);
  return `https://localhost:${port}/in`;
}

/** Its first handshake takes seconds, in which Java loads what it needs for it. */
async function beginsTls(port: number): Promise<void> {
  const socket = connect({ port, host: "127.0.0.1", rejectUnauthorized: false });
  // It may ask for a client certificate.
  await once(socket, "secureConnect").catch(() => {});
  socket.destroy();
}
