import type { Place } from "../place";
import type { Situation } from "../situation";
import { debian } from "../software";
import { nginxWith } from "./nginx";

/** Rails in one file. */
async function railsWith(
  place: Place,
  settings: string,
  controller: string,
  routes = `post "/in", to: "hooks#create"`,
): Promise<string> {
  const port = await place.port();
  const file = place.write(
    "config.ru",
    `require "action_controller/railtie"
class App < Rails::Application
  config.eager_load = false
  config.secret_key_base = "x" * 64
  config.logger = Logger.new(nil)
  config.action_controller.default_protect_from_forgery = true
  config.hosts.clear
  ${settings}
end
App.initialize!
class HooksController < ActionController::Base
  ${controller}
end
App.routes.draw { ${routes} }
run App
`,
  );
  place.write(
    "public/422.html",
    publicPage("The change you wanted was rejected (422)", "The change you wanted was rejected."),
  );
  place.write(
    "public/404.html",
    publicPage(
      "The page you were looking for doesn't exist (404)",
      "The page you were looking for doesn't exist.",
    ),
  );
  place.write(
    "public/500.html",
    publicPage("We're sorry, but something went wrong (500)", "We're sorry, but something went wrong."),
  );
  await place.run("rackup", ["-s", "webrick", "-o", "127.0.0.1", "-p", String(port), file], {
    port,
    env: { RAILS_ENV: "production", RACK_ENV: "production" },
  });
  return `${await place.behindTls(port)}/in`;
}

/** As `rails new` makes them. */
const publicPage = (title: string, words: string) => `<!DOCTYPE html>
<html><head><title>${title}</title></head><body><div class="dialog"><div><h1>${words}</h1></div></div></body></html>`;

async function phpWith(place: Place, text: string): Promise<string> {
  const port = await place.port();
  const file = place.write("index.php", text);
  await place.run("php", ["-d", "display_errors=1", "-S", `127.0.0.1:${port}`, file], { port });
  return `${await place.behindTls(port)}/in`;
}

async function goWith(place: Place, imports: string[], handler: string): Promise<string> {
  const port = await place.port();
  const { cert, key } = place.certificate;
  const file = place.write(
    "main.go",
    `package main
import (
${["net/http", ...imports].map((name) => `"${name}"`).join("\n")}
)
func main() {
  mux := http.NewServeMux()
  var handler http.Handler = mux
  ${handler}
  http.ListenAndServeTLS("127.0.0.1:${port}", "${cert}", "${key}", handler)
}`,
  );
  await place.run("go", ["run", file], { port, env: { GO111MODULE: "off" } });
  return `https://localhost:${port}/in`;
}

async function tomcatWith(place: Place, webXml: string): Promise<string> {
  const port = await place.port();
  const home = "/usr/share/tomcat10";
  place.write(
    "conf/server.xml",
    `<Server port="-1"><Service name="Catalina"><Connector port="${port}" address="127.0.0.1"/>
    <Engine name="Catalina" defaultHost="localhost"><Host name="localhost" appBase="webapps"/></Engine></Service></Server>`,
  );
  place.write(
    "conf/web.xml",
    `<web-app xmlns="https://jakarta.ee/xml/ns/jakartaee" version="6.0"><servlet><servlet-name>default</servlet-name><servlet-class>org.apache.catalina.servlets.DefaultServlet</servlet-class></servlet><servlet-mapping><servlet-name>default</servlet-name><url-pattern>/</url-pattern></servlet-mapping>${webXml}</web-app>`,
  );
  place.write("webapps/ROOT/index.html", "<!doctype html><title>Northwind</title><h1>Welcome</h1>");
  place.write("logs/none", "");
  place.write("temp/none", "");
  await place.run(
    "java",
    [
      "-cp",
      `${home}/bin/bootstrap.jar:${home}/bin/tomcat-juli.jar`,
      `-Dcatalina.home=${home}`,
      `-Dcatalina.base=${place.folder}`,
      `-Djava.io.tmpdir=${place.folder}/temp`,
      "org.apache.catalina.startup.Bootstrap",
      "start",
    ],
    { port },
  );
  await fetch(`http://127.0.0.1:${port}/`, { redirect: "manual" }); // it makes its servlets at the first request
  return place.behindTls(port);
}

