ALTER TABLE "webhook_queue" ADD COLUMN "rate_per_second" double precision;--> statement-breakpoint
ALTER TABLE "webhook_queue" ADD COLUMN "rate_next_at" double precision DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE "webhooks" ADD COLUMN "headers" json DEFAULT '[]'::json NOT NULL;--> statement-breakpoint
ALTER TABLE "webhooks" ADD COLUMN "timeout_ms" integer;