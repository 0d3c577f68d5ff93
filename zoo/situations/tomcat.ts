import { once } from "node:events";
import { connect } from "node:tls";
import type { Place } from "../place";
import { debian } from "../software";

export const tomcat = debian("Tomcat", "tomcat10");

/** Starts Tomcat with one TLS connector, whose SSLHostConfig has these `attributes`. */
export async function tomcatServing(place: Place, attributes: string): Promise<string> {
  const { folder, certificate, write } = place;
  const port = await place.port();
  write(
    "conf/server.xml",
    `<Server port="-1"><Service name="Catalina"><Connector port="${port}" address="127.0.0.1" SSLEnabled="true" scheme="https"
    secure="true"><SSLHostConfig ${attributes}><Certificate certificateFile="${certificate.cert}"
    certificateKeyFile="${certificate.key}" type="EC"/></SSLHostConfig></Connector>
    <Engine name="Catalina" defaultHost="localhost"><Host name="localhost" appBase="webapps"/></Engine></Service></Server>`,
  );
  write("conf/web.xml", `<web-app xmlns="https://jakarta.ee/xml/ns/jakartaee" version="6.0"/>`);
  write("webapps/ROOT/index.html", "<!doctype html><title>Example</title>");
  write("logs/none", "");
  write("temp/none", "");
  const env = { CATALINA_HOME: "/usr/share/tomcat10", CATALINA_BASE: folder };
  await place.run("/usr/share/tomcat10/bin/catalina.sh", ["run"], { port, env });
  await beginsTls(port);
  return `https://localhost:${port}/in`;
}

/** Its first handshake takes seconds, in which Java loads what it needs for it. */
async function beginsTls(port: number): Promise<void> {
  const socket = connect({ port, host: "127.0.0.1", rejectUnauthorized: false });
  socket.on("error", () => {}); // it asks for a client certificate, or not
  await once(socket, "secureConnect");
  socket.destroy();
}
