import type { Outputs } from "@/app/_trpc/client";

/** A delivery in a list: without request and response. */
export type Delivery = Outputs["deliveries"]["list"]["items"][number];

/** A delivery with all its attempts. */
export type FullDelivery = Outputs["deliveries"]["get"];

export type Attempt = FullDelivery["attempts"][number];
