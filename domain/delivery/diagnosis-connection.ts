import type { DeliveryError, ErrorCode, FailureDetail } from "./outcome";

type Words = { meaning: string; nextStep: string };

/** What it means that no HTTP answer came: by what was seen, else by the phase in which it failed. */
export function diagnoseConnection(error: DeliveryError, detail: FailureDetail | null): Words {
  if (detail) return details[detail];
  return phases[error.code] ?? { meaning: error.message, nextStep: lookAtTheEndpoint };
}

const lookAtTheEndpoint = "Check that the endpoint is up and reachable from the internet.";

/** True of every failure with that code, whatever was seen. */
const phases: Partial<Record<ErrorCode, Words>> = {
  dns_error: {
    meaning: "The host name does not lead to an address.",
    nextStep: "Check the spelling of the host in the URL, and its DNS record.",
  },
  dns_timeout: {
    meaning: "The name servers of this host did not answer in time.",
    nextStep: "Check the name servers of the domain; it is tried again by itself.",
  },
  blocked_address: {
    meaning: "The host leads to an address that is not on the public internet, so it is never called.",
    nextStep: "Use a public address, or ask the operator to allow this network.",
  },
  connect_refused: {
    meaning: "No connection came about: it was refused, or there is no way to the address.",
    nextStep: "Check that the server listens on the port in the URL and can be reached from the internet.",
  },
  connect_reset: {
    meaning: "The connection was lost before a complete answer came.",
    nextStep: "Look for a crash or a restart in the server's log, and for a proxy with a short idle timeout.",
  },
  connect_timeout: {
    meaning: "No connection came about in time: packets go unanswered.",
    nextStep: "Check that a firewall lets us in, and that the machine is up.",
  },
  tls_error: {
    meaning: "The secure connection could not be set up.",
    nextStep: "Check the certificate and the TLS settings of the endpoint.",
  },
  tls_timeout: {
    meaning: "The endpoint accepted the connection but did not finish the TLS handshake in time.",
    nextStep: "Check the load of the server and that this port really speaks TLS.",
  },
  protocol_error: {
    meaning: "What came back is not valid HTTP/1.1.",
    nextStep: "Check that the port belongs to a web server, and what its proxy does to answers.",
  },
  header_overflow: {
    meaning: "The response headers are larger than we read.",
    nextStep: "Answer with fewer headers: a bare 200 is enough.",
  },
  response_timeout: {
    meaning: "The endpoint was reached but did not answer in time.",
    nextStep: "Answer 200 first and do the work afterwards, in a queue.",
  },
};

const selfSigned: Words = {
  meaning: "The endpoint's certificate is signed by itself, or by an authority that is not trusted here.",
  nextStep: "Use a certificate of a public authority, such as Let's Encrypt.",
};

const clientCertificate: Words = {
  meaning: "The endpoint broke the handshake off, as one does that asks for a client certificate.",
  nextStep: "Do not ask for client certificates on this path: check the signature instead.",
};

const details: Record<FailureDetail, Words> = {
  dns_not_found: {
    meaning: "The host name does not exist.",
    nextStep: "Check the spelling of the host in the URL, and its DNS record.",
  },
  dns_no_address: {
    meaning: "The host name does not lead to an address.",
    nextStep: "Check the spelling of the host in the URL, and its DNS record.",
  },
  dns_server_failure: {
    meaning: "The name servers of this host answer with an error.",
    nextStep: "Check the zone and DNSSEC of the domain with its DNS provider.",
  },
  connection_refused: {
    meaning: "The connection was refused: nothing listens on this port, or a firewall turns us away.",
    nextStep: "Start the server, correct the port in the URL, or let us through the firewall.",
  },
  unreachable: {
    meaning: "There is no way from here to the address that the host leads to.",
    nextStep: "Check the DNS record of the host, and that its network can be reached from the internet.",
  },
  certificate_expired: {
    meaning: "The endpoint's certificate has expired.",
    nextStep: "Renew the certificate; check that its automatic renewal works.",
  },
  certificate_not_yet_valid: {
    meaning: "The endpoint's certificate is not valid yet.",
    nextStep: "Check the start date of the certificate and the clock of the server.",
  },
  self_signed: selfSigned,
  untrusted_authority: selfSigned,
  name_mismatch: {
    meaning: "The endpoint's certificate belongs to another host name.",
    nextStep: "Issue a certificate for this host, or use the host that it was issued for.",
  },
  chain_incomplete: {
    meaning: "Nobody known here has issued the certificate: often a part of its chain is missing.",
    nextStep: "Install the full certificate chain (often called fullchain.pem), or use a public authority.",
  },
  client_certificate_required: clientCertificate,
  handshake_refused: clientCertificate,
  plain_http: {
    meaning: "What answers on this port is not TLS; it may be plain HTTP.",
    nextStep: "Use the port that speaks TLS, or turn TLS on for this one.",
  },
  protocol_version: {
    meaning: "The endpoint only offers TLS versions that are no longer safe.",
    nextStep: "Enable TLS 1.2 or 1.3 on the endpoint.",
  },
  no_http1: {
    meaning: "The endpoint does not offer HTTP/1.1; it may want HTTP/2.",
    nextStep: "Enable HTTP/1.1 on this port too.",
  },
};
