/** Runs as a CGI script of any web server. */
export const shell = `#!/bin/sh
# A CGI script, with SECRET in its environment. It checks X-Signature: hex, over the body alone. That header has no
# time in it, so replays are told by the event's id. While openssl runs, users of the same machine may see the secret.
body=$(mktemp) && trap 'rm -f "$body"' EXIT
cat > "$body" # the bytes as they came, before any parser

hmac() { openssl dgst -sha256 -hmac "$1" -r | cut -d' ' -f1; }
right="sha256=$(hmac "$SECRET" < "$body")"

# Compared by HMACs with a random key: how long that takes tells nothing about the right one.
key=$(openssl rand -hex 32)
is_right() { [ "$(printf %s "$1" | hmac "$key")" = "$(printf %s "$right" | hmac "$key")" ]; }

# The second and third come while a secret is rotated: one of them is made with yours.
if is_right "$HTTP_X_SIGNATURE" || is_right "$HTTP_X_SIGNATURE_NEXT" || is_right "$HTTP_X_SIGNATURE_PREVIOUS"; then
  echo "$HTTP_X_EVENT_NAME $HTTP_X_EVENT_ID" >&2 # store it here, and work on it after the answer; it may come twice
  printf 'Status: 204\\r\\n\\r\\n'
else
  printf 'Status: 401\\r\\n\\r\\n'
fi
`;
