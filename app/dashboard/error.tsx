"use client";

export { ErrorPage as default } from "@/app/_components/ui/error-page";
