/** The platform's own logo, in place of ours; `src` is a `data:` URL. */
export function PlatformLogo({ src }: { src: string }) {
  // biome-ignore lint/performance/noImgElement: it is in the page already, and of no size that Next could make.
  return <img src={src} alt="Webhooks" className="h-6 max-w-full object-contain object-left" />;
}
