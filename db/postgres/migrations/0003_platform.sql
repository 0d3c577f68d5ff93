CREATE TABLE "delivery_pause" (
	"only" integer PRIMARY KEY DEFAULT 1 NOT NULL,
	"paused_at" bigint NOT NULL,
	"paused_by" text
);
--> statement-breakpoint
CREATE TABLE "platform_sessions" (
	"hash" text PRIMARY KEY NOT NULL,
	"name" text NOT NULL,
	"expires_at" bigint NOT NULL
);
--> statement-breakpoint
ALTER TABLE "webhooks" ADD COLUMN "certificate_expires_at" bigint;--> statement-breakpoint
ALTER TABLE "webhooks" ADD COLUMN "certificate_warns_at" bigint;--> statement-breakpoint
ALTER TABLE "webhooks" ADD COLUMN "certificate_told" bigint;--> statement-breakpoint
ALTER TABLE "webhooks" ADD COLUMN "slow_since" bigint;--> statement-breakpoint
ALTER TABLE "webhooks" ADD COLUMN "slow_p95_ms" integer;--> statement-breakpoint
CREATE INDEX "platform_sessions_expiry" ON "platform_sessions" USING btree ("expires_at");