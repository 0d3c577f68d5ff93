CREATE TABLE `search_segments` (
	`first_event` integer PRIMARY KEY NOT NULL,
	`last_event` integer NOT NULL,
	`customer_key` integer NOT NULL,
	FOREIGN KEY (`customer_key`) REFERENCES `customers`(`key`) ON UPDATE no action ON DELETE cascade
);
--> statement-breakpoint
CREATE INDEX `search_segments_of_customer` ON `search_segments` (`customer_key`,`first_event`);--> statement-breakpoint
CREATE INDEX `search_segments_last` ON `search_segments` (`last_event`);--> statement-breakpoint
CREATE TABLE `search_terms` (
	`segment` integer NOT NULL,
	`term` integer NOT NULL,
	`postings` blob NOT NULL,
	PRIMARY KEY(`segment`, `term`)
) WITHOUT ROWID;
