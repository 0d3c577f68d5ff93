ALTER TABLE `attempts` ADD `error_detail` text;--> statement-breakpoint
ALTER TABLE `webhooks` ADD `last_error_detail` text;