CREATE TABLE `erasure` (
	`customer_id` text PRIMARY KEY NOT NULL,
	`erased_at` text NOT NULL,
	`reason` text NOT NULL
) WITHOUT ROWID;
