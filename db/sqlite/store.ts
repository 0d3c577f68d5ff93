import type { Store } from "../store";
import { accessVerbs } from "./access";
import { changeVerbs } from "./changes";
import { claimVerbs } from "./claim";
import type { Connection } from "./connection";
import { deliveryVerbs } from "./deliveries";
import { deliveryListVerbs } from "./delivery-list";
import { eventVerbs } from "./events";
import { lifeVerbs } from "./life";
import { maintainVerbs } from "./maintain";
import { publishVerbs } from "./publish";
import { recordVerbs } from "./record";
import { recoveryVerbs } from "./recovery";
import { rollupVerbs } from "./rollups";
import { secretVerbs } from "./secrets";
import { systemWebhookVerbs } from "./system-events";
import { testVerbs } from "./tests";
import { webhookVerbs } from "./webhooks";
import { workerVerbs } from "./workers";

/** The SQLite store: one file of verbs a subject, over one connection. */
export function sqliteStore(connection: Connection): Store {
  return {
    ...accessVerbs(connection),
    ...webhookVerbs(connection),
    ...secretVerbs(connection),
    ...systemWebhookVerbs(connection),
    ...recoveryVerbs(connection),
    ...rollupVerbs(connection),
    ...publishVerbs(connection),
    ...eventVerbs(connection),
    ...deliveryListVerbs(connection),
    ...deliveryVerbs(connection),
    ...changeVerbs(connection),
    ...testVerbs(connection),
    ...claimVerbs(connection),
    ...recordVerbs(connection),
    ...workerVerbs(connection),
    ...maintainVerbs(connection),
    ...lifeVerbs(connection),
  };
}