async function webhookWith(place: Place, rule: object): Promise<string> {
  const port = await place.port();
  const file = place.write(
    "hooks.json",
    JSON.stringify([
      {
        id: "in",
        "execute-command": "/bin/true",
        "trigger-rule": { match: { secret: "of somebody else", ...rule } },
      },
    ]),
  );
  await place.run("webhook", ["-hooks", file, "-ip", "127.0.0.1", "-port", String(port)], { port });
  return `${await place.behindTls(port)}/hooks/in`;
}

const rails = [debian("Rails", "ruby-rails")];
const php = [debian("PHP", "php8.2-cli")];
const fpm = [debian("PHP-FPM", "php8.2-fpm"), debian("nginx")];
const go = [debian("Go", "golang-1.19-go")];
const tomcat = [debian("Tomcat", "libtomcat10-java")];
const webhook = [debian("webhook")];

export const others: Situation[] = [
  {
    name: "rails-csrf",
    about: "Rails, and the action is not exempt from CSRF protection",
    software: rails,
    start: (place) => railsWith(place, "", "def create; head :ok; end"),
    expected: "csrf_protection",
  },
  {
    name: "rails-hosts",
    about: "Rails, and the host is not in config.hosts",
    software: rails,
    start: (place) =>
      railsWith(
        place,
        'config.hosts << "www.northwind.example"',
        "skip_forgery_protection; def create; head :ok; end",
      ),
    expected: "host_not_allowed",
  },
  {
    name: "rails-hosts-debug",
    about: "Rails as in development, and the host is not in config.hosts",
    software: rails,
    start: (place) =>
      railsWith(
        place,
        'config.consider_all_requests_local = true; config.hosts << "www.northwind.example"',
        "skip_forgery_protection; def create; head :ok; end",
      ),
    expected: "host_not_allowed",
  },
  {
    name: "rails-csrf-debug",
    about: "Rails as in development, and the action is not exempt from CSRF protection",
    software: rails,
    start: (place) =>
      railsWith(place, "config.consider_all_requests_local = true", "def create; head :ok; end"),
    expected: "csrf_protection",
  },
  {
    name: "rails-https-behind-tls",
    about: "Rails behind a TLS proxy forces https",
    software: rails,
    start: (place) =>
      railsWith(place, "config.force_ssl = true", "skip_forgery_protection; def create; head :ok; end"),
    expected: "https_not_seen",
  },
  {
    name: "rails-parameter-missing",
    about: "Rails requires a parameter that events do not have",
    software: rails,
    start: (place) =>
      railsWith(place, "", "skip_forgery_protection; def create; params.require(:payload); head :ok; end"),
    expected: "refused_400",
  },
  {
    name: "rails-get-only",
    about: "Rails has that path for GET alone",
    software: rails,
    start: (place) => railsWith(place, "", "def create; head :ok; end", `get "/in", to: "hooks#create"`),
    expected: "no_post_route",
  },
  {
    name: "php-signature-refused-with-200",
    about: 'PHP: die("Invalid signature")',
    software: php,
    start: (place) => phpWith(place, '<?php if (true) die("Invalid signature");'),
    expected: "says_refused",
  },
  {
    name: "php-fatal-error-shown",
    about: "PHP fails with display_errors",
    software: php,
    start: (place) => phpWith(place, "<?php echo 'begin'; flush(); nothing_like_it();"),
    expected: "says_error",
  },
  {
    name: "php-handled",
    about: "PHP answers as it should",
    software: php,
    start: (place) =>
      phpWith(place, '<?php header("Content-Type: application/json"); echo json_encode(["status" => "ok"]);'),
    expected: null,
  },
  {
    name: "php-fpm-ends-slow-script",
    about: "PHP-FPM ends a script that takes over 1 s, behind nginx",
    software: fpm,
    start: async (place) => {
      const script = place.write("index.php", "<?php sleep(30);");
      const pool = await place.port();
      const config = place.write(
        "fpm.conf",
        `[global]\nerror_log = ${place.folder}/fpm.log\ndaemonize = no\n[www]\nlisten = 127.0.0.1:${pool}\npm = static\npm.max_children = 1\nrequest_terminate_timeout = 1s\nuser = www-data\ngroup = www-data\n`,
      );
      await place.run("php-fpm8.2", ["-F", "-y", config], { port: pool });
      return nginxWith(
        place,
        `location / { include /etc/nginx/fastcgi_params; fastcgi_param SCRIPT_FILENAME ${script}; fastcgi_pass 127.0.0.1:${pool}; }`,
      );
    },
    expected: "application_ended_request",
  },
  {
    name: "go-timeout-handler",
    about: "Go's TimeoutHandler ends a slow handler",
    software: go,
    start: (place) =>
      goWith(
        place,
        ["time"],
        `handler = http.TimeoutHandler(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) { time.Sleep(30 * time.Second) }), time.Second, "")`,
      ),
    expected: "application_too_slow",
  },
  {
    name: "go-unknown-field",
    about: "Go's decoder disallows unknown fields",
    software: go,
    start: (place) =>
      goWith(
        place,
        ["encoding/json"],
        `mux.HandleFunc("/in", func(w http.ResponseWriter, r *http.Request) {
    var hook struct{ Event string }
    decoder := json.NewDecoder(r.Body)
    decoder.DisallowUnknownFields()
    if err := decoder.Decode(&hook); err != nil { http.Error(w, err.Error(), 400) }
  })`,
      ),
    expected: "extra_field_refused",
  },
  {
    name: "go-no-route",
    about: "Go without a handler at that path",
    software: go,
    start: (place) =>
      goWith(place, [], `mux.HandleFunc("/hooks", func(w http.ResponseWriter, r *http.Request) {})`),
    expected: "nothing_at_path",
  },
  {
    name: "go-body-too-large",
    about: "Go's MaxBytesReader takes 100 bytes",
    software: go,
    start: (place) =>
      goWith(
        place,
        ["io"],
        `mux.HandleFunc("/in", func(w http.ResponseWriter, r *http.Request) {
    if _, err := io.ReadAll(http.MaxBytesReader(w, r.Body, 100)); err != nil { http.Error(w, err.Error(), 400) }
  })`,
      ),
    expected: "body_too_large",
  },
  {
    name: "tomcat-static-page",
    about: "Tomcat answers with a static page",
    software: tomcat,
    start: async (place) => `${await tomcatWith(place, "")}/index.html`,
    expected: "looks_like_page",
  },
  {
    name: "tomcat-no-route",
    about: "Tomcat without anything at that path",
    software: tomcat,
    start: async (place) => `${await tomcatWith(place, "")}/in`,
    expected: "nothing_at_path",
  },
  {
    name: "tomcat-https-behind-tls",
    about: "Tomcat behind a TLS proxy wants a confidential transport",
    software: tomcat,
    start: async (place) =>
      `${await tomcatWith(place, "<security-constraint><web-resource-collection><web-resource-name>all</web-resource-name><url-pattern>/*</url-pattern></web-resource-collection><user-data-constraint><transport-guarantee>CONFIDENTIAL</transport-guarantee></user-data-constraint></security-constraint>")}/in`,
    expected: "https_not_seen",
  },
  {
    name: "webhook-signature-missing",
    about: "webhook, and the webhook has no secret here",
    software: webhook,
    secret: null,
    start: (place) =>
      webhookWith(place, {
        type: "payload-hmac-sha256",
        parameter: { source: "header", name: "X-Signature" },
      }),
    expected: "says_refused",
  },
  {
    name: "webhook-signature-wrong",
    about: "webhook has another secret",
    software: webhook,
    start: (place) =>
      webhookWith(place, {
        type: "payload-hmac-sha256",
        parameter: { source: "header", name: "X-Signature" },
      }),
    expected: "signature_refused",
  },
];
