ALTER TABLE "audit_entry" ADD COLUMN "size" integer;--> statement-breakpoint
ALTER TABLE "audit_entry" ADD COLUMN "doubted" boolean;--> statement-breakpoint
ALTER TABLE "message_alias" ADD COLUMN "received_at" timestamp (3) with time zone;--> statement-breakpoint
ALTER TABLE "message_alias" ADD COLUMN "size" integer;--> statement-breakpoint
ALTER TABLE "tombstone" ADD COLUMN "received_at" timestamp (3) with time zone;--> statement-breakpoint
ALTER TABLE "tombstone" ADD COLUMN "size" integer;