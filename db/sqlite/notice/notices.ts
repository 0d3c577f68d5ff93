import type { NoticeStore } from "../../store";
import type { Connection } from "../connection/connection";
import { choiceVerbs } from "./choices";
import { digestVerbs } from "./digests";
import { passOnVerbs } from "./pass-on";

/** What customers are told of their webhooks: from what happened to what is sent. */
export function noticeVerbs(connection: Connection): NoticeStore {
  return { ...passOnVerbs(connection), ...choiceVerbs(connection), ...digestVerbs(connection) };
}
