import { expect, test } from "vitest";
import { agentName, askedWords, controlWord, firstSentence, keyWords, waitingWords } from "./agent-words";

const at = { callback_url: "https://agents.example:8443/in/abc" };

test("an agent is called as its program says, or else by the host that it is at", () => {
  expect(agentName({ ...at, client: "Ops bot" })).toBe("Ops bot");
  expect(agentName({ ...at, client: null })).toBe("agents.example:8443");
});

test("its key is told by its name and how it begins, as far as these are there", () => {
  const key = { id: "k", name: "Ops", prefix: "fk_ab12" };
  expect(keyWords({ key })).toBe("Ops (fk_ab12…)");
  expect(keyWords({ key: { ...key, name: null } })).toBe("fk_ab12…");
  expect(keyWords({ key: null })).toBe("a key that was revoked");
});

test("what it asks for is said in words, and that it asks for all", () => {
  expect(askedWords({ asks_for: "data.case_id is C-42" })).toBe("where data.case_id is C-42");
  expect(askedWords({ asks_for: null })).toBe("all of this type");
});

test.each([
  [0, "nothing waits"],
  [1, "1 waits"],
  [1_200, "1,200 wait"],
])("%i deliveries: %s", (pending_count, words) => {
  expect(waitingWords({ pending_count })).toBe(words);
});

test("a row has room for the first sentence of a diagnosis, which a dot inside of a name does not end", () => {
  expect(firstSentence("nginx/1.22 answered 502. Nothing listens behind it.")).toBe(
    "nginx/1.22 answered 502.",
  );
});

test("what opens and closes a subscription is told from its events", () => {
  expect(controlWord("msg_verification_abc")).toBe("challenge");
  expect(controlWord("msg_terminated_abc")).toBe("last message");
  expect(controlWord("msg_of_mine")).toBeNull();
});
