import type { Cause } from "../cause";
import {
  aWhileMs,
  breaksHandshakeOff,
  closesUnanswered,
  hasWorked,
  isHttp2Answer,
  waitedMs,
} from "../endings";
import { isTls, proxyLineBytesOf, usualOn } from "../first-bytes";
import type { Look } from "../look";

/** The endpoint took the connection, and ended it before an answer or without a word. */
export const closed: Cause[] = [
  {
    code: "answer_cut_off",
    fits: (look) => {
      if (!wasCutOff(look)) return false;
      // Nobody else breaks a record off in the middle.
      if (look.isCode("tls_error")) return waitedMs(look) >= aWhileMs ? "certain" : "likely";
      return waitedMs(look) >= aWhileMs && "likely";
    },
    meaning: (look) => {
      const seconds = Math.round(waitedMs(look) / 100) / 10;
      return `The server ended the connection ${seconds} s after our request, before it had answered: as a write or worker timeout does to a slow handler.`;
    },
    nextStep:
      "Answer 200 first and do the work afterwards, in a queue; else raise the timeout (WriteTimeout in Go, --timeout in gunicorn, idle timeout of a balancer). It is not about the certificate.",
    tellApart: "It takes about the same time in every attempt, and the handler's work takes longer.",
    seen: ["Go 1.19 WriteTimeout: a broken TLS record after 4 s of a completed handshake"],
  },
  {
    code: "closed_before_tls",
    fits: (look) => (closesAtOnce(look) || isResetOnOpening(look)) && "likely",
    meaning: (look) =>
      hasWorked(look)
        ? "What takes connections there closes ours before TLS: a balancer without a healthy server behind it does, and an allow-list that our address is not on."
        : "What takes connections there closes ours before TLS: an allow-list that our address is not on does, and a balancer without a healthy server behind it.",
    nextStep:
      "Let this service's addresses through the allow-list, and check the health of the servers behind the balancer.",
    tellApart:
      "An allow-list lets others in, and its log says denied; a balancer fails for everybody, and its status shows no healthy server.",
    seen: [
      "nginx 1.22.1 stream with deny, HAProxy 2.6.12 tcp-request connection reject: closed at once",
      "nginx 1.22.1 stream, HAProxy 2.6.12 tcp, with a server behind that is down: closed at once",
    ],
  },
  {
    code: "port_without_tls",
    fits: (look) => {
      if (isSilentHandshake(look)) return usualOn(look) !== null || !hasWorked(look) ? "likely" : "possible";
      return closesHello(look) && "likely";
    },
    meaning: (look) => {
      const usual = usualOn(look);
      const what = look.isCode("tls_timeout") ? "waited for something else" : "closed the connection";
      const often = usual === null ? "" : ` (on ${look.url?.port} usually ${usual})`;
      return `The port takes connections, and ${what} when we began TLS: probably it does not speak TLS${often}.`;
    },
    nextStep: "Use the port on which the server speaks https, or put TLS in front of it.",
    tellApart: "curl with http:// and this port gets an answer, or another service is configured on it.",
    seen: [
      "php -S 8.2, Mosquitto 2.0.11, PostgreSQL: closed in answer to a ClientHello",
      "gunicorn 20.1: no answer to a ClientHello",
    ],
  },
  {
    code: "proxy_protocol_expected",
    fits: (look) => closesHello(look) && (isTls(proxyLineBytesOf(look)) ? "certain" : "possible"),
    meaning:
      "The server expects the PROXY protocol on this port, as from its own balancer, and closes what begins without it.",
    nextStep:
      "Call it through the balancer, or take proxy_protocol (accept-proxy) off for what comes from outside.",
    tellApart: "The configuration has proxy_protocol or accept-proxy; the log says broken header.",
    seen: [
      "nginx 1.22.1 listen … proxy_protocol, HAProxy 2.6.12 accept-proxy: closed in answer to a ClientHello",
    ],
  },
  {
    code: "name_closed_on",
    fits: (look) => closesHello(look) && "possible",
    meaning: (look) =>
      `No site for the name ${look.host} is set up there, and the server closes instead of saying so.`,
    nextStep: "Set up this name with its certificate, or correct the host in the URL.",
    tellApart: "openssl s_client with another -servername completes its handshake.",
    seen: ["documented of IIS and Envoy: closed in answer to a ClientHello"],
  },
  {
    code: "closed_in_handshake",
    fits: (look) => {
      if (breaksHandshakeOff(look)) return "likely";
      return isInHandshake(look) && "possible";
    },
    meaning: "The connection was closed during the TLS handshake.",
    nextStep: "Look at the log of whatever takes TLS there (proxy, balancer, firewall) for that moment.",
    tellApart: "It goes by with a restart, a deployment or an overload.",
    seen: ["TCP: FIN or RST in a handshake"],
  },
  {
    code: "tls_proxy_without_server",
    fits: (look) => closesUnanswered(look) && !look.facts.choseHttp && waitedMs(look) < aWhileMs && "likely",
    meaning:
      "A proxy completed the TLS handshake and then closed: the server that it passes on to is not there.",
    nextStep: "Check that the application behind the TLS proxy runs, and listens where the proxy expects it.",
    tellApart:
      "The proxy's log says that its connection to the server was refused; the application's log has nothing.",
    seen: [
      "stunnel 5.68, nginx 1.22.1 stream, HAProxy 2.6.12 tcp, with nothing behind: closed after the handshake",
    ],
  },
  {
    code: "proxied_http2",
    fits: (look) => isHttp2Answer(look) && (look.facts.choseHttp ? "certain" : "possible"),
    meaning:
      "The answer is raw HTTP/2 frames: the proxy passes them on from an application that speaks HTTP/2 without TLS (h2c).",
    nextStep:
      "Have the application speak HTTP/1.1 to the proxy, or the proxy HTTP/2 to it (grpc_pass, h2c://, proto h2).",
    tellApart: "The application behind the proxy answers curl --http2-prior-knowledge on its own port.",
    seen: ["nginx 1.22.1 proxy_pass to an h2c server: SETTINGS as HTTP/0.9"],
  },
  {
    code: "not_http",
    fits: (look) => look.isCode("protocol_error") && !isHttp2Answer(look) && "certain",
    meaning: "What came back is not valid HTTP/1.1.",
    nextStep: "Check that the port belongs to a web server, and what its proxy does to answers.",
    seen: ["bytes that are no HTTP/1.1 answer"],
  },
];

/** After a handshake, before an answer: without the alert of a refusal. */
const wasCutOff = (look: Look) =>
  closesUnanswered(look) ||
  (look.isCode("tls_error") && look.facts.afterHandshake === true && look.facts.alert === undefined);

const isInHandshake = (look: Look) =>
  look.isCode("connect_reset") && look.facts.isSilent === true && !look.facts.afterHandshake;

/** It closes whatever connects, before anything was said. */
const closesAtOnce = (look: Look) => isInHandshake(look) && look.facts.unasked === "closed";

const isResetOnOpening = (look: Look) => {
  const { connect, tls } = look.evidence.timings;
  return look.isCode("connect_reset") && connect !== null && tls === null;
};

/** It waits to be spoken to, and closes what begins TLS. */
const closesHello = (look: Look) => isInHandshake(look) && look.facts.unasked === "open";

const isSilentHandshake = (look: Look) => look.isCode("tls_timeout") && look.facts.isSilent === true;
