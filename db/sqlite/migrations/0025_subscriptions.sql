ALTER TABLE `customers` ADD `agents` text;--> statement-breakpoint
ALTER TABLE `webhooks` ADD `subscription_id` text;--> statement-breakpoint
ALTER TABLE `webhooks` ADD `principal_id` text;--> statement-breakpoint
ALTER TABLE `webhooks` ADD `subscription` text;--> statement-breakpoint
ALTER TABLE `webhooks` ADD `expires_at` integer;--> statement-breakpoint
ALTER TABLE `webhooks` ADD `challenged_at` integer;--> statement-breakpoint
ALTER TABLE `webhooks` ADD `verified_at` integer;--> statement-breakpoint
CREATE UNIQUE INDEX `webhooks_subscribed` ON `webhooks` (`subscription_id`) WHERE "webhooks"."subscription_id" is not null and "webhooks"."deleted_at" is null;--> statement-breakpoint
CREATE INDEX `webhooks_of_principal` ON `webhooks` (`principal_id`,`challenged_at`) WHERE "webhooks"."principal_id" is not null;--> statement-breakpoint
CREATE INDEX `webhooks_expiring` ON `webhooks` (`expires_at`) WHERE "webhooks"."expires_at" is not null and "webhooks"."deleted_at" is null;