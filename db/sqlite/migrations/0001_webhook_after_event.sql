ALTER TABLE `webhooks` ADD `after_event` integer DEFAULT 0 NOT NULL;--> statement-breakpoint
UPDATE `webhooks` SET `after_event` = coalesce((SELECT max(`key`) FROM `events` WHERE `events`.`created_at` < `webhooks`.`created_at`), 0);
