import { expect, test } from "vitest";
import { diagnose } from "@/domain/delivery/diagnosis";
import { connectFailure, tlsWords } from "./dial-failure";

const refused = (code: string, more = {}) => Object.assign(new Error(code), { code, ...more });

const explain = (error: Parameters<typeof diagnose>[0]["error"]) =>
  diagnose({ error, statusCode: null, headers: {}, url: "https://a.example/" }).meaning;

test("a refused connection is told of the address that refused it", () => {
  const error = refused("ECONNREFUSED", { address: "2001:db8::2", port: 443 });
  expect(connectFailure(error, "192.0.2.1:443").message).toMatch(/^\[2001:db8::2\]:443 refused/);
  expect(connectFailure(refused("ECONNREFUSED"), "192.0.2.1:443").message).toMatch(
    /^192\.0\.2\.1:443 refused/,
  );
});

test.each(["EHOSTUNREACH", "ENETUNREACH", "EACCES"])(
  "after %s nobody says that the machine is there",
  (code) => {
    const failure = connectFailure(refused(code), "192.0.2.1:443");
    expect(failure.message).toMatch(/cannot be reached/);
    expect(explain(failure)).not.toMatch(/is there|listens/);
  },
);

test.each([
  ["CERT_SIGNATURE_FAILURE", /signature.* does not fit/, /full certificate chain/],
  ["UNABLE_TO_VERIFY_LEAF_SIGNATURE", /issuer is unknown/, /does not send/],
  ["SELF_SIGNED_CERT_IN_CHAIN", /not trusted here/, /is signed by itself\./],
  ["ERR_SSL_WRONG_VERSION_NUMBER", /does not speak TLS/, /answers in plain HTTP/],
  ["ERR_SSL_TLSV1_ALERT_NO_APPLICATION_PROTOCOL", /does not speak HTTP\/1\.1/, /HTTP\/2 only/],
  ["ERR_SSL_SSLV3_ALERT_HANDSHAKE_FAILURE", /refused the TLS handshake/, /seems to ask/],
])("%s is told, and no cause of it that is not known", (code, words, guess) => {
  const message = tlsWords(code, new Error(code), "a.example");
  expect(message).toMatch(words);
  expect(explain({ code: "tls_error", message })).not.toMatch(guess);
});
