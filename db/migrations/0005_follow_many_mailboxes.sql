CREATE TABLE "account_day" (
	"account_id" text NOT NULL,
	"day" date NOT NULL,
	"messages" integer DEFAULT 0 NOT NULL,
	"bytes" bigint DEFAULT 0 NOT NULL,
	CONSTRAINT "account_day_account_id_day_pk" PRIMARY KEY("account_id","day")
);
--> statement-breakpoint
CREATE TABLE "account_token" (
	"account_id" text PRIMARY KEY NOT NULL,
	"refresh" "bytea",
	"access" "bytea",
	"expires_at" timestamp (3) with time zone,
	"updated_at" timestamp (3) with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "audit" (
	"id" text PRIMARY KEY NOT NULL,
	"account_id" text NOT NULL,
	"state" text DEFAULT 'running' NOT NULL,
	"reason" text,
	"started_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"finished_at" timestamp (3) with time zone,
	"listed" integer DEFAULT 0 NOT NULL,
	"processed" integer DEFAULT 0 NOT NULL,
	"unfinished" integer DEFAULT 0 NOT NULL,
	"skipped" integer DEFAULT 0 NOT NULL,
	"quarantined" integer DEFAULT 0 NOT NULL,
	"deleted" integer DEFAULT 0 NOT NULL,
	"pending" integer DEFAULT 0 NOT NULL,
	"missing" integer DEFAULT 0 NOT NULL,
	"healed" integer DEFAULT 0 NOT NULL,
	"gone" integer DEFAULT 0 NOT NULL
);
--> statement-breakpoint
CREATE TABLE "audit_entry" (
	"audit_id" text NOT NULL,
	"provider_key" text NOT NULL,
	"label" text NOT NULL,
	"received_at" timestamp (3) with time zone,
	"passed" boolean NOT NULL,
	"fate" text,
	"reason" text,
	"message_id" text,
	CONSTRAINT "audit_entry_audit_id_provider_key_pk" PRIMARY KEY("audit_id","provider_key")
);
--> statement-breakpoint
CREATE TABLE "message_alias" (
	"account_id" text NOT NULL,
	"provider_key" text NOT NULL,
	"message_id" text NOT NULL,
	"why" text NOT NULL,
	CONSTRAINT "message_alias_account_id_provider_key_pk" PRIMARY KEY("account_id","provider_key")
);
--> statement-breakpoint
CREATE TABLE "oauth_flow" (
	"state_hash" text PRIMARY KEY NOT NULL,
	"account_id" text NOT NULL,
	"verifier" "bytea" NOT NULL,
	"redirect_uri" text NOT NULL,
	"expires_at" timestamp (3) with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "push_subscription" (
	"account_id" text PRIMARY KEY NOT NULL,
	"provider_id" text,
	"client_state" "bytea" NOT NULL,
	"expires_at" timestamp (3) with time zone,
	"renewed_at" timestamp (3) with time zone,
	"last_error" text
);
--> statement-breakpoint
CREATE TABLE "tombstone" (
	"account_id" text NOT NULL,
	"provider_key" text NOT NULL,
	"content_hash" text NOT NULL,
	"by" text NOT NULL,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "tombstone_account_id_provider_key_pk" PRIMARY KEY("account_id","provider_key")
);
--> statement-breakpoint
CREATE TABLE "webhook_receipt" (
	"hash" text PRIMARY KEY NOT NULL,
	"received_at" timestamp (3) with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
ALTER TABLE "account" ADD COLUMN "graph" jsonb;--> statement-breakpoint
ALTER TABLE "account" ADD COLUMN "gmail" jsonb;--> statement-breakpoint
ALTER TABLE "account" ADD COLUMN "files" jsonb;--> statement-breakpoint
ALTER TABLE "account" ADD COLUMN "oauth" jsonb;--> statement-breakpoint
ALTER TABLE "account" ADD COLUMN "write_back" jsonb;--> statement-breakpoint
ALTER TABLE "account" ADD COLUMN "limits" jsonb;--> statement-breakpoint
ALTER TABLE "account" ADD COLUMN "push" boolean DEFAULT true NOT NULL;--> statement-breakpoint
ALTER TABLE "account" ADD COLUMN "failures" integer DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE "account" ADD COLUMN "last_synced_at" timestamp (3) with time zone;--> statement-breakpoint
ALTER TABLE "message" ADD COLUMN "gone_at" timestamp (3) with time zone;--> statement-breakpoint
ALTER TABLE "account_day" ADD CONSTRAINT "account_day_account_id_account_id_fk" FOREIGN KEY ("account_id") REFERENCES "public"."account"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "account_token" ADD CONSTRAINT "account_token_account_id_account_id_fk" FOREIGN KEY ("account_id") REFERENCES "public"."account"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "audit" ADD CONSTRAINT "audit_account_id_account_id_fk" FOREIGN KEY ("account_id") REFERENCES "public"."account"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "audit_entry" ADD CONSTRAINT "audit_entry_audit_id_audit_id_fk" FOREIGN KEY ("audit_id") REFERENCES "public"."audit"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "message_alias" ADD CONSTRAINT "message_alias_account_id_account_id_fk" FOREIGN KEY ("account_id") REFERENCES "public"."account"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "message_alias" ADD CONSTRAINT "message_alias_message_id_message_id_fk" FOREIGN KEY ("message_id") REFERENCES "public"."message"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "oauth_flow" ADD CONSTRAINT "oauth_flow_account_id_account_id_fk" FOREIGN KEY ("account_id") REFERENCES "public"."account"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "push_subscription" ADD CONSTRAINT "push_subscription_account_id_account_id_fk" FOREIGN KEY ("account_id") REFERENCES "public"."account"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "tombstone" ADD CONSTRAINT "tombstone_account_id_account_id_fk" FOREIGN KEY ("account_id") REFERENCES "public"."account"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "audit_account_started" ON "audit" USING btree ("account_id","started_at" DESC NULLS LAST);--> statement-breakpoint
CREATE INDEX "audit_entry_fate" ON "audit_entry" USING btree ("audit_id","fate");--> statement-breakpoint
CREATE INDEX "message_alias_message" ON "message_alias" USING btree ("message_id");--> statement-breakpoint
CREATE INDEX "oauth_flow_expires" ON "oauth_flow" USING btree ("expires_at");--> statement-breakpoint
CREATE INDEX "push_subscription_expires" ON "push_subscription" USING btree ("expires_at");--> statement-breakpoint
CREATE INDEX "tombstone_content" ON "tombstone" USING btree ("account_id","content_hash");--> statement-breakpoint
CREATE INDEX "webhook_receipt_received" ON "webhook_receipt" USING btree ("received_at");--> statement-breakpoint
CREATE INDEX "quarantine_item" ON "quarantine" USING btree ("account_id","provider_key");