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
CREATE TABLE `flight` (
	`id` text PRIMARY KEY NOT NULL,
	`flight_code` text NOT NULL,
	`takeoff_date` text NOT NULL,
	`cost` integer NOT NULL,
	`capacity` integer NOT NULL,
	`remaining_seats_count` integer NOT NULL
) WITHOUT ROWID;
--> statement-breakpoint
CREATE INDEX `flight_flight_code` ON `flight` (`flight_code`);--> statement-breakpoint
CREATE INDEX `flight_takeoff_date` ON `flight` (`takeoff_date`);--> statement-breakpoint
CREATE TABLE `seat_hold` (
	`reservation_id` text PRIMARY KEY NOT NULL,
	`flight_id` text NOT NULL,
	`seat_qty` integer NOT NULL,
	`cost` integer NOT NULL,
	`status` text NOT NULL
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
