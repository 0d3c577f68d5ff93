import type { ResponseHeaders } from "./outcome";

type Words = { meaning: string; nextStep: string };

/** What an answer other than 2xx or 3xx means, using what its headers tell about the server. */
export function diagnoseStatus(status: number, headers: ResponseHeaders): Words {
  const server = serverName(headers);
  if (status === 429) return rateLimited(headers);
  if (status === 403 && server?.includes("cloudflare")) return cloudflareBlock;
  const known = clientErrors[status];
  if (known) return known;
  if (status < 500) {
    return {
      meaning: `Your endpoint refused the request with ${status}.`,
      nextStep: "Read the response below: it should say what the endpoint did not like.",
    };
  }
  return gatewayError(status, server) ?? serverErrors[status] ?? unknownServerError(status);
}

const clientErrors: Record<number, Words> = {
  400: {
    meaning: "Your endpoint did not accept the request (400).",
    nextStep: "Compare what it expects with the body below; the response should say which part is wrong.",
  },
  401: {
    meaning: "Your endpoint asks for credentials that webhooks do not send (401).",
    nextStep: "Take authentication off this path and check the signature instead; look at the secret first.",
  },
  403: {
    meaning: "Your endpoint, or a firewall in front of it, refused us (403).",
    nextStep: "Check the signature secret, CSRF protection and firewall rules for this path.",
  },
  404: {
    meaning: "There is nothing at this path (404).",
    nextStep: "Check the path of the webhook's URL, and whether the route was deployed.",
  },
  405: {
    meaning: "The path exists but does not take POST (405).",
    nextStep: "Accept POST on this path, or correct the URL.",
  },
  406: {
    meaning: "Your endpoint wants to answer in a format that we did not ask for (406).",
    nextStep: "Answer without content negotiation: any 2xx without a body is enough.",
  },
  408: {
    meaning: "Your endpoint gave up waiting for our request (408).",
    nextStep: "Raise the request timeout of your server or proxy.",
  },
  409: {
    meaning: "Your endpoint reports a conflict (409), often an event that it has already seen.",
    nextStep: "Answer 200 to an event id that you already have: repeats are part of at-least-once delivery.",
  },
  410: {
    meaning: "Your endpoint said that it is gone for good (410), which switches a webhook off.",
    nextStep: "If that was a mistake, correct the endpoint and switch the webhook on again.",
  },
  411: {
    meaning: "Your endpoint did not see a content length (411), though we sent one.",
    nextStep: "Look at the proxy in front of it: it seems to drop the header.",
  },
  413: {
    meaning: "The event is larger than your endpoint accepts (413).",
    nextStep: "Raise the body limit for this path; events can have up to 256 KiB.",
  },
  415: {
    meaning: "Your endpoint does not take JSON (415).",
    nextStep: "Accept Content-Type application/json on this path.",
  },
  421: {
    meaning: "The server that answered does not serve this host name (421).",
    nextStep: "Check DNS and the virtual host of this name.",
  },
  422: {
    meaning: "Your endpoint understood the event but refused its content (422).",
    nextStep: "Relax the validation in your handler: new fields may be added to events at any time.",
  },
};

const cloudflareBlock: Words = {
  meaning: "Cloudflare blocked the request before it reached your server (403).",
  nextStep: "Add a rule that lets POST requests to this path through bot protection.",
};

function rateLimited(headers: ResponseHeaders): Words {
  const wait = headers["retry-after"];
  const asked = typeof wait === "string" ? ` It asked us to wait (Retry-After: ${wait.slice(0, 40)}).` : "";
  return {
    meaning: `Your endpoint is receiving more than it allows (429).${asked}`,
    nextStep: "Nothing is lost, we slow down. Raise the limit for this path if it happens often.",
  };
}

const serverErrors: Record<number, Words> = {
  500: {
    meaning: "Your endpoint failed while handling the event (500).",
    nextStep: "Look for the event id in your application's log.",
  },
  501: {
    meaning: "Your endpoint does not implement this (501).",
    nextStep: "Check that the URL leads to your webhook handler.",
  },
  502: {
    meaning: "A proxy in front of your application got no proper answer from it (502).",
    nextStep: "Check that the application runs and listens where the proxy expects it.",
  },
  503: {
    meaning: "Your endpoint says that it is unavailable (503).",
    nextStep: "Check whether the application is down, deploying or overloaded.",
  },
  504: {
    meaning: "A proxy in front of your application waited too long for it (504).",
    nextStep: "Answer 200 first and do the work afterwards, in a queue.",
  },
};

/** Proxies tell by their name which part of the way is broken. */
function gatewayError(status: number, server: string | null): Words | null {
  if (!server) return null;
  if (server.includes("cloudflare") && cloudflareErrors[status]) return cloudflareErrors[status];
  if (server.startsWith("awselb") && status === 503) {
    return {
      meaning: "The load balancer in front of your endpoint has no healthy server.",
      nextStep: `Check the target group of ${server}; nothing needs to change here.`,
    };
  }
  if (status === 502 || status === 504) {
    const what = status === 502 ? "could not reach your application" : "waited too long for your application";
    return {
      meaning: `The proxy (${server}) answered, but ${what} (${status}).`,
      nextStep:
        status === 502
          ? "Check that the application behind the proxy runs and listens on the expected port."
          : "Answer 200 first and do the work afterwards, in a queue.",
    };
  }
  return null;
}

/** https://developers.cloudflare.com/support/troubleshooting/http-status-codes/cloudflare-5xx-errors/ */
const cloudflareErrors: Record<number, Words> = {
  520: {
    meaning: "Cloudflare got an answer from your server that it could not read (520).",
    nextStep: "Look at your server's log for a crash or a connection that it closed early.",
  },
  521: {
    meaning: "Cloudflare reached your server's address, but nothing accepts connections there (521).",
    nextStep: "Start the server, and let Cloudflare's addresses through its firewall.",
  },
  522: {
    meaning: "Cloudflare could not connect to your server in time (522).",
    nextStep: "Check that the server is up and that its firewall lets Cloudflare in.",
  },
  523: {
    meaning: "Cloudflare cannot find your server's address (523).",
    nextStep: "Check the DNS record of the origin at Cloudflare.",
  },
  524: {
    meaning: "Cloudflare connected, but your server took too long to answer (524).",
    nextStep: "Answer 200 first and do the work afterwards, in a queue.",
  },
  525: {
    meaning: "The TLS handshake between Cloudflare and your server failed (525).",
    nextStep: "Check the certificate on the origin server.",
  },
  526: {
    meaning: "Cloudflare does not trust your server's certificate (526).",
    nextStep: "Renew the certificate on the origin server.",
  },
};

function unknownServerError(status: number): Words {
  return {
    meaning: `Your endpoint failed with ${status}.`,
    nextStep: "Look for the event id in your application's log.",
  };
}

function serverName(headers: ResponseHeaders): string | null {
  const server = headers.server;
  return typeof server === "string" && server.trim() ? server.trim().slice(0, 60).toLowerCase() : null;
}
