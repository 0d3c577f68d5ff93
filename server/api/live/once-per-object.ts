/** A function that answers the same for the same object, for as long as anybody has that. */
export function oncePerObject<Given extends object, Made>(
  make: (given: Given) => Made,
): (given: Given) => Made {
  const made = new WeakMap<Given, { made: Made }>();
  return (given) => {
    const known = made.get(given) ?? { made: make(given) };
    made.set(given, known);
    return known.made;
  };
}
