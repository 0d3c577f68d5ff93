import { concurrency, servePeer } from "./peer.mjs";

// Nothing but undici and two signatures: it keeps no queue but an array, and forgets everything when it ends.
servePeer(async (_, post) => {
  let jobs = [];
  return {
    async add(added) {
      jobs.push(...added);
    },
    async work() {
      const todo = jobs;
      jobs = [];
      let next = 0;
      const work = async () => {
        while (next < todo.length) {
          next += 1;
          await post(todo[next - 1]);
        }
      };
      for (let started = 0; started < concurrency; started += 1) void work();
      return () => {};
    },
  };
});
