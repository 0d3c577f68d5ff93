import { contentDigest } from "../event/json";

/** What a subscription is, and what never changes of one: another of these is another subscription. */
export type Identity = {
  /** Who subscribes: the id of a key. */
  principal: string;
  url: string;
  /** The event's. */
  name: string;
  arguments: Record<string, unknown>;
};

/** The id of a subscription: the same for the same identity, whatever the order of its arguments. */
export function subscriptionId({ principal, url, name, arguments: asked }: Identity): string {
  return `sub_${contentDigest({ arguments: asked, name, principal, url }).slice(0, 32)}`;
}
