import { describe } from "vitest";
import { describeStore } from "../contract/store.contract";
import { openOnPostgres } from "./open.kit";

describe("Postgres", () => describeStore(openOnPostgres));
