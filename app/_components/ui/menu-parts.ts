import type { DropdownMenu } from "radix-ui";
import { createContext } from "react";

export type Parts = Pick<typeof DropdownMenu, "Item" | "Label" | "Separator">;

/** Radix's parts of a menu, which come with the first opening. */
export const MenuParts = createContext<Parts | null>(null);
