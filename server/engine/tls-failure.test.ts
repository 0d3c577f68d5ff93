import { expect, test } from "vitest";
import { diagnose } from "@/domain/diagnosis/diagnose";
import { nothingSeen } from "@/domain/diagnosis/outcome-evidence";
import { tlsError } from "./tls-failure";

const failed = (code: string, host = "a.example") => tlsError(Object.assign(new Error(code), { code }), host);

/** What its owner reads of a TLS failure. */
function explain(code: string, host?: string): string {
  return diagnose(nothingSeen(failed(code, host))).meaning;
}

test.each([
  ["CERT_HAS_EXPIRED", "certificate_expired"],
  ["CERT_NOT_YET_VALID", "certificate_not_yet_valid"],
  ["DEPTH_ZERO_SELF_SIGNED_CERT", "self_signed"],
  ["SELF_SIGNED_CERT_IN_CHAIN", "untrusted_authority"],
  ["ERR_TLS_CERT_ALTNAME_INVALID", "name_mismatch"],
  ["ERR_SSL_TLSV1_UNRECOGNIZED_NAME", "name_refused"],
  ["UNABLE_TO_VERIFY_LEAF_SIGNATURE", "chain_incomplete"],
  ["UNABLE_TO_GET_ISSUER_CERT_LOCALLY", "chain_incomplete"],
  ["ERR_SSL_TLSV13_ALERT_CERTIFICATE_REQUIRED", "client_certificate_required"],
  ["ERR_SSL_SSLV3_ALERT_HANDSHAKE_FAILURE", "handshake_refused"],
  ["ERR_SSL_WRONG_VERSION_NUMBER", "plain_http"],
  ["ERR_SSL_UNSUPPORTED_PROTOCOL", "protocol_version"],
  ["ERR_SSL_TLSV1_ALERT_NO_APPLICATION_PROTOCOL", "no_http1"],
  ["CERT_SIGNATURE_FAILURE", "certificate_refused"],
  ["INVALID_PURPOSE", "certificate_refused"],
  ["UNSPECIFIED", "certificate_refused"],
  ["ERR_SSL_DECODE_ERROR", undefined],
])("%s is the detail %s", (code, detail) => {
  expect(failed(code)).toMatchObject({ code: "tls_error", detail });
});

test.each([
  ["CERT_SIGNATURE_FAILURE", /signature.* does not fit/, /full certificate chain/],
  ["UNABLE_TO_VERIFY_LEAF_SIGNATURE", /issuer is unknown/, /is signed by itself/],
  ["SELF_SIGNED_CERT_IN_CHAIN", /not trusted here/, /is signed by itself\./],
  ["ERR_SSL_WRONG_VERSION_NUMBER", /does not speak TLS/, /answers in plain HTTP/],
  ["ERR_SSL_TLSV1_ALERT_NO_APPLICATION_PROTOCOL", /does not speak HTTP\/1\.1/, /speaks HTTP\/2/],
  ["ERR_SSL_SSLV3_ALERT_HANDSHAKE_FAILURE", /refused the TLS handshake/, /seems to ask/],
])("%s is told, and no cause of it that is not known", (code, words, guess) => {
  expect(failed(code).message).toMatch(words);
  expect(explain(code)).not.toMatch(guess);
});

test("the name of the host is never taken for what is wrong with it", () => {
  expect(explain("ERR_TLS_CERT_ALTNAME_INVALID", "expired.example")).toMatch(/another host name/);
});
