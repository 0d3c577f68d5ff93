import { listAgentDeliveries } from "./procedures/agents/deliveries";
import { getAgentDelivery } from "./procedures/agents/delivery";
import { endAgent } from "./procedures/agents/end";
import { listAgents } from "./procedures/agents/list";
import { createApiKey } from "./procedures/api-keys/create";
import { listApiKeys } from "./procedures/api-keys/list";
import { revokeApiKey } from "./procedures/api-keys/revoke";
import { listAuditLog } from "./procedures/audit/list";
import { createCustomer } from "./procedures/customers/create";
import { createPortalLink } from "./procedures/customers/create-portal-link";
import { deleteCustomer } from "./procedures/customers/delete";
import { getCustomer } from "./procedures/customers/get";
import { listCustomers } from "./procedures/customers/list";
import { updateCustomer } from "./procedures/customers/update";
import { getDelivery } from "./procedures/deliveries/get";
import { listDeliveries } from "./procedures/deliveries/list";
import { redeliver } from "./procedures/deliveries/redeliver";
import { redeliverMany } from "./procedures/deliveries/redeliver-many";
import { signDelivery } from "./procedures/deliveries/sign";
import { listEventTypes } from "./procedures/event-types/list";
import { listSeenEventTypes } from "./procedures/event-types/seen";
import { getEvent } from "./procedures/events/get";
import { listEvents } from "./procedures/events/list";
import { publishEvents } from "./procedures/events/publish";
import { getIncident } from "./procedures/incidents/get";
import { listIncidents } from "./procedures/incidents/list";
import { openListener } from "./procedures/listeners/open";
import { reportDelivery } from "./procedures/listeners/report";
import { takeDeliveries } from "./procedures/listeners/take";
import { liveDeliveries } from "./procedures/live/deliveries";
import { createMark } from "./procedures/marks/create";
import { deleteMark } from "./procedures/marks/delete";
import { listMarks } from "./procedures/marks/list";
import { chooseNotices } from "./procedures/notices/choose";
import { getNoticeChoice } from "./procedures/notices/get";
import { sendConfirmation } from "./procedures/notices/send-confirmation";
import { surveyCustomers } from "./procedures/platform/customers";
import { findAnywhere } from "./procedures/platform/find";
import { getDeliveryOverview } from "./procedures/platform/overview";
import { pauseDelivery, resumeDelivery } from "./procedures/platform/pause-delivery";
import { getPlatformSession } from "./procedures/platform/session";
import { cancelRecovery } from "./procedures/recoveries/cancel";
import { countRecovery } from "./procedures/recoveries/count";
import { getRecoveryOfCustomer } from "./procedures/recoveries/get";
import { listRecoveries } from "./procedures/recoveries/list";
import { startRecovery } from "./procedures/recoveries/start";
import { getSession } from "./procedures/session/get";
import { checkReceived } from "./procedures/signatures/check";
import { getBalance } from "./procedures/stats/balance";
import { getOverview } from "./procedures/stats/overview";
import { getWebhookStats } from "./procedures/stats/webhook";
import { createResetLink } from "./procedures/team/create-reset-link";
import { listInvitations } from "./procedures/team/invitations";
import { invite } from "./procedures/team/invite";
import { listMembers } from "./procedures/team/list";
import { removeMember } from "./procedures/team/remove";
import { revokeInvitation } from "./procedures/team/revoke-invitation";
import { setRole } from "./procedures/team/set-role";
import { cancelPending } from "./procedures/webhooks/cancel-pending";
import { countRecoverable } from "./procedures/webhooks/count-recoverable";
import { createWebhook } from "./procedures/webhooks/create";
import { deleteWebhook } from "./procedures/webhooks/delete";
import { explainWebhook } from "./procedures/webhooks/explain";
import { getWebhook } from "./procedures/webhooks/get";
import { listWebhooks } from "./procedures/webhooks/list";
import { pauseWebhook } from "./procedures/webhooks/pause";
import { previewWebhook } from "./procedures/webhooks/preview";
import { previewFilter } from "./procedures/webhooks/preview-filter";
import { recoverWebhook } from "./procedures/webhooks/recover";
import { getRecovery } from "./procedures/webhooks/recovery";
import { resumeWebhook } from "./procedures/webhooks/resume";
import { rotateSecret } from "./procedures/webhooks/rotate-secret";
import { listRunningRecoveries } from "./procedures/webhooks/running-recoveries";
import { testWebhook } from "./procedures/webhooks/test";
import { tryUrl } from "./procedures/webhooks/try-url";
import { updateWebhook } from "./procedures/webhooks/update";
import { createCallerFactory, router } from "./trpc";

/** Everything that Fanfare can be asked, by the names of the contract. REST is a facade over it. */
export const appRouter = router({
  webhooks: {
    list: listWebhooks,
    get: getWebhook,
    create: createWebhook,
    update: updateWebhook,
    pause: pauseWebhook,
    resume: resumeWebhook,
    delete: deleteWebhook,
    test: testWebhook,
    tryUrl,
    rotateSecret,
    recover: recoverWebhook,
    recovery: getRecovery,
    runningRecoveries: listRunningRecoveries,
    countRecoverable,
    cancelPending,
    preview: previewWebhook,
    previewFilter,
    explain: explainWebhook,
  },
  listeners: { open: openListener, take: takeDeliveries, report: reportDelivery },
  incidents: { list: listIncidents, get: getIncident },
  deliveries: { list: listDeliveries, get: getDelivery, redeliver, redeliverMany, sign: signDelivery },
  recoveries: {
    start: startRecovery,
    count: countRecovery,
    get: getRecoveryOfCustomer,
    list: listRecoveries,
    cancel: cancelRecovery,
  },
  signatures: { check: checkReceived },
  events: { publish: publishEvents, list: listEvents, get: getEvent },
  eventTypes: { list: listEventTypes, seen: listSeenEventTypes },
  agents: { list: listAgents, end: endAgent, deliveries: listAgentDeliveries, delivery: getAgentDelivery },
  marks: { list: listMarks, create: createMark, delete: deleteMark },
  stats: { balance: getBalance, overview: getOverview, webhook: getWebhookStats },
  apiKeys: { list: listApiKeys, create: createApiKey, revoke: revokeApiKey },
  audit: { list: listAuditLog },
  customers: {
    list: listCustomers,
    get: getCustomer,
    create: createCustomer,
    update: updateCustomer,
    delete: deleteCustomer,
    createPortalLink,
  },
  team: {
    list: listMembers,
    setRole,
    remove: removeMember,
    invite,
    invitations: listInvitations,
    revokeInvitation,
    createResetLink,
  },
  platform: {
    session: getPlatformSession,
    customers: surveyCustomers,
    find: findAnywhere,
    overview: getDeliveryOverview,
    pauseDelivery,
    resumeDelivery,
  },
  session: { get: getSession },
  notices: { get: getNoticeChoice, choose: chooseNotices, sendConfirmation },
  live: { deliveries: liveDeliveries },
});

export type AppRouter = typeof appRouter;

/** Calls procedures from within this process: for pages that are rendered here, and for REST. */
export const createCaller = createCallerFactory(appRouter);
