ALTER TABLE `attempts` ADD `sent_by` text;--> statement-breakpoint
ALTER TABLE `attempts` ADD `signed_at` integer;