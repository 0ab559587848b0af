CREATE TABLE "account" (
	"id" text PRIMARY KEY NOT NULL,
	"kind" text NOT NULL,
	"name" text NOT NULL,
	"address" text NOT NULL,
	"mode" text NOT NULL,
	"state" text DEFAULT 'active' NOT NULL,
	"state_reason" text,
	"pull_every_seconds" integer DEFAULT 60 NOT NULL,
	"imap" jsonb,
	"secret" "bytea",
	"model_sees_pii" boolean DEFAULT false NOT NULL,
	"last_pull_at" timestamp (3) with time zone,
	"last_pull_error" text,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "account_mode" CHECK ("account"."mode" in ('manual', 'auto', 'hybrid')),
	CONSTRAINT "account_pull_every" CHECK ("account"."pull_every_seconds" between 10 and 86400)
);
--> statement-breakpoint
CREATE TABLE "analysis" (
	"message_id" text PRIMARY KEY NOT NULL,
	"provenance" jsonb NOT NULL,
	"classification" jsonb NOT NULL,
	"priority" jsonb NOT NULL,
	"summary" jsonb NOT NULL,
	"findings" jsonb NOT NULL,
	"updated_at" timestamp (3) with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "batch" (
	"id" text PRIMARY KEY NOT NULL,
	"account_id" text NOT NULL,
	"kind" text NOT NULL,
	"state" text DEFAULT 'running' NOT NULL,
	"reason" text,
	"origin" "bytea",
	"label" text NOT NULL,
	"max_concurrent_operations" integer NOT NULL,
	"priority" text,
	"cursor" text,
	"pages" integer DEFAULT 0 NOT NULL,
	"exhausted" boolean DEFAULT false NOT NULL,
	"expected" bigint,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"finished_at" timestamp (3) with time zone
);
--> statement-breakpoint
CREATE TABLE "batch_item" (
	"batch_id" text NOT NULL,
	"position" integer NOT NULL,
	"page" integer NOT NULL,
	"provider_key" text NOT NULL,
	"label" text NOT NULL,
	"outcome" text NOT NULL,
	"message_id" text,
	CONSTRAINT "batch_item_batch_id_position_pk" PRIMARY KEY("batch_id","position")
);
--> statement-breakpoint
CREATE TABLE "content_window" (
	"account_id" text NOT NULL,
	"content_hash" text NOT NULL,
	"message_id" text NOT NULL,
	"seen_at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "content_window_account_id_content_hash_pk" PRIMARY KEY("account_id","content_hash")
);
--> statement-breakpoint
CREATE TABLE "conversation_reference" (
	"account_id" text NOT NULL,
	"message_id_header" text NOT NULL,
	"conversation_id" text NOT NULL,
	CONSTRAINT "conversation_reference_account_id_message_id_header_pk" PRIMARY KEY("account_id","message_id_header")
);
--> statement-breakpoint
CREATE TABLE "delivery" (
	"id" text PRIMARY KEY NOT NULL,
	"draft_id" text NOT NULL,
	"message_id_header" text NOT NULL,
	"state" text NOT NULL,
	"attempts" integer DEFAULT 0 NOT NULL,
	"response" text,
	"settled_by" text,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp (3) with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "draft" (
	"id" text PRIMARY KEY NOT NULL,
	"message_id" text NOT NULL,
	"account_id" text NOT NULL,
	"state" text NOT NULL,
	"sender" jsonb NOT NULL,
	"recipients" jsonb NOT NULL,
	"cc" jsonb NOT NULL,
	"subject" text NOT NULL,
	"text" text NOT NULL,
	"in_reply_to" text,
	"references" jsonb NOT NULL,
	"hash" text NOT NULL,
	"automatic" boolean NOT NULL,
	"decided_by" text,
	"decided_at" timestamp (3) with time zone,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "learned_example" (
	"id" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "learned_example_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"account_id" text NOT NULL,
	"field" text NOT NULL,
	"key" text NOT NULL,
	"label" text NOT NULL,
	"case_key" text NOT NULL,
	"origin" text NOT NULL,
	"message_id" text,
	"grams" "bytea" NOT NULL,
	"taught_at" timestamp (3) with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "learned_model" (
	"account_id" text NOT NULL,
	"field" text NOT NULL,
	"version" text NOT NULL,
	"rows" integer NOT NULL,
	"figures" jsonb NOT NULL,
	"body" "bytea" NOT NULL,
	"trained_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "learned_model_account_id_field_pk" PRIMARY KEY("account_id","field")
);
--> statement-breakpoint
CREATE TABLE "mailbox_cursor" (
	"account_id" text PRIMARY KEY NOT NULL,
	"cursor" text NOT NULL,
	"updated_at" timestamp (3) with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "message" (
	"id" text PRIMARY KEY NOT NULL,
	"account_id" text NOT NULL,
	"provider_key" text NOT NULL,
	"source_sha256" text NOT NULL,
	"content_hash" text NOT NULL,
	"batch_id" text,
	"label" text NOT NULL,
	"size" integer NOT NULL,
	"state" text DEFAULT 'parked' NOT NULL,
	"stage" text,
	"outcome" text,
	"note" text,
	"parked_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"received_at" timestamp (3) with time zone NOT NULL,
	"settled_at" timestamp (3) with time zone,
	"subject" text DEFAULT '' NOT NULL,
	"from_name" text DEFAULT '' NOT NULL,
	"from_address" text DEFAULT '' NOT NULL,
	"message_id_header" text,
	"conversation_id" text,
	"language" text,
	"automatic" text,
	"attachment_count" integer DEFAULT 0 NOT NULL,
	"inline_answers" boolean DEFAULT false NOT NULL,
	"category" text,
	"confidence" double precision,
	"category_by" text,
	"priority" text,
	"priority_by" text,
	"summary_line" text
);
--> statement-breakpoint
CREATE TABLE "message_body" (
	"message_id" text PRIMARY KEY NOT NULL,
	"subject" text NOT NULL,
	"sender" text NOT NULL,
	"text" text NOT NULL,
	"visible_text" text NOT NULL,
	"html" text,
	"attachment_text" text DEFAULT '' NOT NULL,
	"details" jsonb NOT NULL,
	"search" "tsvector" GENERATED ALWAYS AS (setweight(to_tsvector('simple', left(subject, 2000)), 'A') || setweight(to_tsvector('simple', left(sender, 2000)), 'B') || setweight(to_tsvector('simple', left(visible_text, 50000)), 'C') || setweight(to_tsvector('simple', left(attachment_text, 50000)), 'D')) STORED
);
--> statement-breakpoint
CREATE TABLE "model_answer" (
	"key" text PRIMARY KEY NOT NULL,
	"sealed" "bytea" NOT NULL,
	"answered_at" timestamp (3) with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "partner_sync" (
	"message_id" text PRIMARY KEY NOT NULL,
	"external_key" text NOT NULL,
	"model" text NOT NULL,
	"partner_id" integer NOT NULL,
	"partner_created" boolean NOT NULL,
	"record_id" integer NOT NULL,
	"url" text NOT NULL,
	"synced_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "partner_sync_external_key_unique" UNIQUE("external_key")
);
--> statement-breakpoint
CREATE TABLE "quarantine" (
	"id" bigserial PRIMARY KEY NOT NULL,
	"account_id" text NOT NULL,
	"message_id" text,
	"batch_id" text,
	"provider_key" text,
	"label" text NOT NULL,
	"stage" text NOT NULL,
	"failure_type" text NOT NULL,
	"reason" text NOT NULL,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"resolved_at" timestamp (3) with time zone,
	"resolution" text
);
--> statement-breakpoint
CREATE TABLE "source" (
	"sha256" text PRIMARY KEY NOT NULL,
	"bytes" "bytea" NOT NULL,
	"size" integer NOT NULL,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "upload" (
	"batch_id" text NOT NULL,
	"position" integer NOT NULL,
	"label" text NOT NULL,
	"bytes" "bytea" NOT NULL,
	CONSTRAINT "upload_batch_id_position_pk" PRIMARY KEY("batch_id","position")
);
--> statement-breakpoint
ALTER TABLE "analysis" ADD CONSTRAINT "analysis_message_id_message_id_fk" FOREIGN KEY ("message_id") REFERENCES "public"."message"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "batch" ADD CONSTRAINT "batch_account_id_account_id_fk" FOREIGN KEY ("account_id") REFERENCES "public"."account"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "batch_item" ADD CONSTRAINT "batch_item_batch_id_batch_id_fk" FOREIGN KEY ("batch_id") REFERENCES "public"."batch"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "delivery" ADD CONSTRAINT "delivery_draft_id_draft_id_fk" FOREIGN KEY ("draft_id") REFERENCES "public"."draft"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "draft" ADD CONSTRAINT "draft_message_id_message_id_fk" FOREIGN KEY ("message_id") REFERENCES "public"."message"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "learned_example" ADD CONSTRAINT "learned_example_account_id_account_id_fk" FOREIGN KEY ("account_id") REFERENCES "public"."account"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "learned_example" ADD CONSTRAINT "learned_example_message_id_message_id_fk" FOREIGN KEY ("message_id") REFERENCES "public"."message"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "learned_model" ADD CONSTRAINT "learned_model_account_id_account_id_fk" FOREIGN KEY ("account_id") REFERENCES "public"."account"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "mailbox_cursor" ADD CONSTRAINT "mailbox_cursor_account_id_account_id_fk" FOREIGN KEY ("account_id") REFERENCES "public"."account"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "message" ADD CONSTRAINT "message_account_id_account_id_fk" FOREIGN KEY ("account_id") REFERENCES "public"."account"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "message" ADD CONSTRAINT "message_source_sha256_source_sha256_fk" FOREIGN KEY ("source_sha256") REFERENCES "public"."source"("sha256") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "message_body" ADD CONSTRAINT "message_body_message_id_message_id_fk" FOREIGN KEY ("message_id") REFERENCES "public"."message"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "partner_sync" ADD CONSTRAINT "partner_sync_message_id_message_id_fk" FOREIGN KEY ("message_id") REFERENCES "public"."message"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "quarantine" ADD CONSTRAINT "quarantine_account_id_account_id_fk" FOREIGN KEY ("account_id") REFERENCES "public"."account"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "upload" ADD CONSTRAINT "upload_batch_id_batch_id_fk" FOREIGN KEY ("batch_id") REFERENCES "public"."batch"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "batch_created" ON "batch" USING btree ("created_at" DESC NULLS LAST,"id" DESC NULLS LAST);--> statement-breakpoint
CREATE INDEX "batch_account_created" ON "batch" USING btree ("account_id","created_at" DESC NULLS LAST,"id" DESC NULLS LAST);--> statement-breakpoint
CREATE INDEX "batch_state" ON "batch" USING btree ("state");--> statement-breakpoint
CREATE INDEX "batch_item_page" ON "batch_item" USING btree ("batch_id","page");--> statement-breakpoint
CREATE INDEX "batch_item_outcome" ON "batch_item" USING btree ("batch_id","outcome");--> statement-breakpoint
CREATE INDEX "conversation_reference_conversation" ON "conversation_reference" USING btree ("conversation_id");--> statement-breakpoint
CREATE UNIQUE INDEX "delivery_draft" ON "delivery" USING btree ("draft_id");--> statement-breakpoint
CREATE UNIQUE INDEX "delivery_message_id_header" ON "delivery" USING btree ("message_id_header");--> statement-breakpoint
CREATE INDEX "delivery_state" ON "delivery" USING btree ("state");--> statement-breakpoint
CREATE UNIQUE INDEX "draft_message" ON "draft" USING btree ("message_id");--> statement-breakpoint
CREATE INDEX "draft_state_created" ON "draft" USING btree ("state","created_at");--> statement-breakpoint
CREATE UNIQUE INDEX "learned_example_key" ON "learned_example" USING btree ("account_id","field","key");--> statement-breakpoint
CREATE INDEX "learned_example_origin" ON "learned_example" USING btree ("account_id","origin","taught_at");--> statement-breakpoint
CREATE INDEX "learned_example_message" ON "learned_example" USING btree ("message_id");--> statement-breakpoint
CREATE UNIQUE INDEX "message_account_provider_key" ON "message" USING btree ("account_id","provider_key");--> statement-breakpoint
CREATE INDEX "message_received" ON "message" USING btree ("received_at" DESC NULLS LAST,"id" DESC NULLS LAST);--> statement-breakpoint
CREATE INDEX "message_account_received" ON "message" USING btree ("account_id","received_at" DESC NULLS LAST,"id" DESC NULLS LAST);--> statement-breakpoint
CREATE INDEX "message_category_received" ON "message" USING btree ("category","received_at" DESC NULLS LAST,"id" DESC NULLS LAST);--> statement-breakpoint
CREATE INDEX "message_priority_received" ON "message" USING btree ("priority","received_at" DESC NULLS LAST,"id" DESC NULLS LAST);--> statement-breakpoint
CREATE INDEX "message_state_received" ON "message" USING btree ("state","received_at" DESC NULLS LAST,"id" DESC NULLS LAST);--> statement-breakpoint
CREATE INDEX "message_outcome_received" ON "message" USING btree ("outcome","received_at" DESC NULLS LAST,"id" DESC NULLS LAST);--> statement-breakpoint
CREATE INDEX "message_conversation" ON "message" USING btree ("conversation_id","received_at");--> statement-breakpoint
CREATE INDEX "message_batch" ON "message" USING btree ("batch_id","state");--> statement-breakpoint
CREATE INDEX "message_parked" ON "message" USING btree ("account_id","parked_at") WHERE "message"."state" = 'parked';--> statement-breakpoint
CREATE INDEX "message_unfinished" ON "message" USING btree ("parked_at","id") WHERE "message"."state" in ('parked', 'running', 'awaiting-approval');--> statement-breakpoint
CREATE INDEX "message_settled" ON "message" USING btree ("settled_at");--> statement-breakpoint
CREATE INDEX "message_source" ON "message" USING btree ("source_sha256");--> statement-breakpoint
CREATE INDEX "message_body_search" ON "message_body" USING gin ("search") WITH (fastupdate=off);--> statement-breakpoint
CREATE INDEX "model_answer_answered_at" ON "model_answer" USING btree ("answered_at");--> statement-breakpoint
CREATE INDEX "quarantine_open" ON "quarantine" USING btree ("created_at" DESC NULLS LAST,"id" DESC NULLS LAST) WHERE "quarantine"."resolved_at" is null;--> statement-breakpoint
CREATE UNIQUE INDEX "quarantine_open_message" ON "quarantine" USING btree ("message_id") WHERE "quarantine"."resolved_at" is null;--> statement-breakpoint
CREATE UNIQUE INDEX "quarantine_open_item" ON "quarantine" USING btree ("account_id","provider_key") WHERE "quarantine"."resolved_at" is null and "quarantine"."message_id" is null;