CREATE TABLE `__new_recoveries` (
	`key` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`id` text NOT NULL,
	`customer_key` integer NOT NULL,
	`webhook_key` integer,
	`since` integer NOT NULL,
	`until` integer NOT NULL,
	`include` text NOT NULL,
	`types` text,
	`code_class` integer,
	`status_code` integer,
	`targets` text NOT NULL,
	`after_event_at` integer NOT NULL,
	`after_event` integer DEFAULT 0 NOT NULL,
	`last_event` integer NOT NULL,
	`last_change` integer DEFAULT 0 NOT NULL,
	`total` integer NOT NULL,
	`done` integer DEFAULT 0 NOT NULL,
	`sent` integer DEFAULT 0 NOT NULL,
	`state` text NOT NULL,
	`created_at` integer NOT NULL,
	`ended_at` integer,
	FOREIGN KEY (`customer_key`) REFERENCES `customers`(`key`) ON UPDATE no action ON DELETE cascade,
	FOREIGN KEY (`webhook_key`) REFERENCES `webhooks`(`key`) ON UPDATE no action ON DELETE cascade
);
--> statement-breakpoint
INSERT INTO `__new_recoveries` (`key`, `id`, `customer_key`, `webhook_key`, `since`, `until`, `include`, `targets`, `after_event_at`, `after_event`, `last_event`, `last_change`, `total`, `done`, `sent`, `state`, `created_at`, `ended_at`)
SELECT r.`key`, r.`id`, w.`customer_key`, r.`webhook_key`, r.`after_event_at`, r.`until`,
  CASE WHEN r.`include_failed` AND r.`include_missed` THEN '["failed","missed"]' WHEN r.`include_missed` THEN '["missed"]' ELSE '["failed"]' END,
  json_array(json_object('key', r.`webhook_key`, 'events', json(r.`events`))),
  r.`after_event_at`, r.`after_event`, r.`last_event`, r.`last_change`, r.`total`, r.`done`, r.`done`, r.`state`, r.`created_at`, r.`ended_at`
FROM `recoveries` r JOIN `webhooks` w ON w.`key` = r.`webhook_key`;--> statement-breakpoint
DROP TABLE `recoveries`;--> statement-breakpoint
ALTER TABLE `__new_recoveries` RENAME TO `recoveries`;--> statement-breakpoint
CREATE UNIQUE INDEX `recoveries_id_unique` ON `recoveries` (`id`);--> statement-breakpoint
CREATE INDEX `recoveries_of_customer` ON `recoveries` (`customer_key`);--> statement-breakpoint
CREATE INDEX `recoveries_of_webhook` ON `recoveries` (`webhook_key`);--> statement-breakpoint
CREATE INDEX `recoveries_running` ON `recoveries` (`key`) WHERE "recoveries"."state" = 'running';--> statement-breakpoint
CREATE INDEX `recoveries_ended` ON `recoveries` (`ended_at`) WHERE "recoveries"."ended_at" is not null;--> statement-breakpoint
ALTER TABLE `deliveries` ADD `recovery_key` integer;--> statement-breakpoint
ALTER TABLE `deliveries` ADD `attempts_before` integer;--> statement-breakpoint
CREATE INDEX `deliveries_recovered` ON `deliveries` (`recovery_key`) WHERE "deliveries"."recovery_key" is not null;