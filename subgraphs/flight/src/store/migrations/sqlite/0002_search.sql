DROP INDEX `flight_flight_code`;--> statement-breakpoint
DROP INDEX `flight_takeoff_date`;--> statement-breakpoint
CREATE INDEX `flight_code_id` ON `flight` (upper("flight_code"),`id`);--> statement-breakpoint
CREATE INDEX `flight_takeoff_date_id` ON `flight` (`takeoff_date`,`id`);--> statement-breakpoint
CREATE INDEX `flight_cost_id` ON `flight` (`cost`,`id`);