CREATE TABLE "search_segments" (
	"first_event" bigint PRIMARY KEY NOT NULL,
	"last_event" bigint NOT NULL,
	"customer_key" bigint NOT NULL,
	"day" integer NOT NULL
);
--> statement-breakpoint
CREATE TABLE "search_terms" (
	"day" integer NOT NULL,
	"segment" bigint NOT NULL,
	"term" bigint NOT NULL,
	"postings" "bytea" NOT NULL,
	CONSTRAINT "search_terms_segment_term_day_pk" PRIMARY KEY("segment","term","day")
) PARTITION BY RANGE ("day");
--> statement-breakpoint
ALTER TABLE "search_segments" ADD CONSTRAINT "search_segments_customer_key_customers_key_fk" FOREIGN KEY ("customer_key") REFERENCES "public"."customers"("key") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "search_segments_of_customer" ON "search_segments" USING btree ("customer_key","first_event");--> statement-breakpoint
CREATE INDEX "search_segments_last" ON "search_segments" USING btree ("last_event");--> statement-breakpoint
-- Each day that payloads have a partition for gets one here: they go together.
DO $$
DECLARE part record;
BEGIN
	FOR part IN
		SELECT c.relname AS name, pg_get_expr(c.relpartbound, c.oid) AS bounds
		FROM pg_inherits i JOIN pg_class c ON c.oid = i.inhrelid WHERE i.inhparent = 'payloads'::regclass
	LOOP
		EXECUTE format('CREATE TABLE %I PARTITION OF "search_terms" %s', replace(part.name, 'payloads', 'search_terms'), part.bounds);
	END LOOP;
END $$;
