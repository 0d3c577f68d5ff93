CREATE TABLE `former_webhooks` (
	`customer_key` integer PRIMARY KEY NOT NULL,
	`pending` integer DEFAULT 0 NOT NULL,
	`matched` integer DEFAULT 0 NOT NULL,
	`missed` integer DEFAULT 0 NOT NULL,
	`delivered` integer DEFAULT 0 NOT NULL,
	`failed` integer DEFAULT 0 NOT NULL,
	`cancelled` integer DEFAULT 0 NOT NULL,
	`pruned_missed` integer DEFAULT 0 NOT NULL,
	`pruned_delivered` integer DEFAULT 0 NOT NULL,
	`pruned_failed` integer DEFAULT 0 NOT NULL,
	`pruned_cancelled` integer DEFAULT 0 NOT NULL,
	FOREIGN KEY (`customer_key`) REFERENCES `customers`(`key`) ON UPDATE no action ON DELETE cascade
);
--> statement-breakpoint
ALTER TABLE `webhook_queue` ADD `matched` integer DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE `webhook_queue` ADD `missed` integer DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE `webhook_queue` ADD `delivered` integer DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE `webhook_queue` ADD `failed` integer DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE `webhook_queue` ADD `cancelled` integer DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE `webhook_queue` ADD `pruned_missed` integer DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE `webhook_queue` ADD `pruned_delivered` integer DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE `webhook_queue` ADD `pruned_failed` integer DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE `webhook_queue` ADD `pruned_cancelled` integer DEFAULT 0 NOT NULL;
--> statement-breakpoint
UPDATE `webhook_queue` SET `delivered` = c.`delivered`, `failed` = c.`failed`, `cancelled` = c.`cancelled`
FROM (
	SELECT `webhook_key`, sum(`status` = 'delivered') AS `delivered`, sum(`status` = 'failed') AS `failed`,
		sum(`status` = 'cancelled') AS `cancelled`
	FROM `deliveries` WHERE `is_test` = 0 GROUP BY `webhook_key`
) c WHERE c.`webhook_key` = `webhook_queue`.`webhook_key`;--> statement-breakpoint
UPDATE `webhook_queue` SET `missed` = c.`missed`
FROM (
	SELECT s.`value` ->> 0 AS `webhook_key`, count(*) AS `missed`
	FROM `events` e JOIN json_each(e.`skipped`) s WHERE s.`value` ->> 1 = 'inactive' GROUP BY 1
) c WHERE c.`webhook_key` = `webhook_queue`.`webhook_key`;--> statement-breakpoint
UPDATE `webhook_queue` SET `matched` = `pending` + `delivered` + `failed` + `cancelled` + `missed`;--> statement-breakpoint
INSERT INTO `former_webhooks` (`customer_key`, `pending`, `delivered`, `failed`, `cancelled`)
SELECT w.`customer_key`, coalesce(sum(d.`status` = 'pending'), 0), coalesce(sum(d.`status` = 'delivered'), 0),
	coalesce(sum(d.`status` = 'failed'), 0), coalesce(sum(d.`status` = 'cancelled'), 0)
FROM `webhooks` w LEFT JOIN `deliveries` d ON d.`webhook_key` = w.`key` AND d.`is_test` = 0
WHERE w.`deleted_at` IS NOT NULL GROUP BY w.`customer_key`;--> statement-breakpoint
INSERT INTO `former_webhooks` (`customer_key`, `missed`)
SELECT e.`customer_key`, count(*) FROM `events` e JOIN json_each(e.`skipped`) s
WHERE s.`value` ->> 1 = 'inactive'
	AND NOT EXISTS (SELECT 1 FROM `webhook_queue` q WHERE q.`webhook_key` = s.`value` ->> 0)
GROUP BY e.`customer_key`
ON CONFLICT (`customer_key`) DO UPDATE SET `missed` = excluded.`missed`;--> statement-breakpoint
UPDATE `former_webhooks` SET `matched` = `pending` + `delivered` + `failed` + `cancelled` + `missed`;
