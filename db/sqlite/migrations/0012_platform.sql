CREATE TABLE `delivery_pause` (
	`only` integer PRIMARY KEY DEFAULT 1 NOT NULL,
	`paused_at` integer NOT NULL,
	`paused_by` text
);
--> statement-breakpoint
CREATE TABLE `platform_sessions` (
	`hash` text PRIMARY KEY NOT NULL,
	`name` text NOT NULL,
	`expires_at` integer NOT NULL
);
--> statement-breakpoint
CREATE INDEX `platform_sessions_expiry` ON `platform_sessions` (`expires_at`);--> statement-breakpoint
ALTER TABLE `webhooks` ADD `certificate_expires_at` integer;--> statement-breakpoint
ALTER TABLE `webhooks` ADD `certificate_warns_at` integer;--> statement-breakpoint
ALTER TABLE `webhooks` ADD `certificate_told` integer;--> statement-breakpoint
ALTER TABLE `webhooks` ADD `slow_since` integer;--> statement-breakpoint
ALTER TABLE `webhooks` ADD `slow_p95_ms` integer;