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
CREATE TABLE `placement` (
	`id` text PRIMARY KEY NOT NULL,
	`reservation_id` text NOT NULL,
	`request` text NOT NULL
) WITHOUT ROWID;
--> statement-breakpoint
CREATE TABLE `reservation` (
	`id` text PRIMARY KEY NOT NULL,
	`customer_id` text NOT NULL,
	`flight_id` text NOT NULL,
	`seat_qty` integer NOT NULL,
	`reserve_date` text NOT NULL,
	`status` text NOT NULL,
	`cancel_reason` text,
	`placed_at` text NOT NULL,
	`updated_at` text NOT NULL
) WITHOUT ROWID;
--> statement-breakpoint
CREATE INDEX `reservation_customer_id_id` ON `reservation` (`customer_id`,`id`);--> statement-breakpoint
CREATE INDEX `reservation_flight_id_id` ON `reservation` (`flight_id`,`id`);--> statement-breakpoint
CREATE INDEX `reservation_placed_at` ON `reservation` (`placed_at`) WHERE "reservation"."status" in ('PENDING');