import type { Store } from "@/db/store";
import { createCustomerFeed, type Follower } from "./customer-feed";
import { watchCustomers } from "./customer-watch";
import { createPace } from "./pace";

export type { Follower };

/**
 * What changes of deliveries, for everybody in this process who follows it. However many follow, a commit is
 * answered by one question of who has changed, and by one look at each customer who has.
 */
export type ChangeFeed = {
  /** Begins to follow a customer. What is followed must be left. */
  follow(customerId: string): Follower & { leave(): void };
};

export function createChangeFeed(store: Store): ChangeFeed {
  const watch = watchCustomers(store);
  const inPace = createPace();
  const feeds = new Map<string, ReturnType<typeof createCustomerFeed> & { followers: number }>();

  return {
    follow(customerId) {
      const feed = feeds.get(customerId) ?? {
        ...createCustomerFeed(store, customerId, inPace),
        followers: 0,
      };
      feeds.set(customerId, feed);
      if (feed.followers === 0) watch.begin(customerId, feed.alarm);
      feed.followers += 1;
      let isFollowing = true;
      return {
        next: feed.next,
        leave() {
          if (!isFollowing) return;
          isFollowing = false;
          feed.followers -= 1;
          if (feed.followers > 0) return;
          feeds.delete(customerId);
          watch.end(customerId);
        },
      };
    },
  };
}
