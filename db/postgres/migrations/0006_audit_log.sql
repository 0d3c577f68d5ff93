CREATE TABLE "audit_log" (
	"key" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "audit_log_key_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"id" text NOT NULL,
	"customer_key" bigint,
	"at" bigint NOT NULL,
	"action" text NOT NULL,
	"subject_id" text NOT NULL,
	"subject_name" text,
	"changes" json NOT NULL,
	"actor_kind" text NOT NULL,
	"actor_id" text NOT NULL,
	"actor_name" text,
	"actor_email" text,
	"address" text,
	"user_agent" text,
	CONSTRAINT "audit_log_id_unique" UNIQUE("id")
);
--> statement-breakpoint
ALTER TABLE "api_keys" ADD COLUMN "access" text DEFAULT 'full' NOT NULL;--> statement-breakpoint
ALTER TABLE "api_keys" ADD COLUMN "last_used_at" bigint;--> statement-breakpoint
ALTER TABLE "api_keys" ADD COLUMN "expires_at" bigint;--> statement-breakpoint
ALTER TABLE "api_keys" ADD COLUMN "is_end_told" boolean DEFAULT false NOT NULL;--> statement-breakpoint
CREATE INDEX "audit_log_of_customer" ON "audit_log" USING btree ("customer_key","at");--> statement-breakpoint
CREATE INDEX "audit_log_of_subject" ON "audit_log" USING btree ("customer_key","subject_id","at");--> statement-breakpoint
CREATE INDEX "audit_log_of_action" ON "audit_log" USING btree ("customer_key","action","at");--> statement-breakpoint
CREATE INDEX "audit_log_of_actor" ON "audit_log" USING btree ("customer_key","actor_id","at");--> statement-breakpoint
CREATE INDEX "audit_log_age" ON "audit_log" USING btree ("at");--> statement-breakpoint
CREATE INDEX "api_keys_expiry" ON "api_keys" USING btree ("expires_at") WHERE "api_keys"."expires_at" is not null and "api_keys"."is_end_told" = false;