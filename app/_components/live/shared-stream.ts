/** What a stream tells: it runs, it was cut or refused, or something came. */
export type StreamHandlers<Item> = {
  onLive: () => unknown;
  onLost: () => unknown;
  onItem: (item: Item, position: string) => void;
};

/** Opens a stream after a position, or now; answers how to close it. */
export type OpenStream<Item> = (after: string | undefined, handlers: StreamHandlers<Item>) => () => void;

export type Shared = {
  /** Opens the stream again that was refused or lost. Whoever only listens has none to open. */
  retry: () => void;
  /** Takes part no more. Another window opens the stream then, if it was this one's. */
  leave: () => void;
};

type Message<Item> =
  | { kind: "ask"; from: string }
  | { kind: "lead"; from: string; isLive: boolean; position: string | undefined }
  | { kind: "item"; item: Item; position: string }
  | { kind: "leave" };

/** A window that leads answers within milliseconds, unless it is busy drawing. */
const answerMs = 150;
const heartbeatMs = 1_000;
/** A window that led and is not heard of has crashed or is frozen. */
const silenceMs = 3_500;

/**
 * Takes part in a stream that all windows of a browser under one name share, since a browser allows six
 * connections per origin over HTTP/1.1. One window leads: it opens the stream and tells the others what comes.
 * The next leader goes on where that one stopped. A Web Lock would do the same, but only over HTTPS.
 */
export function joinSharedStream<Item>({
  name,
  open,
  onLive,
  onItem,
}: {
  name: string;
  open: OpenStream<Item>;
  /** Whether changes are told as they happen. */
  onLive: (isLive: boolean) => void;
  onItem: (item: Item) => void;
}): Shared {
  const me = Math.random().toString(36).slice(2);
  const channel = new BroadcastChannel(name);
  let role: "asking" | "listening" | "leading" | "gone" = "asking";
  let isLive = false;
  let position: string | undefined;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let close = () => {};
  let streams = 0;

  channel.onmessage = ({ data }: MessageEvent<Message<Item>>) => hear(data);
  ask();
  return {
    retry() {
      if (role !== "leading" || isLive) return;
      close();
      openStream();
    },
    leave() {
      clearTimeout(timer);
      close();
      if (role === "leading") tell({ kind: "leave" });
      role = "gone";
      channel.close();
    },
  };

  function hear(message: Message<Item>): void {
    switch (message.kind) {
      case "ask":
        if (role === "leading") tellWhoLeads();
        // Of windows that ask at once, the first by name leads.
        else if (role === "asking" && me < message.from) tell({ kind: "ask", from: me });
        else if (role === "asking") leadUnlessAnswered();
        return;
      case "lead":
        if (role === "leading" && me < message.from) tellWhoLeads();
        else listen(message);
        return;
      case "item":
        if (role === "leading") return;
        position = message.position;
        onItem(message.item);
        return;
      case "leave":
        if (role === "listening") ask();
    }
  }

  function ask(): void {
    role = "asking";
    setLive(false);
    tell({ kind: "ask", from: me });
    leadUnlessAnswered();
  }

  function leadUnlessAnswered(): void {
    clearTimeout(timer);
    timer = setTimeout(lead, answerMs);
  }

  function lead(): void {
    role = "leading";
    heartbeat();
    openStream();
  }

  function heartbeat(): void {
    tellWhoLeads();
    timer = setTimeout(heartbeat, heartbeatMs);
  }

  function openStream(): void {
    streams += 1;
    const stream = streams;
    // One that was closed may still have a last word.
    const isOpen = () => role === "leading" && stream === streams;
    close = open(position, {
      onLive: () => isOpen() && setLive(true),
      onLost: () => isOpen() && setLive(false),
      onItem(item, at) {
        if (!isOpen()) return;
        position = at;
        tell({ kind: "item", item, position: at });
        onItem(item);
      },
    });
  }

  function listen(leader: { isLive: boolean; position: string | undefined }): void {
    role = "listening";
    close();
    close = () => {};
    position = leader.position ?? position;
    setLive(leader.isLive);
    clearTimeout(timer);
    timer = setTimeout(ask, silenceMs);
  }

  function setLive(now: boolean): void {
    if (isLive === now) return;
    isLive = now;
    onLive(now);
    if (role === "leading") tellWhoLeads();
  }

  function tellWhoLeads(): void {
    tell({ kind: "lead", from: me, isLive, position });
  }

  function tell(message: Message<Item>): void {
    channel.postMessage(message);
  }
}
