import * as address from "@/domain/network/address";
import type { CallHeaders } from "@/server/http/call";

/** The header in which the HTTP front names the true client, whatever the client claims. */
const clientHeader = "x-fanfare-client";

/** The network that a request comes from, as a key for counting. */
export const networkOf = (headers: CallHeaders): string => address.networkOf(headers.get(clientHeader) ?? "");
