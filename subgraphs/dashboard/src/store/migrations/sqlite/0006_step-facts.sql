ALTER TABLE `saga_step` ADD `seat_qty` integer;--> statement-breakpoint
ALTER TABLE `saga_step` ADD `amount` integer;--> statement-breakpoint
ALTER TABLE `saga_step` ADD `currency` text;--> statement-breakpoint
ALTER TABLE `saga_step` ADD `reason` text;--> statement-breakpoint
ALTER TABLE `saga_step` ADD `trace_id` text;--> statement-breakpoint
-- What earlier releases stored as text alone; prices had no currency but this one.
UPDATE saga_step SET
  seat_qty = CASE WHEN event IN ('ReservationPlaced', 'RemainingSeatsDecreased', 'RemainingSeatsIncreased') THEN nullif(CAST(detail AS INTEGER), 0) END,
  amount = CASE
    WHEN event = 'RemainingSeatsDecreased' THEN CAST(detail AS INTEGER) * CAST(substr(detail, instr(detail, ' at ') + 4) AS INTEGER)
    WHEN event IN ('Paid', 'PaymentDeclined', 'PaymentRefunded') THEN CAST(detail AS INTEGER)
  END,
  currency = CASE WHEN event IN ('RemainingSeatsDecreased', 'Paid', 'PaymentDeclined', 'PaymentRefunded') THEN 'KRW' END,
  reason = CASE WHEN event IN ('SeatsSoldOut', 'ReservationCanceled') THEN detail END
WHERE detail IS NOT NULL;
