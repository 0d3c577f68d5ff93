ALTER TABLE `webhooks` ADD `countdown_failures` integer DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE `webhooks` ADD `countdown_last_at` integer;--> statement-breakpoint
ALTER TABLE `webhooks` ADD `countdown_covered_ms` integer DEFAULT 0 NOT NULL;--> statement-breakpoint
UPDATE `webhooks` SET `countdown_failures` = 1, `countdown_last_at` = `countdown_since` WHERE `countdown_since` IS NOT NULL;
