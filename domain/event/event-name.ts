/** `X-Event-Name` of a type. */
export const eventName = (type: string) => type.toUpperCase().replace(".", "_");
