// Imported before everything else, so that an old Node gets this sentence instead of a syntax error.
const oldest = [20, 19];

const [major, minor] = process.versions.node.split(".").map(Number);
if (major < oldest[0] || (major === oldest[0] && minor < oldest[1])) {
  process.stderr.write(
    `Fanfare needs Node ${oldest.join(".")} or newer, and this is ${process.versions.node}: install it from https://nodejs.org.\n`,
  );
  process.exit(1);
}
