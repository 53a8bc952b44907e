DROP INDEX `payment_status`;--> statement-breakpoint
CREATE INDEX `payment_status_id` ON `payment` (`status`,`id`);