ALTER TABLE "customers" ADD COLUMN "agents" json;--> statement-breakpoint
ALTER TABLE "webhooks" ADD COLUMN "subscription_id" text;--> statement-breakpoint
ALTER TABLE "webhooks" ADD COLUMN "principal_id" text;--> statement-breakpoint
ALTER TABLE "webhooks" ADD COLUMN "subscription" json;--> statement-breakpoint
ALTER TABLE "webhooks" ADD COLUMN "expires_at" bigint;--> statement-breakpoint
ALTER TABLE "webhooks" ADD COLUMN "challenged_at" bigint;--> statement-breakpoint
ALTER TABLE "webhooks" ADD COLUMN "verified_at" bigint;--> statement-breakpoint
CREATE UNIQUE INDEX "webhooks_subscribed" ON "webhooks" USING btree ("subscription_id") WHERE "webhooks"."subscription_id" is not null and "webhooks"."deleted_at" is null;--> statement-breakpoint
CREATE INDEX "webhooks_of_principal" ON "webhooks" USING btree ("principal_id","challenged_at") WHERE "webhooks"."principal_id" is not null;--> statement-breakpoint
CREATE INDEX "webhooks_expiring" ON "webhooks" USING btree ("expires_at") WHERE "webhooks"."expires_at" is not null and "webhooks"."deleted_at" is null;