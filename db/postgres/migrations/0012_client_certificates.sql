ALTER TABLE "webhooks" ADD COLUMN "client_certificate" json;--> statement-breakpoint
ALTER TABLE "webhooks" ADD COLUMN "client_key" text;--> statement-breakpoint
ALTER TABLE "webhooks" ADD COLUMN "client_certificate_told" bigint;