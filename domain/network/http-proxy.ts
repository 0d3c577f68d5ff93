/** The HTTP proxy of the installation, by which everything goes that is delivered. */
export type HttpProxy = {
  host: string;
  port: number;
  /** It is spoken to over TLS. */
  isTls: boolean;
  /** What `Proxy-Authorization` says; null when it wants none. */
  authorization: string | null;
  /** It is asked for names and finds their addresses by itself, so that it may judge by name. */
  resolvesNames: boolean;
};
