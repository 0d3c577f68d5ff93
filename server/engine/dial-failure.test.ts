import { expect, test } from "vitest";
import type { AttemptError } from "@/domain/delivery/outcome";
import { diagnose } from "@/domain/diagnosis/diagnose";
import { nothingSeen } from "@/domain/diagnosis/outcome-evidence";
import { connectFailure, dnsFailure } from "./dial-failure";

const refused = (code: string, more = {}) => Object.assign(new Error(code), { code, ...more });

/** What its owner reads of a failure. */
const explain = (error: AttemptError) => diagnose(nothingSeen(error)).meaning;

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
  ["ENOTFOUND", "dns_not_found"],
  ["ENODATA", "dns_no_address"],
  ["ESERVFAIL", "dns_server_failure"],
  ["EREFUSED", "dns_server_failure"],
  ["EBADRESP", undefined],
])("%s of a name server is the detail %s", (code, detail) => {
  expect(dnsFailure(refused(code), "a.example")).toMatchObject({ code: "dns_error", detail });
});

test.each([
  ["ECONNREFUSED", "connection_refused"],
  ["EHOSTUNREACH", "unreachable"],
])("%s of a connection is the detail %s", (code, detail) => {
  expect(connectFailure(refused(code), "192.0.2.1:443")).toMatchObject({ code: "connect_refused", detail });
});
