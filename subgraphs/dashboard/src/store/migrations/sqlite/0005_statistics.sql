CREATE TABLE `statistics_latency` (
	`id` text PRIMARY KEY NOT NULL,
	`count` integer NOT NULL
) WITHOUT ROWID;
--> statement-breakpoint
CREATE TABLE `reservation_outcome` (
	`reservation_id` text PRIMARY KEY NOT NULL,
	`status` text NOT NULL
) WITHOUT ROWID;
--> statement-breakpoint
CREATE TABLE `statistics_minute` (
	`id` text PRIMARY KEY NOT NULL,
	`count` integer NOT NULL
) WITHOUT ROWID;
--> statement-breakpoint
CREATE TABLE `statistics_total` (
	`id` text PRIMARY KEY NOT NULL,
	`placed` integer NOT NULL,
	`succeeded` integer NOT NULL,
	`canceled` integer NOT NULL
) WITHOUT ROWID;
--> statement-breakpoint
ALTER TABLE `saga_step` ADD `statistics` text DEFAULT 'DUE' NOT NULL;--> statement-breakpoint
CREATE INDEX `saga_step_event_id` ON `saga_step` (`event`,`id`) WHERE "saga_step"."statistics" in ('DUE');