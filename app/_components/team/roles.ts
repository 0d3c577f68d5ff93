import type { Outputs } from "@/app/_trpc/client";

export type Role = Outputs["session"]["get"]["role"];

export const roleWords: { value: Role; label: string; hint: string }[] = [
  { value: "owner", label: "Owner", hint: "Everything, keys and team too" },
  { value: "member", label: "Member", hint: "Webhooks and deliveries" },
  { value: "viewer", label: "Viewer", hint: "Looks, changes nothing" },
];

export const roleWord = (role: Role) => roleWords.find(({ value }) => value === role)?.label ?? role;

export const isRole = (value: string): value is Role => roleWords.some((role) => role.value === value);
