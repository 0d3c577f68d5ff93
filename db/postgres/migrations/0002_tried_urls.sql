ALTER TABLE "deliveries" ADD COLUMN "tried_url" text;--> statement-breakpoint
ALTER TABLE "webhooks" ADD COLUMN "recovered_at" bigint;