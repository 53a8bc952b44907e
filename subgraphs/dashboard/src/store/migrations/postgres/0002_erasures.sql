CREATE TABLE "erasure" (
	"customer_id" text COLLATE "C" PRIMARY KEY NOT NULL,
	"erased_at" text COLLATE "C" NOT NULL,
	"reason" text COLLATE "C" NOT NULL
);
