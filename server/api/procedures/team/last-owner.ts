import { conflict } from "@/domain/errors";

export const lastOwner = () =>
  conflict("last_owner", "This is the last owner. Make somebody else an owner first.");
