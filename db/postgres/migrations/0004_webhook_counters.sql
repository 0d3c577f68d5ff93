CREATE TABLE "former_webhooks" (
	"customer_key" bigint PRIMARY KEY NOT NULL,
	"pending" bigint DEFAULT 0 NOT NULL,
	"matched" bigint DEFAULT 0 NOT NULL,
	"missed" bigint DEFAULT 0 NOT NULL,
	"delivered" bigint DEFAULT 0 NOT NULL,
	"failed" bigint DEFAULT 0 NOT NULL,
	"cancelled" bigint DEFAULT 0 NOT NULL,
	"pruned_missed" bigint DEFAULT 0 NOT NULL,
	"pruned_delivered" bigint DEFAULT 0 NOT NULL,
	"pruned_failed" bigint DEFAULT 0 NOT NULL,
	"pruned_cancelled" bigint DEFAULT 0 NOT NULL
);
--> statement-breakpoint
ALTER TABLE "webhook_queue" ADD COLUMN "matched" bigint DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE "webhook_queue" ADD COLUMN "missed" bigint DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE "webhook_queue" ADD COLUMN "delivered" bigint DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE "webhook_queue" ADD COLUMN "failed" bigint DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE "webhook_queue" ADD COLUMN "cancelled" bigint DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE "webhook_queue" ADD COLUMN "pruned_missed" bigint DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE "webhook_queue" ADD COLUMN "pruned_delivered" bigint DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE "webhook_queue" ADD COLUMN "pruned_failed" bigint DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE "webhook_queue" ADD COLUMN "pruned_cancelled" bigint DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE "former_webhooks" ADD CONSTRAINT "former_webhooks_customer_key_customers_key_fk" FOREIGN KEY ("customer_key") REFERENCES "public"."customers"("key") ON DELETE cascade ON UPDATE no action;
--> statement-breakpoint
UPDATE "webhook_queue" q SET "delivered" = c."delivered", "failed" = c."failed", "cancelled" = c."cancelled"
FROM (
	SELECT "webhook_key", count(*) FILTER (WHERE "status" = 'delivered') AS "delivered",
		count(*) FILTER (WHERE "status" = 'failed') AS "failed",
		count(*) FILTER (WHERE "status" = 'cancelled') AS "cancelled"
	FROM "deliveries" WHERE NOT "is_test" GROUP BY "webhook_key"
) c WHERE c."webhook_key" = q."webhook_key";--> statement-breakpoint
UPDATE "webhook_queue" q SET "missed" = c."missed"
FROM (
	SELECT (s."value" ->> 0)::bigint AS "webhook_key", count(*) AS "missed"
	FROM "events" e CROSS JOIN json_array_elements(e."skipped") s WHERE s."value" ->> 1 = 'inactive' GROUP BY 1
) c WHERE c."webhook_key" = q."webhook_key";--> statement-breakpoint
UPDATE "webhook_queue" SET "matched" = "pending" + "delivered" + "failed" + "cancelled" + "missed";--> statement-breakpoint
INSERT INTO "former_webhooks" ("customer_key", "pending", "delivered", "failed", "cancelled")
SELECT w."customer_key", count(*) FILTER (WHERE d."status" = 'pending'),
	count(*) FILTER (WHERE d."status" = 'delivered'), count(*) FILTER (WHERE d."status" = 'failed'),
	count(*) FILTER (WHERE d."status" = 'cancelled')
FROM "webhooks" w LEFT JOIN "deliveries" d ON d."webhook_key" = w."key" AND NOT d."is_test"
WHERE w."deleted_at" IS NOT NULL GROUP BY w."customer_key";--> statement-breakpoint
INSERT INTO "former_webhooks" ("customer_key", "missed")
SELECT e."customer_key", count(*) FROM "events" e CROSS JOIN json_array_elements(e."skipped") s
WHERE s."value" ->> 1 = 'inactive'
	AND NOT EXISTS (SELECT 1 FROM "webhook_queue" q WHERE q."webhook_key" = (s."value" ->> 0)::bigint)
GROUP BY e."customer_key"
ON CONFLICT ("customer_key") DO UPDATE SET "missed" = excluded."missed";--> statement-breakpoint
UPDATE "former_webhooks" SET "matched" = "pending" + "delivered" + "failed" + "cancelled" + "missed";
