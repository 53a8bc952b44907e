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
CREATE TABLE `customer_info` (
	`customer_id` text PRIMARY KEY NOT NULL,
	`flight_count` integer NOT NULL,
	`recent_reserve_date` text,
	`canceled_count` integer NOT NULL,
	`updated_at` text NOT NULL
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
CREATE TABLE `saga_step` (
	`id` text PRIMARY KEY NOT NULL,
	`reservation_id` text NOT NULL,
	`event` text NOT NULL,
	`service` text NOT NULL,
	`at` text NOT NULL,
	`detail` text
) WITHOUT ROWID;
--> statement-breakpoint
CREATE INDEX `saga_step_reservation_id` ON `saga_step` (`reservation_id`);