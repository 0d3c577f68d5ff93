CREATE TABLE `webhook_creations` (
	`customer_key` integer NOT NULL,
	`idempotency_key` text NOT NULL,
	`digest` text NOT NULL,
	`webhook_id` text NOT NULL,
	`created_at` integer NOT NULL,
	PRIMARY KEY(`customer_key`, `idempotency_key`),
	FOREIGN KEY (`customer_key`) REFERENCES `customers`(`key`) ON UPDATE no action ON DELETE cascade
);
--> statement-breakpoint
CREATE INDEX `webhook_creations_age` ON `webhook_creations` (`created_at`);