CREATE TABLE "incidents" (
	"key" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "incidents_key_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"id" text NOT NULL,
	"webhook_key" bigint NOT NULL,
	"started_at" bigint NOT NULL,
	"ended_at" bigint,
	"cause" json NOT NULL,
	"event_id" text NOT NULL,
	"event_type" text NOT NULL,
	"held" integer DEFAULT 0 NOT NULL,
	"tally" json,
	"count_at" bigint,
	CONSTRAINT "incidents_id_unique" UNIQUE("id")
);
--> statement-breakpoint
ALTER TABLE "webhooks" ADD COLUMN "incident_started_at" bigint;--> statement-breakpoint
ALTER TABLE "webhooks" ADD COLUMN "incident_ended_at" bigint;--> statement-breakpoint
ALTER TABLE "incidents" ADD CONSTRAINT "incidents_webhook_key_webhooks_key_fk" FOREIGN KEY ("webhook_key") REFERENCES "public"."webhooks"("key") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "incidents_of_webhook" ON "incidents" USING btree ("webhook_key");--> statement-breakpoint
CREATE INDEX "incidents_ended" ON "incidents" USING btree ("ended_at") WHERE "incidents"."ended_at" is not null;--> statement-breakpoint
CREATE INDEX "incidents_to_count" ON "incidents" USING btree ("count_at") WHERE "incidents"."count_at" is not null;