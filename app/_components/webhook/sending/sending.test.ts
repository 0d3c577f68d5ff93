import { expect, test } from "vitest";
import {
  nothingWritten,
  type Sending,
  sendingProblems,
  toSending,
  toSendingInput,
  withoutSecrets,
} from "./sending";

const saved = {
  headers: [
    { name: "Authorization", value: null, is_secret: true },
    { name: "X-Env", value: "live", is_secret: false },
  ],
  rate_limit: 0.5,
  timeout_seconds: 5,
};
const header = (change: Partial<Sending["headers"][number]> = {}): Sending => ({
  ...nothingWritten,
  headers: [{ id: 1, name: "X-Env", value: "live", isSecret: false, isKept: false, ...change }],
});

test("what is saved unchanged asks for what there is, and for secrets to be kept", () => {
  expect(toSendingInput(toSending(saved))).toEqual(saved);
});

test("a secret value is not kept while the form is closed, all else is", () => {
  const typed = { ...header(), rate: "2" };
  expect(withoutSecrets(typed)).toEqual(typed);
  expect(withoutSecrets(header({ isSecret: true }))).toEqual(header({ isSecret: true, value: "" }));
});

test("what is left empty asks for no limits", () => {
  expect(toSendingInput(nothingWritten)).toEqual({ headers: [], rate_limit: null, timeout_seconds: null });
});

test("a secret that is typed anew replaces the one before", () => {
  const sending = toSending(saved);
  const typed = sending.headers.map((each) => (each.isSecret ? { ...each, value: "new" } : each));
  expect(toSendingInput({ ...sending, headers: typed }).headers[0]).toMatchObject({ value: "new" });
});

test.each<[string, Sending, string[]]>([
  ["nothing", nothingWritten, []],
  ["what is saved", toSending(saved), []],
  ["a header without a name", header({ name: "" }), ["headers.0.name"]],
  ["a header of the connection", header({ name: "Host" }), ["headers.0.name"]],
  ["a header without a value", header({ value: "" }), ["headers.0.value"]],
  ["a kept secret that is no secret any more", header({ value: "", isKept: true }), ["headers.0.value"]],
  ["a rate that is too slow", { ...nothingWritten, rate: "0.05" }, ["rate_limit"]],
  ["a rate that is no number", { ...nothingWritten, rate: "two" }, ["rate_limit"]],
  ["a rate of a part", { ...nothingWritten, rate: "0.5" }, []],
  ["a timeout beyond the service's", { ...nothingWritten, timeout: "16" }, ["timeout_seconds"]],
  ["a timeout of a part", { ...nothingWritten, timeout: "1.5" }, ["timeout_seconds"]],
])("of %s is said what is wrong", (_, sending, expected) => {
  expect(Object.keys(sendingProblems(sending, 15))).toEqual(expected);
});
