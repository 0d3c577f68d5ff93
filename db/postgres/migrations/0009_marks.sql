CREATE TABLE "marks" (
	"key" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "marks_key_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"id" text NOT NULL,
	"customer_key" bigint NOT NULL,
	"webhook_key" bigint,
	"name" text NOT NULL,
	"url" text,
	"at" bigint NOT NULL,
	"created_at" bigint NOT NULL,
	CONSTRAINT "marks_id_unique" UNIQUE("id")
);
--> statement-breakpoint
ALTER TABLE "marks" ADD CONSTRAINT "marks_customer_key_customers_key_fk" FOREIGN KEY ("customer_key") REFERENCES "public"."customers"("key") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "marks" ADD CONSTRAINT "marks_webhook_key_webhooks_key_fk" FOREIGN KEY ("webhook_key") REFERENCES "public"."webhooks"("key") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "marks_of_customer" ON "marks" USING btree ("customer_key","at");--> statement-breakpoint
CREATE INDEX "marks_made" ON "marks" USING btree ("customer_key","created_at");--> statement-breakpoint
CREATE INDEX "marks_of_webhook" ON "marks" USING btree ("webhook_key");--> statement-breakpoint
CREATE INDEX "marks_age" ON "marks" USING btree ("at");