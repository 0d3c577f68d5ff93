ALTER TABLE `recoveries` ADD `events` text DEFAULT '[]' NOT NULL;--> statement-breakpoint
ALTER TABLE `recoveries` ADD `last_change` integer DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE `recoveries` DROP COLUMN `since`;--> statement-breakpoint
ALTER TABLE `recoveries` DROP COLUMN `after_delivery`;--> statement-breakpoint
ALTER TABLE `recoveries` DROP COLUMN `last_delivery`;--> statement-breakpoint
ALTER TABLE `webhooks` ADD `after_event` integer DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE `workers` ADD `key_ids` text DEFAULT '[]' NOT NULL;--> statement-breakpoint
UPDATE `webhooks` SET `after_event` = coalesce((SELECT max(`key`) FROM `events` WHERE `events`.`customer_key` = `webhooks`.`customer_key` AND `events`.`created_at` < `webhooks`.`created_at`), 0);--> statement-breakpoint
UPDATE `recoveries` SET
  `events` = (SELECT `events` FROM `webhooks` WHERE `webhooks`.`key` = `recoveries`.`webhook_key`),
  `last_change` = coalesce((SELECT `value` FROM `counters` WHERE `name` = 'change'), 0);
