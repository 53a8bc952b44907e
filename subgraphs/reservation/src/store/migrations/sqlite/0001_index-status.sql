DROP INDEX `reservation_placed_at`;--> statement-breakpoint
CREATE INDEX `reservation_status_id` ON `reservation` (`status`,`id`);--> statement-breakpoint
CREATE INDEX `reservation_status_placed_at` ON `reservation` (`status`,`placed_at`) WHERE "reservation"."status" in ('PENDING');