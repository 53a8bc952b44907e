CREATE TABLE "dead_letter" (
	"id" text COLLATE "C" PRIMARY KEY NOT NULL,
	"consumer" text COLLATE "C" NOT NULL,
	"stream" text COLLATE "C" NOT NULL,
	"seq" bigint NOT NULL,
	"event" text COLLATE "C" NOT NULL,
	"error" text COLLATE "C" NOT NULL,
	"deliveries" bigint NOT NULL,
	"died_at" text COLLATE "C" NOT NULL,
	"replay_asked_at" text COLLATE "C"
);
--> statement-breakpoint
CREATE TABLE "flight" (
	"id" text COLLATE "C" PRIMARY KEY NOT NULL,
	"flight_code" text COLLATE "C" NOT NULL,
	"takeoff_date" text COLLATE "C" NOT NULL,
	"cost" bigint NOT NULL,
	"capacity" bigint NOT NULL,
	"remaining_seats_count" bigint NOT NULL
);
--> statement-breakpoint
CREATE TABLE "seat_hold" (
	"reservation_id" text COLLATE "C" PRIMARY KEY NOT NULL,
	"flight_id" text COLLATE "C" NOT NULL,
	"seat_qty" bigint NOT NULL,
	"cost" bigint NOT NULL,
	"status" text COLLATE "C" NOT NULL
);
--> statement-breakpoint
CREATE TABLE "inbox" (
	"consumer" text COLLATE "C" NOT NULL,
	"event_id" text COLLATE "C" NOT NULL,
	CONSTRAINT "inbox_consumer_event_id_pk" PRIMARY KEY("consumer","event_id")
);
--> statement-breakpoint
CREATE TABLE "log_position" (
	"reader" text COLLATE "C" PRIMARY KEY NOT NULL,
	"seq" bigint NOT NULL,
	"starts" bigint DEFAULT 0 NOT NULL
);
--> statement-breakpoint
CREATE TABLE "outbox" (
	"id" bigint GENERATED ALWAYS AS IDENTITY (sequence name "outbox_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"seq" bigint,
	"event" text COLLATE "C" NOT NULL,
	"created_at" text COLLATE "C" NOT NULL
);
--> statement-breakpoint
CREATE INDEX "flight_flight_code" ON "flight" USING btree ("flight_code");--> statement-breakpoint
CREATE INDEX "flight_takeoff_date" ON "flight" USING btree ("takeoff_date");--> statement-breakpoint
CREATE UNIQUE INDEX "outbox_seq" ON "outbox" USING btree ("seq") WHERE "outbox"."seq" is not null;--> statement-breakpoint
CREATE INDEX "outbox_waiting" ON "outbox" USING btree ("id") WHERE "outbox"."seq" is null;