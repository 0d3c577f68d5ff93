import { Argument, Command } from "commander";
import { say } from "../output";

const shells = ["bash", "zsh", "fish"] as const;

/** Completes commands and options, which are read off the program as it is. */
export function completionCommand(program: Command): Command {
  return new Command("completion")
    .description("Print what makes a shell complete commands and options")
    .addArgument(new Argument("<shell>").choices(shells))
    .addHelpText(
      "after",
      `
Examples:
  $ fanfare-client completion bash >> ~/.bashrc
  $ fanfare-client completion zsh > "\${fpath[1]}/_fanfare-client"
  $ fanfare-client completion fish > ~/.config/fish/completions/fanfare-client.fish`,
    )
    .action((shell: (typeof shells)[number]) => say(scripts[shell](placesOf(program))));
}

/** What may follow a line: `["webhooks create", ["--events", …]]`. */
type Place = [string, string[]];

function placesOf(command: Command, path = ""): Place[] {
  const below = command.commands.map((each) => each.name());
  const options = command.options.map(({ long, short }) => long ?? short ?? "");
  const own: Place = [path, [...below, ...options, "--help"]];
  return [own, ...command.commands.flatMap((each) => placesOf(each, `${path} ${each.name()}`.trim()))];
}

const cases = (places: Place[], line: (words: string) => string) =>
  places.map(([path, words]) => `    "${path}") ${line(words.join(" "))} ;;`).join("\n");

const scripts: Record<(typeof shells)[number], (places: Place[]) => string> = {
  bash: (places) => `_fanfare_client() {
  local path="" word words
  for word in "\${COMP_WORDS[@]:1:COMP_CWORD-1}"; do
    [[ $word == -* ]] && break
    path="\${path:+$path }$word"
  done
  case "$path" in
${cases(places, (words) => `words="${words}"`)}
    *) return ;;
  esac
  COMPREPLY=($(compgen -W "$words" -- "\${COMP_WORDS[COMP_CWORD]}"))
}
complete -o default -F _fanfare_client fanfare-client`,

  zsh: (places) => `#compdef fanfare-client
local path_ word
for word in "\${(@)words[2,CURRENT-1]}"; do
  [[ $word == -* ]] && break
  path_="\${path_:+$path_ }$word"
done
case "$path_" in
${cases(places, (words) => `compadd -- ${words}`)}
    *) _files ;;
esac`,

  fish: (places) =>
    places
      .map(([path, words]) => {
        const condition =
          path === ""
            ? "__fish_use_subcommand"
            : path
                .split(" ")
                .map((word) => `__fish_seen_subcommand_from ${word}`)
                .join("; and ");
        return `complete -c fanfare-client -n "${condition}" -a "${words.join(" ")}"`;
      })
      .join("\n"),
};
