DROP INDEX `deliveries_waiting`;--> statement-breakpoint
DROP INDEX `deliveries_untried`;--> statement-breakpoint
CREATE INDEX `deliveries_waiting` ON `deliveries` (`webhook_key`,`pending_since`) WHERE "deliveries"."status" = 'pending' and "deliveries"."is_test" = 0 and "deliveries"."attempts" > 0;--> statement-breakpoint
CREATE INDEX `deliveries_untried` ON `deliveries` (`webhook_key`,`pending_since`) WHERE "deliveries"."status" = 'pending' and "deliveries"."is_test" = 0 and "deliveries"."attempts" = 0;--> statement-breakpoint
ALTER TABLE `attempts` ADD `sent_by` text;--> statement-breakpoint
ALTER TABLE `attempts` ADD `signed_at` integer;