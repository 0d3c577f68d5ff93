import type { Cause } from "../cause";
import { access } from "./access";
import { certificates } from "./certificates";
import { clientCertificate } from "./client-certificate";
import { closed } from "./closed";
import { cloudflare } from "./cloudflare";
import { conflicts } from "./conflicts";
import { connection } from "./connection";
import { contents } from "./contents";
import { endpoints } from "./endpoints";
import { failures } from "./failures";
import { firewalls } from "./firewalls";
import { histories } from "./histories";
import { limits } from "./limits";
import { ours } from "./ours";
import { platforms } from "./platforms";
import { proxies } from "./proxies";
import { redirects } from "./redirects";
import { rotations } from "./rotations";
import { routes } from "./routes";
import { signatures } from "./signatures";
import { statuses } from "./statuses";
import { tls } from "./tls";

/**
 * Every cause that is known, in the order in which equals are told. A certain one that stands earlier beats those
 * behind it, so that what is exact stands before what a status alone means.
 */
export const causes: Cause[] = [
  ...ours,
  ...certificates,
  ...clientCertificate,
  ...rotations,
  ...histories,
  ...tls,
  ...closed,
  ...connection,
  ...redirects,
  ...endpoints,
  ...signatures,
  ...access,
  ...cloudflare,
  ...platforms,
  ...firewalls,
  ...conflicts,
  ...failures,
  ...limits,
  ...routes,
  ...contents,
  ...proxies,
  ...statuses,
];
