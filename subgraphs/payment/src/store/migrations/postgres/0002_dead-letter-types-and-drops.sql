ALTER TABLE "dead_letter" ADD COLUMN "event_type" text COLLATE "C" DEFAULT '' NOT NULL;--> statement-breakpoint
ALTER TABLE "dead_letter" ADD COLUMN "dropped_at" text COLLATE "C";--> statement-breakpoint
ALTER TABLE "dead_letter" ADD COLUMN "dropped_by" text COLLATE "C";--> statement-breakpoint
ALTER TABLE "dead_letter" ADD COLUMN "drop_reason" text COLLATE "C";--> statement-breakpoint
UPDATE "dead_letter" SET "event_type" = coalesce(substring("event" from '"type":\s*"([^"\\]{1,100})"'), '');
