CREATE TABLE "notice_choices" (
	"user_id" text PRIMARY KEY NOT NULL,
	"customer_key" bigint NOT NULL,
	"kinds" json NOT NULL,
	"address" text,
	"told_up_to" bigint DEFAULT 0 NOT NULL,
	"due_at" bigint,
	"lease" integer DEFAULT 0 NOT NULL,
	"sent_at" bigint,
	"failures" integer DEFAULT 0 NOT NULL,
	"failing_since" bigint
);
--> statement-breakpoint
CREATE TABLE "notices" (
	"key" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "notices_key_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"customer_key" bigint NOT NULL,
	"webhook_key" bigint NOT NULL,
	"at" bigint NOT NULL,
	"kind" text NOT NULL,
	"data" json NOT NULL,
	"passed" bigint
);
--> statement-breakpoint
ALTER TABLE "notice_choices" ADD CONSTRAINT "notice_choices_user_id_members_user_id_fk" FOREIGN KEY ("user_id") REFERENCES "public"."members"("user_id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "notice_choices" ADD CONSTRAINT "notice_choices_customer_key_customers_key_fk" FOREIGN KEY ("customer_key") REFERENCES "public"."customers"("key") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "notice_choices_of_customer" ON "notice_choices" USING btree ("customer_key");--> statement-breakpoint
CREATE INDEX "notice_choices_due" ON "notice_choices" USING btree ("due_at") WHERE "notice_choices"."due_at" is not null;--> statement-breakpoint
CREATE INDEX "notices_waiting" ON "notices" USING btree ("key") WHERE "notices"."passed" is null;--> statement-breakpoint
CREATE INDEX "notices_of_customer" ON "notices" USING btree ("customer_key","passed");--> statement-breakpoint
CREATE INDEX "notices_age" ON "notices" USING btree ("at");