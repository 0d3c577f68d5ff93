import type { Cause } from "../cause";
import { firstBytesOf } from "../first-bytes";
import type { Look } from "../look";

/** No HTTP answer came, and TLS was not what failed. */
export const connection: Cause[] = [
  {
    code: "host_unknown",
    fits: (look) => look.isCode("dns_error") && look.isDetail("dns_not_found") && "certain",
    meaning: "The host name does not exist, or is an alias (CNAME) of one that does not exist.",
    nextStep: "Check the spelling of the host in the URL, its DNS record, and what that points to.",
    seen: ["DNS: NXDOMAIN"],
  },
  {
    code: "host_zone_broken",
    fits: (look) => look.isCode("dns_error") && look.isDetail("dns_server_failure") && "certain",
    meaning: "The name servers of this host answer with an error.",
    nextStep: "Check the zone and DNSSEC of the domain with its DNS provider.",
    seen: ["DNS: SERVFAIL, REFUSED"],
  },
  {
    code: "host_without_address",
    fits: (look) => look.isCode("dns_error") && "certain",
    meaning: "The host name does not lead to an address.",
    nextStep: "Check the spelling of the host in the URL, and its DNS record.",
    seen: ["DNS: an answer without A or AAAA"],
  },
  {
    code: "name_servers_silent",
    fits: (look) => look.isCode("dns_timeout") && "certain",
    meaning: "The name servers of this host did not answer in time.",
    nextStep: "Check the name servers of the domain; it is tried again by itself.",
    seen: ["DNS: no answer"],
  },
  {
    code: "address_not_public",
    fits: (look) => look.isCode("blocked_address") && "certain",
    meaning: "The host leads to an address that is not on the public internet, so it is never called.",
    nextStep:
      "Use a public address, or ask the operator to allow this network; where DNS answers inside otherwise than outside (split horizon), have it answer the public address here.",
    seen: ["Fanfare: DELIVERY_ALLOW_CIDRS"],
  },
  {
    code: "no_way_through_proxy",
    fits: (look) => look.isDetail("through_proxy") && "certain",
    meaning:
      "The proxy by which this installation sends could not connect to the endpoint: nothing listens there, or a firewall turns it away.",
    nextStep:
      "Check that the server listens on the port in the URL and can be reached from the internet; where others can reach it, ask the operator what the proxy's log says.",
    seen: ["Squid 5.7: 503 to CONNECT (ERR_CONNECT_FAIL)", "tinyproxy 1.11: 500 to CONNECT"],
  },
  {
    code: "port_closed",
    fits: (look) => look.isCode("connect_refused") && look.isDetail("connection_refused") && "certain",
    meaning: "The connection was refused: nothing listens on this port, or a firewall turns us away.",
    nextStep: "Start the server, correct the port in the URL, or let us through the firewall.",
    seen: ["TCP: RST to SYN"],
  },
  {
    code: "address_v6_unreachable",
    fits: (look) => isUnreachable(look) && isV6(look.evidence.peer.address) && "likely",
    meaning: "The host leads to an IPv6 address, and there is no way from here over IPv6.",
    nextStep: "Add an A record, so that the endpoint can be reached over IPv4 too.",
    tellApart: "The host has no A record, and other IPv6 addresses cannot be reached from here either.",
    seen: ["Linux: ENETUNREACH to an IPv6 address"],
  },
  {
    code: "address_unreachable",
    fits: (look) => isUnreachable(look) && (isV6(look.evidence.peer.address) ? "possible" : "certain"),
    meaning: "There is no way from here to the address that the host leads to.",
    nextStep: "Check the DNS record of the host, and that its network can be reached from the internet.",
    tellApart: "It cannot be reached from elsewhere either.",
    seen: ["ICMP: unreachable"],
  },
  {
    code: "no_connection",
    fits: (look) => look.isCode("connect_refused") && look.evidence.detail === null && "certain",
    meaning: "No connection came about: it was refused, or there is no way to the address.",
    nextStep: "Check that the server listens on the port in the URL and can be reached from the internet.",
    seen: ["attempts that were recorded without more"],
  },
  {
    code: "packets_unanswered",
    fits: (look) => look.isCode("connect_timeout") && !look.isDetail("through_proxy") && "certain",
    meaning: "No connection came about in time: packets go unanswered.",
    nextStep: "Check that a firewall lets us in, and that the machine is up.",
    seen: ["a firewall that drops"],
  },
  {
    code: "answer_broken_off",
    fits: (look) =>
      look.isCode("connect_reset") &&
      look.facts.afterHandshake === true &&
      look.facts.firstBytes !== undefined &&
      "certain",
    meaning:
      "The connection was lost before a complete answer came: it broke off in the middle of the headers.",
    nextStep: "Look for a crash or a restart in the log of the server, and of the proxy in front of it.",
    seen: ["TCP: FIN or RST within the headers of an answer"],
  },
  {
    code: "connection_lost",
    fits: (look) => look.isCode("connect_reset") && (look.facts.choseHttp ? "likely" : "possible"),
    meaning: (look) =>
      `The connection was lost before a complete answer came${look.facts.resent ? ", twice: on a kept connection and on a new one" : ""}.`,
    nextStep:
      "Look for a crash or a restart in the server's log, for a proxy with a short idle timeout, and for a rule that drops requests.",
    tellApart: "The application's log has the event id, or a crash, at that time.",
    seen: ["TCP: FIN or RST before an answer", "nginx 1.22.1 return 444"],
  },
  {
    code: "headers_too_large",
    fits: (look) => look.isCode("header_overflow") && "certain",
    meaning: "The response headers are larger than we read.",
    nextStep: "Answer with fewer headers: a bare 200 is enough.",
    seen: ["over 64 KiB or 1,000 lines of headers"],
  },
  {
    code: "answer_too_late",
    fits: (look) => look.isCode("response_timeout") && (hasNeverWorked(look) ? "possible" : "likely"),
    meaning: (look) => {
      const begun = firstBytesOf(look);
      const interim = /^HTTP\/1\.1 (1\d\d)/.exec(begun)?.[1];
      if (interim) return `The endpoint said ${interim}, but its answer did not come in time.`;
      if (begun !== "")
        return "The endpoint was reached and began to answer, but did not answer in time: its headers were not complete.";
      return "The endpoint was reached but did not answer in time.";
    },
    nextStep: "Answer 200 first and do the work afterwards, in a queue.",
    tellApart: "The handler's log has the event id, and how long it took.",
    seen: ["no headers before the webhook's timeout was up"],
  },
  {
    code: "idle_connection_forgotten",
    fits: (look) => look.isCode("response_timeout") && mayBeForgotten(look) && "possible",
    meaning:
      "A balancer, NAT or firewall in between had forgotten the connection, which had been idle, and dropped the request.",
    nextStep:
      "Close idle connections (Connection: close, or a Keep-Alive: timeout) before what is in between forgets them.",
    tellApart: "Only requests on reused connections time out, and the handler's log has none of them.",
    seen: ["documented of AWS NLB and NAT gateways, after 350 s"],
  },
  {
    code: "handler_never_answers",
    fits: (look) =>
      look.isCode("response_timeout") &&
      firstBytesOf(look) === "" &&
      (hasNeverWorked(look) ? "likely" : "possible"),
    meaning:
      "Your handler may not answer at all: an error that nobody caught, or a branch without an answer.",
    nextStep: "Answer in every branch, and let errors of asynchronous code reach your framework.",
    tellApart: "The handler's log shows an error, or that it ended, long before the time was up.",
    seen: ["Express 4 async handler that throws, Node https with an uncaughtException listener: no answer"],
  },
  {
    code: "handshake_too_slow",
    fits: (look) => look.isCode("tls_timeout") && (look.facts.isSilent ? "likely" : "certain"),
    meaning: "The endpoint accepted the connection but did not finish the TLS handshake in time.",
    nextStep: "Check the load of the server and that this port really speaks TLS.",
    tellApart: "Other clients' handshakes with it are slow, too.",
    seen: ["no end of the handshake before the webhook's timeout was up"],
  },
];

/** It came on a connection that had been idle for a while, and not one byte came back. */
const mayBeForgotten = (look: Look) => look.facts.isSilent === true && (look.facts.idleMs ?? 0) >= 1_000;

const isUnreachable = (look: Look) => look.isCode("connect_refused") && look.isDetail("unreachable");

const isV6 = (address: string | null) => address?.includes(":") ?? false;

/** Several were tried, and none was ever taken. */
const hasNeverWorked = (look: Look) => !look.hasWorked && look.history.others.length > 1;
