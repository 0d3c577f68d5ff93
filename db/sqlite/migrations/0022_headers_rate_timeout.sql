ALTER TABLE `webhook_queue` ADD `rate_per_second` real;--> statement-breakpoint
ALTER TABLE `webhook_queue` ADD `rate_next_at` real DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE `webhooks` ADD `headers` text DEFAULT '[]' NOT NULL;--> statement-breakpoint
ALTER TABLE `webhooks` ADD `timeout_ms` integer;