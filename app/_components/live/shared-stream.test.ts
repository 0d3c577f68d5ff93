import { afterEach, expect, test } from "vitest";
import { joinSharedStream, type Shared, type StreamHandlers } from "./shared-stream";

const patience = { timeout: 10_000 };
type Window = Shared & {
  heard: string[];
  isLive: () => boolean;
  stream: () => (StreamHandlers<string> & { after: string | undefined }) | null;
};

const windows: Window[] = [];
afterEach(() => {
  for (const { leave } of windows.splice(0)) leave();
});

/** A window that shares the stream of that name: what it heard, and the stream that it opened itself. */
function openWindow(name: string): Window {
  const heard: string[] = [];
  let isLive = false;
  let stream: ReturnType<Window["stream"]> = null;
  const shared = joinSharedStream<string>({
    name,
    open(after, handlers) {
      stream = { ...handlers, after };
      handlers.onLive();
      return () => {
        stream = null;
      };
    },
    onLive: (now) => {
      isLive = now;
    },
    onItem: (item) => heard.push(item),
  });
  const opened = { ...shared, heard, isLive: () => isLive, stream: () => stream };
  windows.push(opened);
  return opened;
}

const allLive = (open: Window[]) =>
  expect.poll(() => open.every(({ isLive }) => isLive()), patience).toBe(true);

/** The one of them that has a stream. Several may for a moment, when they could not hear each other in time. */
async function leaderOf(open: Window[]): Promise<Window> {
  const leaders = () => open.filter(({ stream }) => stream() !== null);
  await expect.poll(() => leaders().length, patience).toBe(1);
  return leaders()[0] as Window;
}

test("windows of one name share one stream, and all hear what it tells", async () => {
  const open = Array.from({ length: 8 }, () => openWindow("shared"));
  await allLive(open);
  (await leaderOf(open)).stream()?.onItem("one", "1.1");
  const late = openWindow("shared");
  await allLive([late]);
  (await leaderOf([...open, late])).stream()?.onItem("two", "1.2");
  for (const { heard } of open) await expect.poll(() => heard).toEqual(["one", "two"]);
  await expect.poll(() => late.heard).toEqual(["two"]);
});

test("when the window that leads leaves, another goes on where it stopped", async () => {
  const open = Array.from({ length: 3 }, () => openWindow("left"));
  await allLive(open);
  const leader = await leaderOf(open);
  leader.stream()?.onItem("one", "7.3");
  for (const { heard } of open) await expect.poll(() => heard).toEqual(["one"]);
  windows.splice(windows.indexOf(leader), 1)[0]?.leave();
  const others = open.filter((each) => each !== leader);
  await allLive(others);
  expect((await leaderOf(others)).stream()?.after).toBe("7.3");
});

test("when the window that leads falls silent, another goes on where it was", async () => {
  const silent = new BroadcastChannel("silent");
  silent.onmessage = () => {
    silent.postMessage({ kind: "lead", from: "!", isLive: true, position: "9.9" });
    silent.close();
  };
  const window = openWindow("silent");
  await allLive([window]);
  expect(window.stream()).toBeNull();
  await expect.poll(() => window.stream()?.after, patience).toBe("9.9");
});

test("of two that lead, after one slept for a while, one goes on", async () => {
  const first = openWindow("two");
  await allLive([first]);
  const other = new BroadcastChannel("two");
  other.postMessage({ kind: "lead", from: "!", isLive: true, position: "9.9" });
  await expect.poll(() => first.stream(), patience).toBeNull();
  other.close();
});

test("a stream that was lost is opened again by the window that leads, and told to all", async () => {
  const open = [openWindow("lost"), openWindow("lost")];
  await allLive(open);
  (await leaderOf(open)).stream()?.onLost();
  await expect.poll(() => open.some(({ isLive }) => isLive()), patience).toBe(false);
  for (const { retry } of open) retry();
  await allLive(open);
  await leaderOf(open);
});

test("windows of another name hear nothing of it", async () => {
  const mine = openWindow("customer one");
  const theirs = openWindow("customer two");
  await allLive([mine, theirs]);
  mine.stream()?.onItem("mine", "1.1");
  theirs.stream()?.onItem("theirs", "1.2");
  await expect.poll(() => theirs.heard).toEqual(["theirs"]);
  expect(mine.heard).toEqual(["mine"]);
});
