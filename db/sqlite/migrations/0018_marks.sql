CREATE TABLE `marks` (
	`key` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`id` text NOT NULL,
	`customer_key` integer NOT NULL,
	`webhook_key` integer,
	`name` text NOT NULL,
	`url` text,
	`at` integer NOT NULL,
	`created_at` integer NOT NULL,
	FOREIGN KEY (`customer_key`) REFERENCES `customers`(`key`) ON UPDATE no action ON DELETE cascade,
	FOREIGN KEY (`webhook_key`) REFERENCES `webhooks`(`key`) ON UPDATE no action ON DELETE cascade
);
--> statement-breakpoint
CREATE UNIQUE INDEX `marks_id_unique` ON `marks` (`id`);--> statement-breakpoint
CREATE INDEX `marks_of_customer` ON `marks` (`customer_key`,`at`);--> statement-breakpoint
CREATE INDEX `marks_made` ON `marks` (`customer_key`,`created_at`);--> statement-breakpoint
CREATE INDEX `marks_of_webhook` ON `marks` (`webhook_key`);--> statement-breakpoint
CREATE INDEX `marks_age` ON `marks` (`at`);