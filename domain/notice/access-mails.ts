import { type MailContent, writeMail } from "./mail-text";

/** Asks whoever reads it whether the address is theirs. */
export const addressMail = (url: string): MailContent =>
  writeMail({
    subject: "Confirm your address",
    lead: [
      "Somebody who signed in with this address wants to hear by mail when webhooks fail and work again.",
      "Open this link within a day if that was you; else do nothing, and nothing is sent.",
    ],
    sections: [{ heading: { words: "Confirm this address", url }, lines: [] }],
    footer: ["You get this mail because it was asked for."],
  });

/** Invites somebody to a customer's team. */
export const invitationMail = (customerName: string, role: string, url: string): MailContent =>
  writeMail({
    subject: `Join ${customerName}`,
    lead: [
      `You are invited to see the webhooks of ${customerName}, as ${role}.`,
      "The link works once, for 7 days.",
    ],
    sections: [{ heading: { words: "Join", url }, lines: [] }],
    footer: ["You get this mail because an owner wrote your address. If you do not know them, do nothing."],
  });

/** Lets somebody set a new password. */
export const resetMail = (url: string): MailContent =>
  writeMail({
    subject: "Set a new password",
    lead: ["An owner of your team asked for a new password for you. The link works once, for an hour."],
    sections: [{ heading: { words: "Set a new password", url }, lines: [] }],
    footer: ["If you did not ask for it, do nothing: your password stays as it is."],
  });
