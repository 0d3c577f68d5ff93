/** Every shortcut there is, as the sheet shows them. */
export const shortcutGroups: { title: string; shortcuts: { keys: string[]; does: string }[] }[] = [
  {
    title: "Anywhere",
    shortcuts: [
      { keys: ["⌘K", "Ctrl K"], does: "Search and go anywhere" },
      { keys: ["?"], does: "This sheet" },
      { keys: ["/"], does: "Search the list" },
      { keys: ["n"], does: "New webhook" },
      { keys: ["Esc"], does: "Close what is open" },
    ],
  },
  {
    title: "In lists",
    shortcuts: [
      { keys: ["j", "↓"], does: "Next row" },
      { keys: ["k", "↑"], does: "Previous row" },
      { keys: ["↵"], does: "Open the row" },
      { keys: ["x"], does: "Select the row; with Shift and a click, all up to it" },
    ],
  },
  {
    title: "A webhook or a delivery",
    shortcuts: [
      { keys: ["t"], does: "Test the webhook" },
      { keys: ["r"], does: "Redeliver" },
      { keys: ["←", "→"], does: "Previous, next delivery while one is open" },
    ],
  },
];
