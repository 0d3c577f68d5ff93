ALTER TABLE `deliveries` ADD `signs_with` text;--> statement-breakpoint
ALTER TABLE `deliveries` ADD `refusal` text;--> statement-breakpoint
CREATE INDEX `deliveries_waiting` ON `deliveries` (`webhook_key`,`pending_since`) WHERE "deliveries"."status" = 'pending' and "deliveries"."is_test" = 0;--> statement-breakpoint
CREATE INDEX `deliveries_asked` ON `deliveries` (`webhook_key`,`due_at`) WHERE "deliveries"."status" = 'pending' and "deliveries"."is_asked_again" = 1;--> statement-breakpoint
CREATE INDEX `deliveries_untried` ON `deliveries` (`webhook_key`) WHERE "deliveries"."status" = 'pending' and "deliveries"."is_test" = 0 and "deliveries"."attempts" = 0;--> statement-breakpoint
CREATE INDEX `deliveries_tried` ON `deliveries` (`webhook_key`,`due_at`) WHERE "deliveries"."status" = 'pending' and "deliveries"."is_test" = 0 and "deliveries"."attempts" > 0 and "deliveries"."refusal" is null;--> statement-breakpoint
CREATE INDEX `deliveries_set_aside` ON `deliveries` (`webhook_key`,`due_at`) WHERE "deliveries"."status" = 'pending' and "deliveries"."refusal" is not null;--> statement-breakpoint
CREATE INDEX `deliveries_second` ON `deliveries` (`webhook_key`,`due_at`) WHERE "deliveries"."status" = 'pending' and "deliveries"."signs_with" is not null;--> statement-breakpoint
CREATE INDEX `deliveries_refused` ON `deliveries` (`webhook_key`,`refusal`) WHERE "deliveries"."status" = 'pending' and "deliveries"."refusal" is not null;--> statement-breakpoint
ALTER TABLE `webhook_queue` ADD `succeeded_at` integer;--> statement-breakpoint
ALTER TABLE `webhook_queue` ADD `probes_made` integer DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE `webhook_queue` ADD `is_probe_refused` integer DEFAULT false NOT NULL;--> statement-breakpoint
ALTER TABLE `webhooks` ADD `rotated_at` integer;--> statement-breakpoint
ALTER TABLE `webhooks` ADD `signs_with` text DEFAULT 'current' NOT NULL;--> statement-breakpoint
ALTER TABLE `webhooks` ADD `switched_at` integer;--> statement-breakpoint
ALTER TABLE `webhooks` ADD `paused_at` integer;--> statement-breakpoint
ALTER TABLE `webhooks` ADD `paused_until` integer;--> statement-breakpoint
CREATE INDEX `webhooks_paused` ON `webhooks` (`paused_until`) WHERE "webhooks"."paused_until" is not null;