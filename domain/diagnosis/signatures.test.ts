import { describe, expect, test } from "vitest";
import { diagnose } from "./diagnose";
import { answered } from "./evidence.fixture";

type Headers = Record<string, string>;
const told = (status: number, body: string, headers: Headers = {}) => {
  const { confidence, causes } = diagnose(answered(status, headers, body));
  return { confidence, codes: causes.map(({ code }) => code) };
};

describe("the time of a signature", () => {
  test.each([
    [400, "Timestamp outside the tolerance zone"],
    [400, "Message timestamp too old"],
    [401, '{"timestamp":"2026-11-28T07:00:00Z","message":"request timestamp expired"}'],
  ])("is refused for certain by %i %s", (status, body) => {
    expect(told(status, body)).toEqual({ confidence: "certain", codes: ["timestamp_refused"] });
  });

  test.each([
    [401, '{"error":"Request expired"}'],
    [401, '{"message":"Signature has expired"}'],
  ])("is likely refused by %i %s", (status, body) => {
    const { confidence, codes } = told(status, body);
    expect([confidence, codes[0]]).toEqual(["likely", "timestamp_refused"]);
  });

  test.each([
    [500, '{"error":"timestamp out of range: \\"275760-09-13\\""}'],
    [500, '{"error":"The signed URL has expired"}'],
    [401, '{"error":"You are not signed in or your session has expired"}'],
    [401, '{"detail":"JWT error: Signature has expired"}'],
    [422, '{"errors":{"timestamp":["must not be in the future"]}}'],
    [422, '{"detail":[{"loc":["body","timestamp"],"msg":"too old"}]}'],
    [401, '{"timestamp":"2026-11-28T07:00:00Z","message":"Account expired"}'],
  ])("is not what %i %s is about", (status, body) => {
    expect(told(status, body).codes).not.toContain("timestamp_refused");
  });
});

describe("a signature", () => {
  test.each([
    [401, "digest does not match"],
    [401, "content-digest mismatch"],
    [403, '{"code":"invalid_signature"}'],
  ])("is refused for certain by %i %s", (status, body) => {
    expect(told(status, body)).toEqual({ confidence: "certain", codes: ["signature_refused"] });
  });

  test("of an HTTP Digest login is a login", () => {
    const headers = { "www-authenticate": 'Digest realm="App", qop="auth"' };
    expect(told(401, "HTTP Digest: Access denied.\n", headers).codes).toEqual(["login_wanted"]);
  });

  test("is the second thought where a login is asked for", () => {
    const headers = { "www-authenticate": 'Bearer error="invalid_token"' };
    expect(told(401, "invalid signature", headers)).toEqual({
      confidence: "likely",
      codes: ["login_wanted", "signature_refused", "refused_401"],
    });
  });

  test("may be one within the URL where Laravel says so", () => {
    expect(told(403, '{"message":"Invalid signature."}')).toEqual({
      confidence: "likely",
      codes: ["signature_refused", "signed_url_expected", "refused_403"],
    });
  });

  test.each([
    [422, '{"errors":{"customer.signature":["is missing"]}}'],
    [422, '{"errors":{"signature":["is required"]}}'],
  ])("is a field's value in %i %s, first", (status, body) => {
    expect(told(status, body).codes[0]).not.toBe("signature_refused");
  });

  test("of a function in the code is none", () => {
    const words = '{"error":"Declaration of Handler::handle() signature does not match parent"}';
    expect(told(500, words).codes).toEqual(["application_error"]);
  });

  test("cannot be verified without a secret", () => {
    const words =
      'The \\"key\\" argument must be of type string. Received undefined: HMAC secret not configured';
    expect(told(500, `{"error":"${words}"}`).codes[0]).toBe("secret_not_set");
  });

  test.each(["", "Unauthorized"])("comes before a login where a 401 asks for none: %s", (body) => {
    expect(told(401, body).codes).toEqual(["refused_without_login", "refused_401"]);
  });
});

describe("what is wanted elsewhere than in the body", () => {
  test.each<[number, string, string]>([
    [
      422,
      '{"detail":[{"loc":["query","token"],"msg":"field required","type":"value_error.missing"}]}',
      "query_parameter_wanted",
    ],
    [400, '{"error":"query parameter \'tenant\' is required"}', "query_parameter_wanted"],
    [400, '{"error":"token is required"}', "login_wanted"],
    [400, '{"error":"webhook token missing"}', "login_wanted"],
    [401, '{"error":"You need to sign in or sign up before continuing."}', "login_wanted"],
  ])("%i %s", (status, body, code) => {
    expect(told(status, body).codes[0]).toBe(code);
  });
});

test.each([
  [403, "<html><head><title>Error 403 No valid crumb was included in the request</title></head></html>"],
  [403, '{"code":"rest_cookie_invalid_nonce","message":"Cookie check failed"}'],
  [403, "Forbidden - referer not supplied\n"],
])("CSRF protection says %i %s", (status, body) => {
  expect(told(status, body).codes).toEqual(["csrf_protection"]);
});
