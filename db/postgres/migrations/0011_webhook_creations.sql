CREATE TABLE "webhook_creations" (
	"customer_key" bigint NOT NULL,
	"idempotency_key" text NOT NULL,
	"digest" text NOT NULL,
	"webhook_id" text NOT NULL,
	"created_at" bigint NOT NULL,
	CONSTRAINT "webhook_creations_customer_key_idempotency_key_pk" PRIMARY KEY("customer_key","idempotency_key")
);
--> statement-breakpoint
ALTER TABLE "webhook_creations" ADD CONSTRAINT "webhook_creations_customer_key_customers_key_fk" FOREIGN KEY ("customer_key") REFERENCES "public"."customers"("key") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "webhook_creations_age" ON "webhook_creations" USING btree ("created_at");