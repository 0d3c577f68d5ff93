import { Braces } from "lucide-react";
import { trpc } from "@/app/_trpc/client";
import type { Command } from "./command";

/** Every event type, which leads to its entry in the catalogue. */
export function useTypeCommands(go: (href: string) => void): Command[] {
  const { data: types = [] } = trpc.eventTypes.list.useQuery({ include: "notices" });
  return types.map(({ type, description }) => ({
    id: `type ${type}`,
    group: "Event types",
    icon: Braces,
    title: "",
    code: type,
    note: description,
    isOnlyFound: true,
    run: () => go(`/dashboard/catalogue?q=${type}&type=${type}`),
  }));
}
