import { audienceIds, customerOfAudience } from "@/domain/agent/audience";
import type { Store } from "../../store";
import type { Replica } from "./replica";

/*
 * What may be read from a replica is decided by verb. These only show what happened to events and deliveries, to people
 * who watch and to programs that list; they are most of what is read, and a moment ago is as good as now. All others
 * stay on the primary: what a person saved is seen as it was saved (webhooks, secrets, recoveries, keys, people), who
 * may do what is asked as of now, what decides on a write reads what it writes on, operators are alarmed by what is
 * (`countTotals`), and changes are followed by the numbers of transactions, which a standby does not have.
 */
const shown = [
  "listDeliveries",
  "getDelivery",
  "listEvents",
  "getEvent",
  "countEventTypes",
  "listRollups",
  "listRefusals",
  "getBalance",
  "listLedger",
  "countLedger",
] as const;

/**
 * What somebody has done to a customer's webhooks and deliveries, or was told of them: lists never say less afterwards.
 * Publishing is not among these, since who publishes much is looked at most: what was just published is found by its
 * id, and is in lists within moments.
 */
const seen = [
  "createWebhook",
  "updateWebhook",
  "pauseWebhook",
  "resumeWebhook",
  "deleteWebhook",
  "rotateSecret",
  "cancelPending",
  "startRecovery",
  "redeliver",
  "redeliverMany",
  "createTest",
  "listChanges",
] as const;

/** The same of agents, whose deliveries are their audiences'. */
const seenOfAgents = ["subscribe", "settleChallenge", "replayEvents", "unsubscribe"] as const;

/** The store with what is shown read by `onReplica`, wherever the replica has what it takes. */
export function lookingAt(replica: Replica, store: Store, onReplica: Store): Store {
  const [primary, standby] = [verbsOf(store), verbsOf(onReplica)];
  const looks = shown.map((name): Entry => {
    const look: Verb = async (customer, ...asked) => {
      const found = await replica.read(nameOf(customer), () => standby[name](customer, ...asked));
      return found ?? primary[name](customer, ...asked); // what it does not know may be new
    };
    return [name, look];
  });
  const sights = seen.map((name): Entry => {
    const see: Verb = (customer, ...asked) =>
      primary[name](customer, ...asked).finally(() => replica.note(nameOf(customer)));
    return [name, see];
  });
  const sightsOfAgents = seenOfAgents.map((name): Entry => {
    const see: Verb = (customer, ...asked) =>
      primary[name](customer, ...asked).finally(() => {
        const customerId = customerOfAudience(nameOf(customer)) ?? nameOf(customer);
        for (const each of [customerId, ...audienceIds(customerId)]) replica.note(each);
      });
    return [name, see];
  });
  const close = () => replica.close().then(store.close);
  return { ...store, ...Object.fromEntries([...looks, ...sights, ...sightsOfAgents]), close };
}

type Name = (typeof shown | typeof seen | typeof seenOfAgents)[number];
/** Each of them begins with the customer's id, or with what is to be made for it. */
type Customer = string | { customerId: string };
type Verb = (customer: Customer, ...asked: unknown[]) => Promise<unknown>;
type Entry = [Name, Verb];

const verbsOf = (store: Store) => store as unknown as Record<Name, Verb>;

const nameOf = (customer: Customer) => (typeof customer === "string" ? customer : customer.customerId);
