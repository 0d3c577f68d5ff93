import { csharp } from "./csharp";
import { go } from "./go";
import { java } from "./java";
import { node } from "./node";
import { php } from "./php";
import { python } from "./python";
import { ruby } from "./ruby";
import { shell } from "./shell";

/** Whole receivers that check signatures, in the languages that people ask for most. The test beside this file runs them. */
export const receivers = [
  { value: "node", label: "Node", text: node },
  { value: "python", label: "Python", text: python },
  { value: "go", label: "Go", text: go },
  { value: "java", label: "Java", text: java },
  { value: "php", label: "PHP", text: php },
  { value: "ruby", label: "Ruby", text: ruby },
  { value: "csharp", label: "C#", text: csharp },
  { value: "shell", label: "Shell", text: shell },
] as const;
