CREATE TABLE `account` (
	`id` text PRIMARY KEY NOT NULL,
	`owner` text NOT NULL,
	`balance` integer NOT NULL,
	`note` text
) WITHOUT ROWID;
--> statement-breakpoint
CREATE INDEX `account_owner` ON `account` (`owner`);--> statement-breakpoint
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
CREATE TABLE `transfer` (
	`id` text PRIMARY KEY NOT NULL,
	`account_id` text NOT NULL,
	`amount` integer NOT NULL
) WITHOUT ROWID;
--> statement-breakpoint
CREATE INDEX `transfer_account_id` ON `transfer` (`account_id`);