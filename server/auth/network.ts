import * as address from "@/domain/network/address";
import type { CallHeaders } from "@/server/http/call";

/** The header in which the HTTP front names the true client, whatever the client claims. */
const clientHeader = "x-fanfare-client";

/** The address of the client; null where no front was. */
export const addressOf = (headers: CallHeaders): string | null => headers.get(clientHeader);

/** The network that a request comes from, as a key for counting. */
export const networkOf = (headers: CallHeaders): string => address.networkOf(addressOf(headers) ?? "");
