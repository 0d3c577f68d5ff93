CREATE TABLE `notice_choices` (
	`user_id` text PRIMARY KEY NOT NULL,
	`customer_key` integer NOT NULL,
	`kinds` text NOT NULL,
	`address` text,
	`told_up_to` integer DEFAULT 0 NOT NULL,
	`due_at` integer,
	`lease` integer DEFAULT 0 NOT NULL,
	`sent_at` integer,
	`failures` integer DEFAULT 0 NOT NULL,
	`failing_since` integer,
	FOREIGN KEY (`user_id`) REFERENCES `members`(`user_id`) ON UPDATE no action ON DELETE cascade,
	FOREIGN KEY (`customer_key`) REFERENCES `customers`(`key`) ON UPDATE no action ON DELETE cascade
);
--> statement-breakpoint
CREATE INDEX `notice_choices_of_customer` ON `notice_choices` (`customer_key`);--> statement-breakpoint
CREATE INDEX `notice_choices_due` ON `notice_choices` (`due_at`) WHERE "notice_choices"."due_at" is not null;--> statement-breakpoint
CREATE TABLE `notices` (
	`key` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`customer_key` integer NOT NULL,
	`webhook_key` integer NOT NULL,
	`at` integer NOT NULL,
	`kind` text NOT NULL,
	`data` text NOT NULL,
	`passed` integer
);
--> statement-breakpoint
CREATE INDEX `notices_waiting` ON `notices` (`key`) WHERE "notices"."passed" is null;--> statement-breakpoint
CREATE INDEX `notices_of_customer` ON `notices` (`customer_key`,`passed`);--> statement-breakpoint
CREATE INDEX `notices_age` ON `notices` (`at`);