CREATE TABLE "statistics_latency" (
	"id" text COLLATE "C" PRIMARY KEY NOT NULL,
	"count" bigint NOT NULL
);
--> statement-breakpoint
CREATE TABLE "reservation_outcome" (
	"reservation_id" text COLLATE "C" PRIMARY KEY NOT NULL,
	"status" text COLLATE "C" NOT NULL
);
--> statement-breakpoint
CREATE TABLE "statistics_minute" (
	"id" text COLLATE "C" PRIMARY KEY NOT NULL,
	"count" bigint NOT NULL
);
--> statement-breakpoint
CREATE TABLE "statistics_total" (
	"id" text COLLATE "C" PRIMARY KEY NOT NULL,
	"placed" bigint NOT NULL,
	"succeeded" bigint NOT NULL,
	"canceled" bigint NOT NULL
);
--> statement-breakpoint
ALTER TABLE "saga_step" ADD COLUMN "statistics" text COLLATE "C" DEFAULT 'DUE' NOT NULL;--> statement-breakpoint
CREATE INDEX "saga_step_event_id" ON "saga_step" USING btree ("event","id") WHERE "saga_step"."statistics" in ('DUE');