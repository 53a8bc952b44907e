DROP INDEX "reservation_placed_at";--> statement-breakpoint
CREATE INDEX "reservation_status_id" ON "reservation" USING btree ("status","id");--> statement-breakpoint
CREATE INDEX "reservation_status_placed_at" ON "reservation" USING btree ("status","placed_at") WHERE "reservation"."status" in ('PENDING');