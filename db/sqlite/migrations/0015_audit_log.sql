CREATE TABLE `audit_log` (
	`key` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`id` text NOT NULL,
	`customer_key` integer,
	`at` integer NOT NULL,
	`action` text NOT NULL,
	`subject_id` text NOT NULL,
	`subject_name` text,
	`changes` text NOT NULL,
	`actor_kind` text NOT NULL,
	`actor_id` text NOT NULL,
	`actor_name` text,
	`actor_email` text,
	`address` text,
	`user_agent` text
);
--> statement-breakpoint
CREATE UNIQUE INDEX `audit_log_id_unique` ON `audit_log` (`id`);--> statement-breakpoint
CREATE INDEX `audit_log_of_customer` ON `audit_log` (`customer_key`,`at`);--> statement-breakpoint
CREATE INDEX `audit_log_of_subject` ON `audit_log` (`customer_key`,`subject_id`,`at`);--> statement-breakpoint
CREATE INDEX `audit_log_of_action` ON `audit_log` (`customer_key`,`action`,`at`);--> statement-breakpoint
CREATE INDEX `audit_log_of_actor` ON `audit_log` (`customer_key`,`actor_id`,`at`);--> statement-breakpoint
CREATE INDEX `audit_log_age` ON `audit_log` (`at`);--> statement-breakpoint
ALTER TABLE `api_keys` ADD `access` text DEFAULT 'full' NOT NULL;--> statement-breakpoint
ALTER TABLE `api_keys` ADD `last_used_at` integer;--> statement-breakpoint
ALTER TABLE `api_keys` ADD `expires_at` integer;--> statement-breakpoint
ALTER TABLE `api_keys` ADD `is_end_told` integer DEFAULT false NOT NULL;--> statement-breakpoint
CREATE INDEX `api_keys_expiry` ON `api_keys` (`expires_at`) WHERE "api_keys"."expires_at" is not null and "api_keys"."is_end_told" = 0;