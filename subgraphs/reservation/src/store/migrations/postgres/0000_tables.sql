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
CREATE TABLE "placement" (
	"id" text COLLATE "C" PRIMARY KEY NOT NULL,
	"reservation_id" text COLLATE "C" NOT NULL,
	"request" text COLLATE "C" NOT NULL
);
--> statement-breakpoint
CREATE TABLE "reservation" (
	"id" text COLLATE "C" PRIMARY KEY NOT NULL,
	"customer_id" text COLLATE "C" NOT NULL,
	"flight_id" text COLLATE "C" NOT NULL,
	"seat_qty" bigint NOT NULL,
	"reserve_date" text COLLATE "C" NOT NULL,
	"status" text COLLATE "C" NOT NULL,
	"cancel_reason" text COLLATE "C",
	"placed_at" text COLLATE "C" NOT NULL,
	"updated_at" text COLLATE "C" NOT NULL
);
--> statement-breakpoint
CREATE UNIQUE INDEX "outbox_seq" ON "outbox" USING btree ("seq") WHERE "outbox"."seq" is not null;--> statement-breakpoint
CREATE INDEX "outbox_waiting" ON "outbox" USING btree ("id") WHERE "outbox"."seq" is null;--> statement-breakpoint
CREATE INDEX "reservation_customer_id_id" ON "reservation" USING btree ("customer_id","id");--> statement-breakpoint
CREATE INDEX "reservation_flight_id_id" ON "reservation" USING btree ("flight_id","id");--> statement-breakpoint
CREATE INDEX "reservation_placed_at" ON "reservation" USING btree ("placed_at") WHERE "reservation"."status" in ('PENDING');