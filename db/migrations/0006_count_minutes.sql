ALTER TABLE "account_day" ADD COLUMN "minute" timestamp (3) with time zone;--> statement-breakpoint
ALTER TABLE "account_day" ADD COLUMN "minute_messages" integer DEFAULT 0 NOT NULL;