ALTER TABLE `webhooks` ADD `listener_name` text;--> statement-breakpoint
ALTER TABLE `webhooks` ADD `listener_session` text;--> statement-breakpoint
ALTER TABLE `webhooks` ADD `listener_forwards_to` text;--> statement-breakpoint
ALTER TABLE `webhooks` ADD `listener_heard_at` integer;--> statement-breakpoint
CREATE INDEX `webhooks_listening` ON `webhooks` (`listener_heard_at`) WHERE "webhooks"."listener_heard_at" is not null;