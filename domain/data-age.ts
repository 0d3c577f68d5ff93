/**
 * The header that says how old what a query answers is at most, in milliseconds. It comes while queries may be answered
 * by a replica; without it they are answered as of now.
 */
export const dataAgeHeader = "x-data-age-ms";
