DROP INDEX `webhooks_of_customer`;--> statement-breakpoint
ALTER TABLE `webhooks` ADD `is_cancelling` integer DEFAULT false NOT NULL;--> statement-breakpoint
CREATE INDEX `webhooks_deleted` ON `webhooks` (`deleted_at`) WHERE "webhooks"."deleted_at" is not null;--> statement-breakpoint
CREATE INDEX `webhooks_cancelling` ON `webhooks` (`key`) WHERE "webhooks"."is_cancelling" = 1;--> statement-breakpoint
CREATE INDEX `webhooks_rotating` ON `webhooks` (`previous_secret_until`) WHERE "webhooks"."previous_secret_until" is not null;--> statement-breakpoint
CREATE INDEX `webhooks_of_customer` ON `webhooks` (`customer_key`,`deleted_at`);--> statement-breakpoint
CREATE INDEX `customers_deleted` ON `customers` (`deleted_at`) WHERE "customers"."deleted_at" is not null;--> statement-breakpoint
CREATE INDEX `recoveries_done` ON `recoveries` (`ended_at`) WHERE "recoveries"."state" = 'done';--> statement-breakpoint
CREATE INDEX `webhook_queue_of_customer` ON `webhook_queue` (`customer_key`);--> statement-breakpoint
UPDATE `webhooks` SET `is_cancelling` = 1 WHERE `deleted_at` IS NOT NULL;
