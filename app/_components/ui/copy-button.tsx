"use client";

import { Check, Copy } from "lucide-react";
import { useState } from "react";
import { copyText } from "@/app/_components/clipboard/copy-text";
import { Button, type ButtonProps } from "./button";

/** Copies `text`, and says so for two seconds. Without children it is an icon called `label`. */
export function CopyButton({
  text,
  label = "Copy",
  children,
  ...props
}: { text: string; label?: string } & ButtonProps) {
  const [isCopied, setIsCopied] = useState(false);
  const Icon = isCopied ? Check : Copy;
  const copy = async () => {
    if (!(await copyText(text))) return;
    setIsCopied(true);
    setTimeout(() => setIsCopied(false), 2000);
  };
  return (
    <Button
      look={children ? "plain" : "quiet"}
      size={children ? "medium" : "icon"}
      aria-label={children ? undefined : label}
      onClick={copy}
      {...props}
    >
      <Icon aria-hidden className="size-3.5" />
      {children && <span>{children}</span>}
      <span aria-live="polite" className="sr-only">
        {isCopied ? "Copied" : ""}
      </span>
    </Button>
  );
}
