CREATE TABLE `reset_links` (
	`user_id` text PRIMARY KEY NOT NULL,
	`maker_id` text,
	`hash` text NOT NULL,
	`expires_at` integer NOT NULL
);
--> statement-breakpoint
CREATE UNIQUE INDEX `reset_links_hash_unique` ON `reset_links` (`hash`);--> statement-breakpoint
CREATE INDEX `reset_links_of_maker` ON `reset_links` (`maker_id`);--> statement-breakpoint
CREATE INDEX `reset_links_expiry` ON `reset_links` (`expires_at`);--> statement-breakpoint
DROP TABLE `verifications`;--> statement-breakpoint
ALTER TABLE `invitations` ADD `maker_id` text DEFAULT '' NOT NULL;--> statement-breakpoint
CREATE INDEX `invitations_of_maker` ON `invitations` (`maker_id`);--> statement-breakpoint
CREATE INDEX `invitations_expiry` ON `invitations` (`expires_at`);--> statement-breakpoint
ALTER TABLE `workers` ADD `host` text DEFAULT '' NOT NULL;--> statement-breakpoint
ALTER TABLE `workers` ADD `started_at` text DEFAULT '' NOT NULL;--> statement-breakpoint
CREATE INDEX `portal_links_of_customer` ON `portal_links` (`customer_key`);--> statement-breakpoint
CREATE INDEX `portal_links_expiry` ON `portal_links` (`expires_at`);--> statement-breakpoint
CREATE INDEX `portal_sessions_of_customer` ON `portal_sessions` (`customer_key`);--> statement-breakpoint
CREATE INDEX `portal_sessions_expiry` ON `portal_sessions` (`expires_at`);--> statement-breakpoint
CREATE INDEX `sessions_expiry` ON `sessions` (`expires_at`);--> statement-breakpoint
-- Who made the open invitations is not known, so nobody can vouch for them.
DELETE FROM `invitations`;
