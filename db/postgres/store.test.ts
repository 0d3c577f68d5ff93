import { describe } from "vitest";
import { agentsAtOnce } from "../contract/agents-at-once.contract";
import { describeAtOnce } from "../contract/at-once.contract";
import { describeStore } from "../contract/store.contract";
import { openOnPostgres, openTogether } from "./open.kit";

describe("Postgres", () => {
  describeStore(openOnPostgres);
  describe("two processes at the same time", () => describeAtOnce(openTogether));
  describe("agents of both", () => agentsAtOnce(openTogether));
});
