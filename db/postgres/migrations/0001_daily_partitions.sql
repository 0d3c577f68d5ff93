CREATE TABLE "payloads" (
	"day" integer NOT NULL,
	"event_key" bigint NOT NULL,
	"payload" text NOT NULL,
	CONSTRAINT "payloads_event_key_day_pk" PRIMARY KEY("event_key","day")
) PARTITION BY RANGE ("day");
--> statement-breakpoint
CREATE TABLE "payloads_default" PARTITION OF "payloads" DEFAULT;--> statement-breakpoint
ALTER TABLE "attempts" RENAME TO "attempts_of_all_days";--> statement-breakpoint
CREATE TABLE "attempts" (
	"day" integer NOT NULL,
	"delivery_key" bigint NOT NULL,
	"number" integer NOT NULL,
	"reason" text NOT NULL,
	"started_at" bigint NOT NULL,
	"duration_ms" integer NOT NULL,
	"status_code" integer,
	"error_code" text,
	"error_message" text,
	"error_detail" text,
	"timings" text NOT NULL,
	"peer" text NOT NULL,
	"url" text,
	"sent_by" text,
	"signed_at" integer,
	"request_headers" json,
	"response_headers" text,
	"response_body" "bytea",
	"is_truncated" boolean DEFAULT false NOT NULL,
	CONSTRAINT "attempts_delivery_key_number_day_pk" PRIMARY KEY("delivery_key","number","day")
) PARTITION BY RANGE ("day");
--> statement-breakpoint
CREATE TABLE "attempts_default" PARTITION OF "attempts" DEFAULT;--> statement-breakpoint
-- All days up to today have one partition together, if there was any: in the default one they would be looked through
-- whenever a day is made, and could not go as a whole.
DO $$
DECLARE tomorrow integer := floor(extract(epoch from clock_timestamp()) / 86400)::integer + 1;
BEGIN
	IF EXISTS (SELECT FROM "events") THEN
		EXECUTE format('CREATE TABLE "payloads_before" PARTITION OF "payloads" FOR VALUES FROM (MINVALUE) TO (%s)', tomorrow);
		EXECUTE format('CREATE TABLE "attempts_before" PARTITION OF "attempts" FOR VALUES FROM (MINVALUE) TO (%s)', tomorrow);
	END IF;
END $$;
--> statement-breakpoint
INSERT INTO "payloads" SELECT floor("created_at" / 86400000.0)::integer, "key", "payload" FROM "events";--> statement-breakpoint
ALTER TABLE "events" DROP COLUMN "payload";--> statement-breakpoint
ALTER TABLE "events" ADD COLUMN "day" integer GENERATED ALWAYS AS (floor(created_at / 86400000.0)::integer) STORED NOT NULL;--> statement-breakpoint
ALTER TABLE "deliveries" ADD COLUMN "day" integer;--> statement-breakpoint
UPDATE "deliveries" d SET "day" = e."day" FROM "events" e WHERE e."key" = d."event_key";--> statement-breakpoint
ALTER TABLE "deliveries" ALTER COLUMN "day" SET NOT NULL;--> statement-breakpoint
INSERT INTO "attempts" SELECT d."day", a."delivery_key", a."number", a."reason", a."started_at", a."duration_ms",
	a."status_code", a."error_code", a."error_message", a."error_detail", a."timings", a."peer", a."url", a."sent_by",
	a."signed_at", a."request_headers", a."response_headers", a."response_body", a."is_truncated"
FROM "attempts_of_all_days" a JOIN "deliveries" d ON d."key" = a."delivery_key";--> statement-breakpoint
DROP TABLE "attempts_of_all_days";
