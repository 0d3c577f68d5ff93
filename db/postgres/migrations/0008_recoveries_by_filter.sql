DROP INDEX "recoveries_done";--> statement-breakpoint
DROP INDEX "recoveries_of_webhook";--> statement-breakpoint
ALTER TABLE "recoveries" ALTER COLUMN "webhook_key" DROP NOT NULL;--> statement-breakpoint
ALTER TABLE "deliveries" ADD COLUMN "recovery_key" bigint;--> statement-breakpoint
ALTER TABLE "deliveries" ADD COLUMN "attempts_before" integer;--> statement-breakpoint
ALTER TABLE "recoveries" ADD COLUMN "customer_key" bigint;--> statement-breakpoint
ALTER TABLE "recoveries" ADD COLUMN "since" bigint;--> statement-breakpoint
ALTER TABLE "recoveries" ADD COLUMN "include" json;--> statement-breakpoint
ALTER TABLE "recoveries" ADD COLUMN "types" json;--> statement-breakpoint
ALTER TABLE "recoveries" ADD COLUMN "code_class" integer;--> statement-breakpoint
ALTER TABLE "recoveries" ADD COLUMN "status_code" integer;--> statement-breakpoint
ALTER TABLE "recoveries" ADD COLUMN "targets" json;--> statement-breakpoint
ALTER TABLE "recoveries" ADD COLUMN "sent" integer DEFAULT 0 NOT NULL;--> statement-breakpoint
UPDATE "recoveries" r SET "customer_key" = w."customer_key", "since" = r."after_event_at", "sent" = r."done",
  "include" = (CASE WHEN r."include_failed" AND r."include_missed" THEN '["failed","missed"]' WHEN r."include_missed" THEN '["missed"]' ELSE '["failed"]' END)::json,
  "targets" = json_build_array(json_build_object('key', r."webhook_key", 'events', r."events"))
FROM "webhooks" w WHERE w."key" = r."webhook_key";--> statement-breakpoint
ALTER TABLE "recoveries" ALTER COLUMN "customer_key" SET NOT NULL;--> statement-breakpoint
ALTER TABLE "recoveries" ALTER COLUMN "since" SET NOT NULL;--> statement-breakpoint
ALTER TABLE "recoveries" ALTER COLUMN "include" SET NOT NULL;--> statement-breakpoint
ALTER TABLE "recoveries" ALTER COLUMN "targets" SET NOT NULL;--> statement-breakpoint
ALTER TABLE "recoveries" ADD CONSTRAINT "recoveries_customer_key_customers_key_fk" FOREIGN KEY ("customer_key") REFERENCES "public"."customers"("key") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "deliveries_recovered" ON "deliveries" USING btree ("recovery_key","key") WHERE "deliveries"."recovery_key" is not null;--> statement-breakpoint
CREATE INDEX "recoveries_of_customer" ON "recoveries" USING btree ("customer_key","key");--> statement-breakpoint
CREATE INDEX "recoveries_ended" ON "recoveries" USING btree ("ended_at") WHERE "recoveries"."ended_at" is not null;--> statement-breakpoint
CREATE INDEX "recoveries_of_webhook" ON "recoveries" USING btree ("webhook_key","key");--> statement-breakpoint
ALTER TABLE "recoveries" DROP COLUMN "include_failed";--> statement-breakpoint
ALTER TABLE "recoveries" DROP COLUMN "include_missed";--> statement-breakpoint
ALTER TABLE "recoveries" DROP COLUMN "events";