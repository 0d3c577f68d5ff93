/** Runs as `python3 receiver.py`. */
export const python = `# SECRET=whsec_… PORT=3000 python3 receiver.py
import base64
import hashlib
import hmac
import json
import os
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

SECRET = os.environ["SECRET"]
# A whsec_ secret holds its key in base64; the key of any other is its text.
KEY = base64.b64decode(SECRET[6:]) if SECRET.startswith("whsec_") else SECRET.encode()
TOLERANCE_SECONDS = 5 * 60  # what is older may be a replay


def is_from_fanfare(headers, raw_body: bytes) -> bool:
    timestamp = headers.get("webhook-timestamp", "")
    if not timestamp.isdigit() or abs(time.time() - int(timestamp)) > TOLERANCE_SECONDS:
        return False
    content = f"{headers.get('webhook-id')}.{timestamp}.".encode() + raw_body
    right = b"v1," + base64.b64encode(hmac.new(KEY, content, hashlib.sha256).digest())
    # While a secret is rotated there are two signatures: one of them is made with yours.
    given = headers.get("webhook-signature", "").split(" ")
    return any(hmac.compare_digest(each.encode(), right) for each in given)


class Receiver(BaseHTTPRequestHandler):
    def do_POST(self):
        # The bytes as they came, before any parser. Flask: request.get_data(), Django: request.body
        raw_body = self.rfile.read(int(self.headers.get("content-length", 0)))
        if not is_from_fanfare(self.headers, raw_body):
            return self.answer(401)
        event = json.loads(raw_body)
        print(event["type"], event["id"])  # store it here, and work on it after the answer; it may come twice
        self.answer(204)

    def answer(self, status: int):
        self.send_response(status)
        self.send_header("content-length", "0")
        self.end_headers()


# Behind a proxy that speaks HTTPS.
ThreadingHTTPServer(("127.0.0.1", int(os.environ["PORT"])), Receiver).serve_forever()
`;
