-- destructive: rewrites the values of saga_step.id to <event>/<reservationId>
ALTER TABLE `saga_step` ADD `customer_id` text;--> statement-breakpoint
ALTER TABLE `saga_step` ADD `reserve_date` text;--> statement-breakpoint
CREATE INDEX `saga_step_customer_id` ON `saga_step` (`customer_id`) WHERE "saga_step"."customer_id" is not null;--> statement-breakpoint
-- A step's key was the id of its event. Each reservation has each event once; should one have two, the first stays.
DELETE FROM saga_step WHERE EXISTS (SELECT 1 FROM saga_step AS one WHERE one.reservation_id = saga_step.reservation_id AND one.event = saga_step.event AND one.id < saga_step.id);--> statement-breakpoint
UPDATE saga_step SET id = event || '/' || reservation_id;
