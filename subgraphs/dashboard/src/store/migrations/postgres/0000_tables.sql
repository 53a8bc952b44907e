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
CREATE TABLE "customer_info" (
	"customer_id" text COLLATE "C" PRIMARY KEY NOT NULL,
	"flight_count" bigint NOT NULL,
	"recent_reserve_date" text COLLATE "C",
	"canceled_count" bigint NOT NULL,
	"updated_at" text COLLATE "C" NOT NULL
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
CREATE TABLE "saga_step" (
	"id" text COLLATE "C" PRIMARY KEY NOT NULL,
	"reservation_id" text COLLATE "C" NOT NULL,
	"event" text COLLATE "C" NOT NULL,
	"service" text COLLATE "C" NOT NULL,
	"at" text COLLATE "C" NOT NULL,
	"detail" text COLLATE "C"
);
--> statement-breakpoint
CREATE UNIQUE INDEX "outbox_seq" ON "outbox" USING btree ("seq") WHERE "outbox"."seq" is not null;--> statement-breakpoint
CREATE INDEX "outbox_waiting" ON "outbox" USING btree ("id") WHERE "outbox"."seq" is null;--> statement-breakpoint
CREATE INDEX "saga_step_reservation_id" ON "saga_step" USING btree ("reservation_id");