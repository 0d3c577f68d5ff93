CREATE SEQUENCE "public"."turns" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1;--> statement-breakpoint
CREATE TABLE "api_keys" (
	"key" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "api_keys_key_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"id" text NOT NULL,
	"customer_key" bigint NOT NULL,
	"name" text,
	"prefix" text NOT NULL,
	"hash" text NOT NULL,
	"created_at" bigint NOT NULL,
	CONSTRAINT "api_keys_id_unique" UNIQUE("id"),
	CONSTRAINT "api_keys_hash_unique" UNIQUE("hash")
);
--> statement-breakpoint
CREATE TABLE "attempts" (
	"key" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "attempts_key_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
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
	"is_truncated" boolean DEFAULT false NOT NULL
);
--> statement-breakpoint
CREATE TABLE "customers" (
	"key" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "customers_key_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"id" text NOT NULL,
	"external_id" text,
	"name" text NOT NULL,
	"is_system" boolean DEFAULT false NOT NULL,
	"created_at" bigint NOT NULL,
	"deleted_at" bigint,
	CONSTRAINT "customers_id_unique" UNIQUE("id"),
	CONSTRAINT "customers_external_id_unique" UNIQUE("external_id")
);
--> statement-breakpoint
CREATE TABLE "deliveries" (
	"key" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "deliveries_key_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"event_key" bigint NOT NULL,
	"webhook_key" bigint NOT NULL,
	"customer_key" bigint NOT NULL,
	"event_type" text NOT NULL,
	"is_test" boolean DEFAULT false NOT NULL,
	"status" text NOT NULL,
	"due_at" bigint NOT NULL,
	"lease" integer DEFAULT 0 NOT NULL,
	"leased_by" text,
	"leased_at" bigint,
	"attempts" integer DEFAULT 0 NOT NULL,
	"tries" integer DEFAULT 0 NOT NULL,
	"probes" integer DEFAULT 0 NOT NULL,
	"lost_in_a_row" integer DEFAULT 0 NOT NULL,
	"next_reason" text NOT NULL,
	"leased_reason" text,
	"is_asked_again" boolean DEFAULT false NOT NULL,
	"signs_with" text,
	"refusal" text,
	"status_code" integer,
	"error_code" text,
	"error_message" text,
	"duration_ms" integer,
	"created_at" bigint NOT NULL,
	"pending_since" bigint NOT NULL,
	"ended_at" bigint,
	"change" bigint NOT NULL
);
--> statement-breakpoint
CREATE TABLE "events" (
	"key" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "events_key_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"id" text NOT NULL,
	"customer_key" bigint NOT NULL,
	"type" text NOT NULL,
	"payload" text NOT NULL,
	"content_hash" "bytea" NOT NULL,
	"is_test" boolean DEFAULT false NOT NULL,
	"deliveries" integer NOT NULL,
	"skipped" json NOT NULL,
	"created_at" bigint NOT NULL
);
--> statement-breakpoint
CREATE TABLE "invitations" (
	"key" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "invitations_key_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"id" text NOT NULL,
	"customer_key" bigint NOT NULL,
	"role" text NOT NULL,
	"maker_id" text DEFAULT '' NOT NULL,
	"hash" text NOT NULL,
	"created_at" bigint NOT NULL,
	"expires_at" bigint NOT NULL,
	CONSTRAINT "invitations_id_unique" UNIQUE("id"),
	CONSTRAINT "invitations_hash_unique" UNIQUE("hash")
);
--> statement-breakpoint
CREATE TABLE "members" (
	"user_id" text PRIMARY KEY NOT NULL,
	"customer_key" bigint NOT NULL,
	"role" text NOT NULL,
	"created_at" bigint NOT NULL
);
--> statement-breakpoint
CREATE TABLE "portal_links" (
	"hash" text PRIMARY KEY NOT NULL,
	"customer_key" bigint NOT NULL,
	"expires_at" bigint NOT NULL
);
--> statement-breakpoint
CREATE TABLE "portal_sessions" (
	"hash" text PRIMARY KEY NOT NULL,
	"customer_key" bigint NOT NULL,
	"expires_at" bigint NOT NULL
);
--> statement-breakpoint
CREATE TABLE "recoveries" (
	"key" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "recoveries_key_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"id" text NOT NULL,
	"webhook_key" bigint NOT NULL,
	"until" bigint NOT NULL,
	"include_failed" boolean NOT NULL,
	"include_missed" boolean NOT NULL,
	"events" json DEFAULT '[]'::json NOT NULL,
	"after_event_at" bigint NOT NULL,
	"after_event" bigint DEFAULT 0 NOT NULL,
	"last_event" bigint NOT NULL,
	"last_change" text NOT NULL,
	"total" integer NOT NULL,
	"done" integer DEFAULT 0 NOT NULL,
	"state" text NOT NULL,
	"created_at" bigint NOT NULL,
	"ended_at" bigint,
	CONSTRAINT "recoveries_id_unique" UNIQUE("id")
);
--> statement-breakpoint
CREATE TABLE "reset_links" (
	"user_id" text PRIMARY KEY NOT NULL,
	"maker_id" text,
	"hash" text NOT NULL,
	"expires_at" bigint NOT NULL,
	CONSTRAINT "reset_links_hash_unique" UNIQUE("hash")
);
--> statement-breakpoint
CREATE TABLE "rollups" (
	"webhook_key" bigint NOT NULL,
	"step" text NOT NULL,
	"start" bigint NOT NULL,
	"counters" json NOT NULL,
	CONSTRAINT "rollups_webhook_key_step_start_pk" PRIMARY KEY("webhook_key","step","start")
);
--> statement-breakpoint
CREATE TABLE "counters" (
	"name" text PRIMARY KEY NOT NULL,
	"value" bigint NOT NULL
);
--> statement-breakpoint
CREATE TABLE "webhook_queue" (
	"webhook_key" bigint PRIMARY KEY NOT NULL,
	"customer_key" bigint NOT NULL,
	"ready_at" bigint,
	"is_paused" boolean NOT NULL,
	"turn" bigint DEFAULT 0 NOT NULL,
	"pending" integer DEFAULT 0 NOT NULL,
	"failures" json NOT NULL,
	"succeeded_at" bigint,
	"opened_at" bigint,
	"probes_made" integer DEFAULT 0 NOT NULL,
	"is_probe_refused" boolean DEFAULT false NOT NULL,
	"probe_delay_ms" integer,
	"probe_at" bigint,
	"is_draining" boolean DEFAULT false NOT NULL,
	"drain" integer DEFAULT 0 NOT NULL,
	"drained" integer DEFAULT 0 NOT NULL
);
--> statement-breakpoint
CREATE TABLE "webhooks" (
	"key" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "webhooks_key_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"id" text NOT NULL,
	"customer_key" bigint NOT NULL,
	"url" text NOT NULL,
	"is_active" boolean NOT NULL,
	"events" json NOT NULL,
	"description" text,
	"secret" text,
	"previous_secret" text,
	"previous_secret_until" bigint,
	"rotated_at" bigint,
	"signs_with" text DEFAULT 'current' NOT NULL,
	"switched_at" bigint,
	"paused_at" bigint,
	"paused_until" bigint,
	"disabled_reason" text,
	"disabled_at" bigint,
	"created_at" bigint NOT NULL,
	"after_event" bigint DEFAULT 0 NOT NULL,
	"updated_at" bigint NOT NULL,
	"version" integer DEFAULT 0 NOT NULL,
	"deleted_at" bigint,
	"is_cancelling" boolean DEFAULT false NOT NULL,
	"last_attempt_at" bigint,
	"last_attempt_ok" boolean,
	"last_status_code" integer,
	"last_error_code" text,
	"last_error_message" text,
	"last_error_detail" text,
	"failing_since" bigint,
	"failures_in_a_row" integer DEFAULT 0 NOT NULL,
	"countdown_since" bigint,
	"countdown_failures" integer DEFAULT 0 NOT NULL,
	"countdown_last_at" bigint,
	"countdown_covered_ms" bigint DEFAULT 0 NOT NULL,
	"is_reported_failing" boolean DEFAULT false NOT NULL,
	CONSTRAINT "webhooks_id_unique" UNIQUE("id")
);
--> statement-breakpoint
CREATE TABLE "workers" (
	"id" text PRIMARY KEY NOT NULL,
	"pid" integer NOT NULL,
	"host" text DEFAULT '' NOT NULL,
	"started_at" text DEFAULT '' NOT NULL,
	"key_ids" json DEFAULT '[]'::json NOT NULL,
	"beat_at" bigint NOT NULL
);
--> statement-breakpoint
CREATE TABLE "accounts" (
	"id" text PRIMARY KEY NOT NULL,
	"user_id" text NOT NULL,
	"provider_id" text NOT NULL,
	"account_id" text NOT NULL,
	"password" text,
	"access_token" text,
	"refresh_token" text,
	"id_token" text,
	"access_token_expires_at" timestamp (3) with time zone,
	"refresh_token_expires_at" timestamp (3) with time zone,
	"scope" text,
	"created_at" timestamp (3) with time zone NOT NULL,
	"updated_at" timestamp (3) with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "sessions" (
	"id" text PRIMARY KEY NOT NULL,
	"user_id" text NOT NULL,
	"token" text NOT NULL,
	"ip_address" text,
	"user_agent" text,
	"expires_at" timestamp (3) with time zone NOT NULL,
	"created_at" timestamp (3) with time zone NOT NULL,
	"updated_at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "sessions_token_unique" UNIQUE("token")
);
--> statement-breakpoint
CREATE TABLE "users" (
	"id" text PRIMARY KEY NOT NULL,
	"name" text NOT NULL,
	"email" text NOT NULL,
	"email_verified" boolean DEFAULT false NOT NULL,
	"image" text,
	"company" text,
	"created_at" timestamp (3) with time zone NOT NULL,
	"updated_at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "users_email_unique" UNIQUE("email")
);
--> statement-breakpoint
CREATE TABLE "key_marks" (
	"only" boolean PRIMARY KEY DEFAULT true NOT NULL,
	"mark" text NOT NULL,
	CONSTRAINT "key_marks_only" CHECK ("key_marks"."only")
);
--> statement-breakpoint
ALTER TABLE "api_keys" ADD CONSTRAINT "api_keys_customer_key_customers_key_fk" FOREIGN KEY ("customer_key") REFERENCES "public"."customers"("key") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "attempts" ADD CONSTRAINT "attempts_delivery_key_deliveries_key_fk" FOREIGN KEY ("delivery_key") REFERENCES "public"."deliveries"("key") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "deliveries" ADD CONSTRAINT "deliveries_event_key_events_key_fk" FOREIGN KEY ("event_key") REFERENCES "public"."events"("key") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "deliveries" ADD CONSTRAINT "deliveries_webhook_key_webhooks_key_fk" FOREIGN KEY ("webhook_key") REFERENCES "public"."webhooks"("key") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "events" ADD CONSTRAINT "events_customer_key_customers_key_fk" FOREIGN KEY ("customer_key") REFERENCES "public"."customers"("key") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "invitations" ADD CONSTRAINT "invitations_customer_key_customers_key_fk" FOREIGN KEY ("customer_key") REFERENCES "public"."customers"("key") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "members" ADD CONSTRAINT "members_customer_key_customers_key_fk" FOREIGN KEY ("customer_key") REFERENCES "public"."customers"("key") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "portal_links" ADD CONSTRAINT "portal_links_customer_key_customers_key_fk" FOREIGN KEY ("customer_key") REFERENCES "public"."customers"("key") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "portal_sessions" ADD CONSTRAINT "portal_sessions_customer_key_customers_key_fk" FOREIGN KEY ("customer_key") REFERENCES "public"."customers"("key") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "recoveries" ADD CONSTRAINT "recoveries_webhook_key_webhooks_key_fk" FOREIGN KEY ("webhook_key") REFERENCES "public"."webhooks"("key") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "rollups" ADD CONSTRAINT "rollups_webhook_key_webhooks_key_fk" FOREIGN KEY ("webhook_key") REFERENCES "public"."webhooks"("key") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "webhook_queue" ADD CONSTRAINT "webhook_queue_webhook_key_webhooks_key_fk" FOREIGN KEY ("webhook_key") REFERENCES "public"."webhooks"("key") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "webhook_queue" ADD CONSTRAINT "webhook_queue_customer_key_customers_key_fk" FOREIGN KEY ("customer_key") REFERENCES "public"."customers"("key") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "webhooks" ADD CONSTRAINT "webhooks_customer_key_customers_key_fk" FOREIGN KEY ("customer_key") REFERENCES "public"."customers"("key") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "accounts" ADD CONSTRAINT "accounts_user_id_users_id_fk" FOREIGN KEY ("user_id") REFERENCES "public"."users"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "sessions" ADD CONSTRAINT "sessions_user_id_users_id_fk" FOREIGN KEY ("user_id") REFERENCES "public"."users"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "api_keys_of_customer" ON "api_keys" USING btree ("customer_key");--> statement-breakpoint
CREATE UNIQUE INDEX "attempts_of_delivery" ON "attempts" USING btree ("delivery_key","number");--> statement-breakpoint
CREATE INDEX "customers_deleted" ON "customers" USING btree ("deleted_at") WHERE "customers"."deleted_at" is not null;--> statement-breakpoint
CREATE UNIQUE INDEX "deliveries_of_event" ON "deliveries" USING btree ("event_key","webhook_key");--> statement-breakpoint
CREATE INDEX "deliveries_untried" ON "deliveries" USING btree ("webhook_key","due_at","key") WHERE "deliveries"."status" = 'pending' and "deliveries"."is_test" = false and "deliveries"."leased_by" is null and not ("deliveries"."attempts" > 0);--> statement-breakpoint
CREATE INDEX "deliveries_retried" ON "deliveries" USING btree ("webhook_key","due_at","key") WHERE "deliveries"."status" = 'pending' and "deliveries"."is_test" = false and "deliveries"."leased_by" is null and "deliveries"."attempts" > 0;--> statement-breakpoint
CREATE INDEX "deliveries_leased" ON "deliveries" USING btree ("webhook_key","due_at","key") WHERE "deliveries"."leased_by" is not null;--> statement-breakpoint
CREATE INDEX "deliveries_tests" ON "deliveries" USING btree ("due_at","key") WHERE "deliveries"."status" = 'pending' and "deliveries"."is_test";--> statement-breakpoint
CREATE INDEX "deliveries_asked" ON "deliveries" USING btree ("webhook_key","due_at","key") WHERE "deliveries"."status" = 'pending' and "deliveries"."is_asked_again";--> statement-breakpoint
CREATE INDEX "deliveries_waiting" ON "deliveries" USING btree ("webhook_key","pending_since") WHERE "deliveries"."status" = 'pending' and "deliveries"."is_test" = false and "deliveries"."attempts" > 0;--> statement-breakpoint
CREATE INDEX "deliveries_tried" ON "deliveries" USING btree ("webhook_key","due_at","key") WHERE "deliveries"."status" = 'pending' and "deliveries"."is_test" = false and "deliveries"."attempts" > 0 and "deliveries"."refusal" is null;--> statement-breakpoint
CREATE INDEX "deliveries_set_aside" ON "deliveries" USING btree ("webhook_key","due_at","key") WHERE "deliveries"."status" = 'pending' and "deliveries"."refusal" is not null;--> statement-breakpoint
CREATE INDEX "deliveries_second" ON "deliveries" USING btree ("webhook_key","due_at","key") WHERE "deliveries"."status" = 'pending' and "deliveries"."signs_with" is not null;--> statement-breakpoint
CREATE INDEX "deliveries_refused" ON "deliveries" USING btree ("webhook_key","refusal") WHERE "deliveries"."status" = 'pending' and "deliveries"."refusal" is not null;--> statement-breakpoint
CREATE INDEX "deliveries_of_webhook" ON "deliveries" USING btree ("webhook_key","key");--> statement-breakpoint
CREATE INDEX "deliveries_of_customer" ON "deliveries" USING btree ("customer_key","key");--> statement-breakpoint
CREATE INDEX "deliveries_changed" ON "deliveries" USING btree ("customer_key","change","key");--> statement-breakpoint
CREATE UNIQUE INDEX "events_id" ON "events" USING btree ("customer_key","id");--> statement-breakpoint
CREATE INDEX "events_of_customer" ON "events" USING btree ("customer_key","created_at","key","type","is_test");--> statement-breakpoint
CREATE INDEX "invitations_of_customer" ON "invitations" USING btree ("customer_key");--> statement-breakpoint
CREATE INDEX "invitations_of_maker" ON "invitations" USING btree ("maker_id");--> statement-breakpoint
CREATE INDEX "invitations_expiry" ON "invitations" USING btree ("expires_at");--> statement-breakpoint
CREATE INDEX "members_of_customer" ON "members" USING btree ("customer_key");--> statement-breakpoint
CREATE INDEX "portal_links_of_customer" ON "portal_links" USING btree ("customer_key");--> statement-breakpoint
CREATE INDEX "portal_links_expiry" ON "portal_links" USING btree ("expires_at");--> statement-breakpoint
CREATE INDEX "portal_sessions_of_customer" ON "portal_sessions" USING btree ("customer_key");--> statement-breakpoint
CREATE INDEX "portal_sessions_expiry" ON "portal_sessions" USING btree ("expires_at");--> statement-breakpoint
CREATE INDEX "recoveries_of_webhook" ON "recoveries" USING btree ("webhook_key");--> statement-breakpoint
CREATE INDEX "recoveries_running" ON "recoveries" USING btree ("key") WHERE "recoveries"."state" = 'running';--> statement-breakpoint
CREATE INDEX "recoveries_done" ON "recoveries" USING btree ("ended_at") WHERE "recoveries"."state" = 'done';--> statement-breakpoint
CREATE INDEX "reset_links_of_maker" ON "reset_links" USING btree ("maker_id");--> statement-breakpoint
CREATE INDEX "reset_links_expiry" ON "reset_links" USING btree ("expires_at");--> statement-breakpoint
CREATE INDEX "rollups_age" ON "rollups" USING btree ("step","start");--> statement-breakpoint
CREATE INDEX "webhook_queue_of_customer" ON "webhook_queue" USING btree ("customer_key");--> statement-breakpoint
CREATE INDEX "webhook_queue_ready" ON "webhook_queue" USING btree ("ready_at") WHERE "webhook_queue"."ready_at" is not null and "webhook_queue"."is_paused" = false;--> statement-breakpoint
CREATE INDEX "webhooks_of_customer" ON "webhooks" USING btree ("customer_key","deleted_at");--> statement-breakpoint
CREATE INDEX "webhooks_deleted" ON "webhooks" USING btree ("deleted_at") WHERE "webhooks"."deleted_at" is not null;--> statement-breakpoint
CREATE INDEX "webhooks_cancelling" ON "webhooks" USING btree ("key") WHERE "webhooks"."is_cancelling";--> statement-breakpoint
CREATE INDEX "webhooks_paused" ON "webhooks" USING btree ("paused_until") WHERE "webhooks"."paused_until" is not null;--> statement-breakpoint
CREATE INDEX "webhooks_rotating" ON "webhooks" USING btree ("previous_secret_until") WHERE "webhooks"."previous_secret_until" is not null;--> statement-breakpoint
CREATE INDEX "accounts_of_user" ON "accounts" USING btree ("user_id");--> statement-breakpoint
CREATE INDEX "sessions_of_user" ON "sessions" USING btree ("user_id");--> statement-breakpoint
CREATE INDEX "sessions_expiry" ON "sessions" USING btree ("expires_at");