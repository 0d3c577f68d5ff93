ALTER TABLE `deliveries` ADD `tried_url` text;--> statement-breakpoint
ALTER TABLE `webhooks` ADD `recovered_at` integer;