CREATE TABLE `api_keys` (
	`key` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`id` text NOT NULL,
	`customer_key` integer NOT NULL,
	`name` text,
	`prefix` text NOT NULL,
	`hash` text NOT NULL,
	`created_at` integer NOT NULL,
	FOREIGN KEY (`customer_key`) REFERENCES `customers`(`key`) ON UPDATE no action ON DELETE cascade
);
--> statement-breakpoint
CREATE UNIQUE INDEX `api_keys_id_unique` ON `api_keys` (`id`);--> statement-breakpoint
CREATE UNIQUE INDEX `api_keys_hash_unique` ON `api_keys` (`hash`);--> statement-breakpoint
CREATE INDEX `api_keys_of_customer` ON `api_keys` (`customer_key`);--> statement-breakpoint
CREATE TABLE `attempts` (
	`key` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`delivery_key` integer NOT NULL,
	`number` integer NOT NULL,
	`reason` text NOT NULL,
	`started_at` integer NOT NULL,
	`duration_ms` integer NOT NULL,
	`status_code` integer,
	`error_code` text,
	`error_message` text,
	`timings` text NOT NULL,
	`peer` text NOT NULL,
	`url` text,
	`request_headers` text,
	`response_headers` text,
	`response_body` blob,
	`is_truncated` integer DEFAULT false NOT NULL,
	FOREIGN KEY (`delivery_key`) REFERENCES `deliveries`(`key`) ON UPDATE no action ON DELETE cascade
);
--> statement-breakpoint
CREATE UNIQUE INDEX `attempts_of_delivery` ON `attempts` (`delivery_key`,`number`);--> statement-breakpoint
CREATE TABLE `counters` (
	`name` text PRIMARY KEY NOT NULL,
	`value` integer NOT NULL
);
--> statement-breakpoint
CREATE TABLE `customers` (
	`key` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`id` text NOT NULL,
	`external_id` text,
	`name` text NOT NULL,
	`is_system` integer DEFAULT false NOT NULL,
	`created_at` integer NOT NULL,
	`deleted_at` integer
);
--> statement-breakpoint
CREATE UNIQUE INDEX `customers_id_unique` ON `customers` (`id`);--> statement-breakpoint
CREATE UNIQUE INDEX `customers_external_id_unique` ON `customers` (`external_id`);--> statement-breakpoint
CREATE TABLE `deliveries` (
	`key` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`event_key` integer NOT NULL,
	`webhook_key` integer NOT NULL,
	`customer_key` integer NOT NULL,
	`event_type` text NOT NULL,
	`is_test` integer DEFAULT false NOT NULL,
	`status` text NOT NULL,
	`due_at` integer NOT NULL,
	`lease` integer DEFAULT 0 NOT NULL,
	`leased_by` text,
	`leased_at` integer,
	`attempts` integer DEFAULT 0 NOT NULL,
	`tries` integer DEFAULT 0 NOT NULL,
	`probes` integer DEFAULT 0 NOT NULL,
	`lost_in_a_row` integer DEFAULT 0 NOT NULL,
	`next_reason` text NOT NULL,
	`leased_reason` text,
	`status_code` integer,
	`error_code` text,
	`error_message` text,
	`duration_ms` integer,
	`created_at` integer NOT NULL,
	`pending_since` integer NOT NULL,
	`ended_at` integer,
	`change` integer NOT NULL,
	FOREIGN KEY (`event_key`) REFERENCES `events`(`key`) ON UPDATE no action ON DELETE cascade,
	FOREIGN KEY (`webhook_key`) REFERENCES `webhooks`(`key`) ON UPDATE no action ON DELETE cascade
);
--> statement-breakpoint
CREATE UNIQUE INDEX `deliveries_of_event` ON `deliveries` (`event_key`,`webhook_key`);--> statement-breakpoint
CREATE INDEX `deliveries_due` ON `deliveries` (`webhook_key`,`due_at`) WHERE "deliveries"."status" = 'pending' and "deliveries"."is_test" = 0;--> statement-breakpoint
CREATE INDEX `deliveries_tests` ON `deliveries` (`due_at`) WHERE "deliveries"."status" = 'pending' and "deliveries"."is_test" = 1;--> statement-breakpoint
CREATE INDEX `deliveries_leased` ON `deliveries` (`leased_by`) WHERE "deliveries"."leased_by" is not null;--> statement-breakpoint
CREATE INDEX `deliveries_of_webhook` ON `deliveries` (`webhook_key`);--> statement-breakpoint
CREATE INDEX `deliveries_of_customer` ON `deliveries` (`customer_key`);--> statement-breakpoint
CREATE INDEX `deliveries_changed` ON `deliveries` (`customer_key`,`change`);--> statement-breakpoint
CREATE TABLE `events` (
	`key` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`id` text NOT NULL,
	`customer_key` integer NOT NULL,
	`type` text NOT NULL,
	`payload` text NOT NULL,
	`content_hash` text NOT NULL,
	`is_test` integer DEFAULT false NOT NULL,
	`deliveries` integer NOT NULL,
	`skipped` text NOT NULL,
	`created_at` integer NOT NULL,
	FOREIGN KEY (`customer_key`) REFERENCES `customers`(`key`) ON UPDATE no action ON DELETE cascade
);
--> statement-breakpoint
CREATE UNIQUE INDEX `events_id` ON `events` (`customer_key`,`id`);--> statement-breakpoint
CREATE INDEX `events_of_customer` ON `events` (`customer_key`,`created_at`,`type`,`is_test`);--> statement-breakpoint
CREATE TABLE `invitations` (
	`key` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`id` text NOT NULL,
	`customer_key` integer NOT NULL,
	`role` text NOT NULL,
	`hash` text NOT NULL,
	`created_at` integer NOT NULL,
	`expires_at` integer NOT NULL,
	FOREIGN KEY (`customer_key`) REFERENCES `customers`(`key`) ON UPDATE no action ON DELETE cascade
);
--> statement-breakpoint
CREATE UNIQUE INDEX `invitations_id_unique` ON `invitations` (`id`);--> statement-breakpoint
CREATE UNIQUE INDEX `invitations_hash_unique` ON `invitations` (`hash`);--> statement-breakpoint
CREATE INDEX `invitations_of_customer` ON `invitations` (`customer_key`);--> statement-breakpoint
CREATE TABLE `members` (
	`user_id` text PRIMARY KEY NOT NULL,
	`customer_key` integer NOT NULL,
	`role` text NOT NULL,
	`created_at` integer NOT NULL,
	FOREIGN KEY (`customer_key`) REFERENCES `customers`(`key`) ON UPDATE no action ON DELETE cascade
);
--> statement-breakpoint
CREATE INDEX `members_of_customer` ON `members` (`customer_key`);--> statement-breakpoint
CREATE TABLE `portal_links` (
	`hash` text PRIMARY KEY NOT NULL,
	`customer_key` integer NOT NULL,
	`expires_at` integer NOT NULL,
	FOREIGN KEY (`customer_key`) REFERENCES `customers`(`key`) ON UPDATE no action ON DELETE cascade
);
--> statement-breakpoint
CREATE TABLE `portal_sessions` (
	`hash` text PRIMARY KEY NOT NULL,
	`customer_key` integer NOT NULL,
	`expires_at` integer NOT NULL,
	FOREIGN KEY (`customer_key`) REFERENCES `customers`(`key`) ON UPDATE no action ON DELETE cascade
);
--> statement-breakpoint
CREATE TABLE `recoveries` (
	`key` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`id` text NOT NULL,
	`webhook_key` integer NOT NULL,
	`since` integer NOT NULL,
	`until` integer NOT NULL,
	`include_failed` integer NOT NULL,
	`include_missed` integer NOT NULL,
	`after_delivery` integer DEFAULT 0 NOT NULL,
	`last_delivery` integer NOT NULL,
	`after_event_at` integer NOT NULL,
	`after_event` integer DEFAULT 0 NOT NULL,
	`last_event` integer NOT NULL,
	`total` integer NOT NULL,
	`done` integer DEFAULT 0 NOT NULL,
	`state` text NOT NULL,
	`created_at` integer NOT NULL,
	`ended_at` integer,
	FOREIGN KEY (`webhook_key`) REFERENCES `webhooks`(`key`) ON UPDATE no action ON DELETE cascade
);
--> statement-breakpoint
CREATE UNIQUE INDEX `recoveries_id_unique` ON `recoveries` (`id`);--> statement-breakpoint
CREATE INDEX `recoveries_of_webhook` ON `recoveries` (`webhook_key`);--> statement-breakpoint
CREATE INDEX `recoveries_running` ON `recoveries` (`key`) WHERE "recoveries"."state" = 'running';--> statement-breakpoint
CREATE TABLE `rollups` (
	`webhook_key` integer NOT NULL,
	`step` text NOT NULL,
	`start` integer NOT NULL,
	`counters` text NOT NULL,
	PRIMARY KEY(`webhook_key`, `step`, `start`),
	FOREIGN KEY (`webhook_key`) REFERENCES `webhooks`(`key`) ON UPDATE no action ON DELETE cascade
);
--> statement-breakpoint
CREATE INDEX `rollups_age` ON `rollups` (`step`,`start`);--> statement-breakpoint
CREATE TABLE `webhook_queue` (
	`webhook_key` integer PRIMARY KEY NOT NULL,
	`customer_key` integer NOT NULL,
	`ready_at` integer,
	`is_paused` integer NOT NULL,
	`turn` integer DEFAULT 0 NOT NULL,
	`pending` integer DEFAULT 0 NOT NULL,
	`failures` text NOT NULL,
	`opened_at` integer,
	`probe_delay_ms` integer,
	`probe_at` integer,
	`is_draining` integer DEFAULT false NOT NULL,
	`drain` integer DEFAULT 0 NOT NULL,
	`drained` integer DEFAULT 0 NOT NULL,
	FOREIGN KEY (`webhook_key`) REFERENCES `webhooks`(`key`) ON UPDATE no action ON DELETE cascade,
	FOREIGN KEY (`customer_key`) REFERENCES `customers`(`key`) ON UPDATE no action ON DELETE cascade
);
--> statement-breakpoint
CREATE INDEX `webhook_queue_ready` ON `webhook_queue` (`ready_at`) WHERE "webhook_queue"."ready_at" is not null and "webhook_queue"."is_paused" = 0;--> statement-breakpoint
CREATE TABLE `webhooks` (
	`key` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`id` text NOT NULL,
	`customer_key` integer NOT NULL,
	`url` text NOT NULL,
	`is_active` integer NOT NULL,
	`events` text NOT NULL,
	`description` text,
	`secret` text,
	`previous_secret` text,
	`previous_secret_until` integer,
	`disabled_reason` text,
	`disabled_at` integer,
	`created_at` integer NOT NULL,
	`updated_at` integer NOT NULL,
	`version` integer DEFAULT 0 NOT NULL,
	`deleted_at` integer,
	`last_attempt_at` integer,
	`last_attempt_ok` integer,
	`last_status_code` integer,
	`last_error_code` text,
	`last_error_message` text,
	`failing_since` integer,
	`failures_in_a_row` integer DEFAULT 0 NOT NULL,
	`countdown_since` integer,
	`is_reported_failing` integer DEFAULT false NOT NULL,
	FOREIGN KEY (`customer_key`) REFERENCES `customers`(`key`) ON UPDATE no action ON DELETE cascade
);
--> statement-breakpoint
CREATE UNIQUE INDEX `webhooks_id_unique` ON `webhooks` (`id`);--> statement-breakpoint
CREATE INDEX `webhooks_of_customer` ON `webhooks` (`customer_key`);--> statement-breakpoint
CREATE TABLE `workers` (
	`id` text PRIMARY KEY NOT NULL,
	`pid` integer NOT NULL,
	`beat_at` integer NOT NULL
);
--> statement-breakpoint
CREATE TABLE `accounts` (
	`id` text PRIMARY KEY NOT NULL,
	`user_id` text NOT NULL,
	`provider_id` text NOT NULL,
	`account_id` text NOT NULL,
	`password` text,
	`access_token` text,
	`refresh_token` text,
	`id_token` text,
	`access_token_expires_at` integer,
	`refresh_token_expires_at` integer,
	`scope` text,
	`created_at` integer NOT NULL,
	`updated_at` integer NOT NULL,
	FOREIGN KEY (`user_id`) REFERENCES `users`(`id`) ON UPDATE no action ON DELETE cascade
);
--> statement-breakpoint
CREATE INDEX `accounts_of_user` ON `accounts` (`user_id`);--> statement-breakpoint
CREATE TABLE `sessions` (
	`id` text PRIMARY KEY NOT NULL,
	`user_id` text NOT NULL,
	`token` text NOT NULL,
	`ip_address` text,
	`user_agent` text,
	`expires_at` integer NOT NULL,
	`created_at` integer NOT NULL,
	`updated_at` integer NOT NULL,
	FOREIGN KEY (`user_id`) REFERENCES `users`(`id`) ON UPDATE no action ON DELETE cascade
);
--> statement-breakpoint
CREATE UNIQUE INDEX `sessions_token_unique` ON `sessions` (`token`);--> statement-breakpoint
CREATE INDEX `sessions_of_user` ON `sessions` (`user_id`);--> statement-breakpoint
CREATE TABLE `users` (
	`id` text PRIMARY KEY NOT NULL,
	`name` text NOT NULL,
	`email` text NOT NULL,
	`email_verified` integer DEFAULT false NOT NULL,
	`image` text,
	`company` text,
	`created_at` integer NOT NULL,
	`updated_at` integer NOT NULL
);
--> statement-breakpoint
CREATE UNIQUE INDEX `users_email_unique` ON `users` (`email`);--> statement-breakpoint
CREATE TABLE `verifications` (
	`id` text PRIMARY KEY NOT NULL,
	`identifier` text NOT NULL,
	`value` text NOT NULL,
	`expires_at` integer NOT NULL,
	`created_at` integer NOT NULL,
	`updated_at` integer NOT NULL
);
--> statement-breakpoint
CREATE INDEX `verifications_of_identifier` ON `verifications` (`identifier`);