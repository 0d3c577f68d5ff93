import { expect, test } from "vitest";
import { createStreamPlaces, type Streaming } from "./stream-places";

/** Takes places until it is refused; answers how many, and what was full. */
function fill(places: ReturnType<typeof createStreamPlaces>, streaming: Streaming) {
  for (let taken = 0; ; taken += 1) {
    const place = places.take(streaming);
    if ("full" in place) return { taken, full: place.full };
  }
}

test("a key has 20 places, and a customer 100", () => {
  const places = createStreamPlaces();
  for (const caller of ["a", "b", "c", "d"]) {
    expect(fill(places, { customerId: "one", caller })).toEqual({ taken: 20, full: "caller" });
  }
  expect(fill(places, { customerId: "one", caller: null })).toEqual({ taken: 20, full: "customer" });
  expect(places.count()).toBe(100);
});

test("customers who take all they can leave places to others", () => {
  const places = createStreamPlaces();
  for (let n = 0; n < 30; n += 1) fill(places, { customerId: `customer ${n}`, caller: null });
  expect(places.take({ customerId: "another", caller: "a" })).toHaveProperty("giveBack");
});

test("a place is given back once", () => {
  const places = createStreamPlaces();
  const streaming = { customerId: "one", caller: "a" };
  const place = places.take(streaming);
  places.take(streaming);
  if ("giveBack" in place) for (let n = 0; n < 2; n += 1) place.giveBack();
  expect(places.count()).toBe(1);
});
