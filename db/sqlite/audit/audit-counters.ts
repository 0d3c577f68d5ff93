import { recountsOf } from "../../rows/recount";

/** What is kept of webhooks, by how it ended. */
const kept = `
  select webhook_key, customer_key, count(*) filter (where status = 'pending') as pending,
    count(*) filter (where status = 'delivered') as delivered, count(*) filter (where status = 'failed') as failed,
    count(*) filter (where status = 'cancelled') as cancelled, 0 as missed
  from deliveries where is_test = 0 group by webhook_key, customer_key
  union all
  select s.value ->> 0, e.customer_key, 0, 0, 0, 0, count(*)
  from events e join json_each(e.skipped) s where s.value ->> 1 = 'inactive' group by 1, 2`;

export const { differingWebhooks, differingFormer, unbalanced, lacks } = recountsOf(kept);
