ALTER TABLE `dead_letter` ADD `event_type` text DEFAULT '' NOT NULL;--> statement-breakpoint
ALTER TABLE `dead_letter` ADD `dropped_at` text;--> statement-breakpoint
ALTER TABLE `dead_letter` ADD `dropped_by` text;--> statement-breakpoint
ALTER TABLE `dead_letter` ADD `drop_reason` text;--> statement-breakpoint
UPDATE `dead_letter` SET `event_type` = json_extract(`event`, '$.type') WHERE CASE WHEN json_valid(`event`) THEN json_type(`event`, '$.type') = 'text' END;
