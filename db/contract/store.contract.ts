import { describe } from "vitest";
import type { Open } from "../contract.kit";
import { apiKeys } from "./api-keys.contract";
import { breaker } from "./breaker.contract";
import { claiming } from "./claiming.contract";
import { customers } from "./customers.contract";
import { deliveries } from "./deliveries.contract";
import { events } from "./events.contract";
import { holding } from "./holding.contract";
import { invitations } from "./invitations.contract";
import { members } from "./members.contract";
import { portalLinks } from "./portal-links.contract";
import { recovery } from "./recovery.contract";
import { redelivery } from "./redelivery.contract";
import { resetLinks } from "./reset-links.contract";
import { retention } from "./retention.contract";
import { retries } from "./retries.contract";
import { rollups } from "./rollups.contract";
import { secrets } from "./secrets.contract";
import { switchingOff } from "./switching-off.contract";
import { systemEvents } from "./system-events.contract";
import { tests } from "./tests.contract";
import { webhooks } from "./webhooks.contract";

/** What every store must do. */
export function describeStore(open: Open): void {
  describe("customers", () => customers(open));
  describe("API keys", () => apiKeys(open));
  describe("members", () => members(open));
  describe("invitations", () => invitations(open));
  describe("reset links", () => resetLinks(open));
  describe("portal links", () => portalLinks(open));
  describe("webhooks", () => webhooks(open));
  describe("secrets", () => secrets(open));
  describe("system events", () => systemEvents(open));
  describe("events", () => events(open));
  describe("deliveries", () => deliveries(open));
  describe("claiming", () => claiming(open));
  describe("retries", () => retries(open));
  describe("a redelivery during an attempt", () => redelivery(open));
  describe("switching off", () => switchingOff(open));
  describe("the breaker", () => breaker(open));
  describe("holding", () => holding(open));
  describe("tests", () => tests(open));
  describe("recovery", () => recovery(open));
  describe("retention", () => retention(open));
  describe("rollups", () => rollups(open));
}
