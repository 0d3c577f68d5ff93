import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { FanfareError } from "./fanfare-error";
import { withRetries } from "./retry";

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

const away = new FanfareError("Away.", { code: "NETWORK" });

test("what stays away is asked for six times in all, over at least long enough for a restart", async () => {
  const startedAt = Date.now();
  const ask = vi.fn(() => Promise.reject(away));
  const ended = expect(withRetries(ask, { isSafe: true, signal: undefined })).rejects.toBe(away);
  await vi.runAllTimersAsync();
  await ended;
  expect(ask).toHaveBeenCalledTimes(6);
  expect(Date.now() - startedAt).toBeGreaterThan(3_500);
  expect(Date.now() - startedAt).toBeLessThan(8_000);
});

test("a caller who leaves while it waits is told at once", async () => {
  const cancel = new AbortController();
  const ask = vi.fn(() => Promise.reject(away));
  const ended = expect(withRetries(ask, { isSafe: true, signal: cancel.signal })).rejects.toThrow("left");
  await Promise.resolve();
  cancel.abort(new Error("left"));
  await ended;
  expect(ask).toHaveBeenCalledTimes(1);
});

test("an error that is none of Fanfare's is thrown as it is", async () => {
  const ask = vi.fn(() => Promise.reject(new TypeError("Ours.")));
  await expect(withRetries(ask, { isSafe: true, signal: undefined })).rejects.toThrow("Ours.");
  expect(ask).toHaveBeenCalledTimes(1);
});
