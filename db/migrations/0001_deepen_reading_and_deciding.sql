CREATE TABLE "account_taxonomy" (
	"account_id" text PRIMARY KEY NOT NULL,
	"yaml" text NOT NULL,
	"version" text NOT NULL,
	"changed_at" timestamp (3) with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "delivery_bounce" (
	"delivery_id" text NOT NULL,
	"message_id" text NOT NULL,
	"recipients" jsonb NOT NULL,
	"reported_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "delivery_bounce_delivery_id_message_id_pk" PRIMARY KEY("delivery_id","message_id")
);
--> statement-breakpoint
CREATE TABLE "model_spend" (
	"account_id" text NOT NULL,
	"day" date NOT NULL,
	"tokens" bigint DEFAULT 0 NOT NULL,
	"calls" integer DEFAULT 0 NOT NULL,
	"refused" integer DEFAULT 0 NOT NULL,
	CONSTRAINT "model_spend_account_id_day_pk" PRIMARY KEY("account_id","day")
);
--> statement-breakpoint
CREATE TABLE "sender_decision" (
	"message_id" text NOT NULL,
	"field" text NOT NULL,
	"account_id" text NOT NULL,
	"sender" text NOT NULL,
	"label" text NOT NULL,
	"decided_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "sender_decision_message_id_field_pk" PRIMARY KEY("message_id","field")
);
--> statement-breakpoint
DROP INDEX "message_body_search";--> statement-breakpoint
ALTER TABLE "account" ADD COLUMN "model_tokens_per_day" bigint;--> statement-breakpoint
ALTER TABLE "learned_example" ADD COLUMN "meaning" "bytea";--> statement-breakpoint
ALTER TABLE "message" ADD COLUMN "needs_person" text;--> statement-breakpoint
ALTER TABLE "account_taxonomy" ADD CONSTRAINT "account_taxonomy_account_id_account_id_fk" FOREIGN KEY ("account_id") REFERENCES "public"."account"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "delivery_bounce" ADD CONSTRAINT "delivery_bounce_delivery_id_delivery_id_fk" FOREIGN KEY ("delivery_id") REFERENCES "public"."delivery"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "delivery_bounce" ADD CONSTRAINT "delivery_bounce_message_id_message_id_fk" FOREIGN KEY ("message_id") REFERENCES "public"."message"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "model_spend" ADD CONSTRAINT "model_spend_account_id_account_id_fk" FOREIGN KEY ("account_id") REFERENCES "public"."account"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "sender_decision" ADD CONSTRAINT "sender_decision_message_id_message_id_fk" FOREIGN KEY ("message_id") REFERENCES "public"."message"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "sender_decision" ADD CONSTRAINT "sender_decision_account_id_account_id_fk" FOREIGN KEY ("account_id") REFERENCES "public"."account"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "delivery_bounce_message" ON "delivery_bounce" USING btree ("message_id");--> statement-breakpoint
CREATE INDEX "sender_decision_account" ON "sender_decision" USING btree ("account_id","decided_at");--> statement-breakpoint
CREATE INDEX "message_needs_person" ON "message" USING btree ("received_at" DESC NULLS LAST,"id" DESC NULLS LAST) WHERE "message"."needs_person" is not null;--> statement-breakpoint
CREATE INDEX "message_body_search" ON "message_body" USING gin ("search") WITH (gin_pending_list_limit=512);