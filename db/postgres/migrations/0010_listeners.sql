ALTER TABLE "webhooks" ADD COLUMN "listener_name" text;--> statement-breakpoint
ALTER TABLE "webhooks" ADD COLUMN "listener_session" text;--> statement-breakpoint
ALTER TABLE "webhooks" ADD COLUMN "listener_forwards_to" text;--> statement-breakpoint
ALTER TABLE "webhooks" ADD COLUMN "listener_heard_at" bigint;--> statement-breakpoint
CREATE INDEX "webhooks_listening" ON "webhooks" USING btree ("listener_heard_at") WHERE "webhooks"."listener_heard_at" is not null;