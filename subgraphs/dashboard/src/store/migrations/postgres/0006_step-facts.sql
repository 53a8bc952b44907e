ALTER TABLE "saga_step" ADD COLUMN "seat_qty" bigint;--> statement-breakpoint
ALTER TABLE "saga_step" ADD COLUMN "amount" bigint;--> statement-breakpoint
ALTER TABLE "saga_step" ADD COLUMN "currency" text COLLATE "C";--> statement-breakpoint
ALTER TABLE "saga_step" ADD COLUMN "reason" text COLLATE "C";--> statement-breakpoint
ALTER TABLE "saga_step" ADD COLUMN "trace_id" text COLLATE "C";--> statement-breakpoint
-- What earlier releases stored as text alone; prices had no currency but this one.
UPDATE saga_step SET
  seat_qty = CASE WHEN event IN ('ReservationPlaced', 'RemainingSeatsDecreased', 'RemainingSeatsIncreased') THEN CAST(substring(detail from '^[0-9]+') AS bigint) END,
  amount = CASE
    WHEN event = 'RemainingSeatsDecreased' THEN CAST(substring(detail from '^[0-9]+') AS bigint) * CAST(substring(detail from ' at ([0-9]+) each') AS bigint)
    WHEN event IN ('Paid', 'PaymentDeclined', 'PaymentRefunded') THEN CAST(substring(detail from '^[0-9]+') AS bigint)
  END,
  currency = CASE WHEN event IN ('RemainingSeatsDecreased', 'Paid', 'PaymentDeclined', 'PaymentRefunded') THEN 'KRW' END,
  reason = CASE WHEN event IN ('SeatsSoldOut', 'ReservationCanceled') THEN detail END
WHERE detail IS NOT NULL;
