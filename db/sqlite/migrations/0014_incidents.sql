CREATE TABLE `incidents` (
	`key` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`id` text NOT NULL,
	`webhook_key` integer NOT NULL,
	`started_at` integer NOT NULL,
	`ended_at` integer,
	`cause` text NOT NULL,
	`event_id` text NOT NULL,
	`event_type` text NOT NULL,
	`held` integer DEFAULT 0 NOT NULL,
	`tally` text,
	`count_at` integer,
	FOREIGN KEY (`webhook_key`) REFERENCES `webhooks`(`key`) ON UPDATE no action ON DELETE cascade
);
--> statement-breakpoint
CREATE UNIQUE INDEX `incidents_id_unique` ON `incidents` (`id`);--> statement-breakpoint
CREATE INDEX `incidents_of_webhook` ON `incidents` (`webhook_key`);--> statement-breakpoint
CREATE INDEX `incidents_ended` ON `incidents` (`ended_at`) WHERE "incidents"."ended_at" is not null;--> statement-breakpoint
CREATE INDEX `incidents_to_count` ON `incidents` (`count_at`) WHERE "incidents"."count_at" is not null;--> statement-breakpoint
ALTER TABLE `webhooks` ADD `incident_started_at` integer;--> statement-breakpoint
ALTER TABLE `webhooks` ADD `incident_ended_at` integer;