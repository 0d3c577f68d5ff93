/** How both axes of every chart look. */
export const axis = { tickLine: false, axisLine: false, tick: { fill: "var(--faint)", fontSize: 12 } };
