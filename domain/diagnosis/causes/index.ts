import type { Cause } from "../cause";
import { certificates } from "./certificates";
import { clientCertificate } from "./client-certificate";
import { closed } from "./closed";
import { connection } from "./connection";
import { histories } from "./histories";
import { ours } from "./ours";
import { redirects } from "./redirects";
import { rotations } from "./rotations";
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
  ...statuses,
];
