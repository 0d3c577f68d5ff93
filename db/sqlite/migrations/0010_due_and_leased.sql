DROP INDEX `deliveries_untried`;--> statement-breakpoint
DROP INDEX `deliveries_due`;--> statement-breakpoint
DROP INDEX `deliveries_leased`;--> statement-breakpoint
CREATE INDEX `deliveries_due` ON `deliveries` (`webhook_key`,("attempts" > 0),`due_at`) WHERE "deliveries"."status" = 'pending' and "deliveries"."is_test" = 0 and "deliveries"."leased_by" is null;--> statement-breakpoint
CREATE INDEX `deliveries_leased` ON `deliveries` (`webhook_key`,`due_at`) WHERE "deliveries"."leased_by" is not null;