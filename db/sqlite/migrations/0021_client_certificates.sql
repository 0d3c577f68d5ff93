ALTER TABLE `webhooks` ADD `client_certificate` text;--> statement-breakpoint
ALTER TABLE `webhooks` ADD `client_key` text;--> statement-breakpoint
ALTER TABLE `webhooks` ADD `client_certificate_told` integer;