import type { Store } from "../store";
import { accessVerbs } from "./access/access";
import { subscriptionVerbs } from "./agents/subscriptions";
import type { Connection } from "./connection/connection";
import { eventVerbs } from "./event/events";
import { publishVerbs } from "./event/publish";
import { testVerbs } from "./event/test-events";
import { noticeVerbs } from "./notice/notices";
import { platformVerbs } from "./platform/platform";
import { claimVerbs } from "./queue/claim";
import { listenerVerbs } from "./queue/listeners";
import { recordVerbs } from "./queue/record";
import { redeliverVerbs } from "./queue/redeliver";
import { workerVerbs } from "./queue/workers";
import { balanceVerbs } from "./read/balance";
import { changeVerbs } from "./read/changes";
import { deliveryVerbs } from "./read/deliveries";
import { deliveryListVerbs } from "./read/delivery-list";
import { ledgerVerbs } from "./read/ledger";
import { rollupVerbs } from "./read/rollups";
import { searchIndexVerbs } from "./search/keep-index";
import { lifeVerbs } from "./upkeep/life";
import { maintainVerbs } from "./upkeep/maintain";
import { incidentVerbs } from "./webhook/incidents";
import { markVerbs } from "./webhook/marks";
import { recoveryVerbs } from "./webhook/recovery";
import { refusalVerbs } from "./webhook/refusals";
import { secretVerbs } from "./webhook/secrets";
import { systemWebhookVerbs } from "./webhook/system-webhook";
import { warningVerbs } from "./webhook/warnings";
import { webhookVerbs } from "./webhook/webhooks";

/** The SQLite store: one file of verbs a subject, over one connection. */
export function sqliteStore(connection: Connection): Store {
  return {
    ...accessVerbs(connection),
    ...webhookVerbs(connection),
    ...subscriptionVerbs(connection),
    ...secretVerbs(connection),
    ...systemWebhookVerbs(connection),
    ...incidentVerbs(connection),
    ...markVerbs(connection),
    ...recoveryVerbs(connection),
    ...refusalVerbs(connection),
    ...rollupVerbs(connection),
    ...publishVerbs(connection),
    ...eventVerbs(connection),
    ...deliveryListVerbs(connection),
    ...deliveryVerbs(connection),
    ...redeliverVerbs(connection),
    ...searchIndexVerbs(connection),
    ...balanceVerbs(connection),
    ...ledgerVerbs(connection),
    ...changeVerbs(connection),
    ...testVerbs(connection),
    ...claimVerbs(connection),
    ...recordVerbs(connection),
    ...listenerVerbs(connection),
    ...workerVerbs(connection),
    ...maintainVerbs(connection),
    ...platformVerbs(connection),
    ...warningVerbs(connection),
    ...noticeVerbs(connection),
    ...lifeVerbs(connection),
  };
}
