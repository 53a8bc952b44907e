CREATE TABLE `dead_letter` (
	`id` text PRIMARY KEY NOT NULL,
	`consumer` text NOT NULL,
	`stream` text NOT NULL,
	`seq` integer NOT NULL,
	`event` text NOT NULL,
	`error` text NOT NULL,
	`deliveries` integer NOT NULL,
	`died_at` text NOT NULL,
	`replay_asked_at` text
) WITHOUT ROWID;
--> statement-breakpoint
CREATE TABLE `inbox` (
	`consumer` text NOT NULL,
	`event_id` text NOT NULL,
	PRIMARY KEY(`consumer`, `event_id`)
) WITHOUT ROWID;
--> statement-breakpoint
CREATE TABLE `log_position` (
	`reader` text PRIMARY KEY NOT NULL,
	`seq` integer NOT NULL,
	`starts` integer DEFAULT 0 NOT NULL
) WITHOUT ROWID;
--> statement-breakpoint
CREATE TABLE `outbox` (
	`seq` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`event` text NOT NULL,
	`created_at` text NOT NULL
);
--> statement-breakpoint
CREATE TABLE `payment` (
	`reservation_id` text PRIMARY KEY NOT NULL,
	`id` text NOT NULL,
	`customer_id` text NOT NULL,
	`cost` integer NOT NULL,
	`status` text NOT NULL,
	`canceled` integer NOT NULL,
	`paid_at` text,
	`refunded_at` text,
	`updated_at` text NOT NULL
) WITHOUT ROWID;
--> statement-breakpoint
CREATE UNIQUE INDEX `payment_id` ON `payment` (`id`);--> statement-breakpoint
CREATE INDEX `payment_customer_id_id` ON `payment` (`customer_id`,`id`);--> statement-breakpoint
CREATE INDEX `payment_status` ON `payment` (`status`) WHERE "payment"."status" in ('PENDING', 'REFUNDING');