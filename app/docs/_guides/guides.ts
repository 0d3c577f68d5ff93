import client from "@/client/README.md?raw";
import agents from "./agents.md?raw";
import beTold from "./be-told.md?raw";
import chooseEvents from "./choose-events.md?raw";
import errorsAndLimits from "./errors-and-limits.md?raw";
import firstDelivery from "./first-delivery.md?raw";
import forPlatforms from "./for-platforms.md?raw";
import { frameworkGuides } from "./frameworks";
import type { Guide } from "./guide";
import howItIsSent from "./how-it-is-sent.md?raw";
import idempotentReceivers from "./idempotent-receivers.md?raw";
import retriesAndOrder from "./retries-and-order.md?raw";
import rotateSecrets from "./rotate-secrets.md?raw";
import trpcClient from "./trpc-client.md?raw";
import verifySignatures from "./verify-signatures.md?raw";

const start: Guide[] = [
  {
    slug: "first-delivery",
    title: "First delivery",
    summary: "Register an endpoint, send a test and check its signature, in five minutes.",
    text: firstDelivery,
  },
  {
    slug: "choose-events",
    title: "Choose what you get",
    summary: "Types of events, conditions on what they hold, and why an event was not sent.",
    text: chooseEvents,
  },
  {
    slug: "verify-signatures",
    title: "Verify signatures",
    summary: "What is signed and how, by hand, with whole receivers in eight languages.",
    text: verifySignatures,
  },
  {
    slug: "rotate-secrets",
    title: "Rotate a secret",
    summary: "Another secret, without losing an event.",
    text: rotateSecrets,
  },
  {
    slug: "retries-and-order",
    title: "Retries and order",
    summary: "What counts as delivered, when it is tried again, and how to send again what was missed.",
    text: retriesAndOrder,
  },
  {
    slug: "how-it-is-sent",
    title: "How it is sent",
    summary: "Headers of your own, a limit per second, a timeout and a client certificate.",
    text: howItIsSent,
  },
  {
    slug: "idempotent-receivers",
    title: "Idempotent receivers",
    summary: "How to have each event once, although it may come twice.",
    text: idempotentReceivers,
  },
  {
    slug: "be-told",
    title: "Be told when it fails",
    summary: "Events about your webhooks: failing, recovered, switched off, a certificate that ends.",
    text: beTold,
  },
  {
    slug: "errors-and-limits",
    title: "Errors and limits",
    summary: "What a refused call answers, what is refused, and what failed attempts are called.",
    text: errorsAndLimits,
  },
];

const programs: Guide[] = [
  {
    slug: "for-programs",
    title: "For programs",
    summary: "fanfare-client: typed calls, live deliveries, and a verifier of webhooks.",
    text: client.replaceAll(/\]\(\.\.\/[\w/.]+\)/g, "](/docs)"),
  },
  {
    slug: "agents",
    title: "Agents",
    summary: "How an AI agent subscribes to events over MCP: connect, subscribe, verify, end.",
    text: agents,
  },
  {
    slug: "trpc-client",
    title: "tRPC's own client",
    summary: "What programs with @trpc/client meet: batches, long queries, live deliveries on Node.",
    text: trpcClient,
  },
  {
    slug: "for-platforms",
    title: "For platforms",
    summary: "Publish events, add customers and show them their webhooks.",
    text: forPlatforms,
  },
];

/** All guides, as the navigation groups them. */
export const guideGroups: { title: string; guides: Guide[] }[] = [
  { title: "Guides", guides: start },
  { title: "Receivers", guides: frameworkGuides },
  { title: "Programs", guides: programs },
];

export const guides: Guide[] = guideGroups.flatMap((group) => group.guides);

export const findGuide = (slug: string): Guide | undefined => guides.find((guide) => guide.slug === slug);
