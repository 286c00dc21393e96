import type { Command } from "commander";
import { fail } from "../foundation/index.js";

/** One command with the words that may follow it. */
export interface CommandWords {
  /** Without the program's name: `log open`. */
  readonly path: string;
  readonly description: string;
  /** Subcommands, then options. */
  readonly words: readonly string[];
}

/** Every command below a program, as its own definitions say; that is what help and completion are made of. */
export function commandWords(program: Command): readonly CommandWords[] {
  const walk = (command: Command, path: readonly string[]): readonly CommandWords[] => [
    {
      path: path.join(" "),
      description: command.description(),
      words: [
        ...command.commands.map((sub) => sub.name()),
        ...command.options.flatMap(({ long, hidden }) => (long === undefined || hidden ? [] : [long])),
        "--help",
      ],
    },
    ...command.commands.flatMap((sub) => walk(sub, [...path, sub.name()])),
  ];
  return walk(program, []);
}

const SHELLS: Readonly<Record<string, (all: readonly CommandWords[]) => string>> = { bash, zsh, fish, powershell };
export const SHELL_NAMES: readonly string[] = Object.keys(SHELLS);

/** A script that completes commands and options in a shell. Files are completed as the shell does. */
export function completionScript(shell: string, program: Command): string {
  const make =
    SHELLS[shell] ??
    fail("cli.shell_unknown", "shell", `"${shell}" is no shell.`, {
      expected: SHELL_NAMES.join(", "),
      parameters: { shell },
    });
  // Longer paths first, so that `log open` is not taken for `log`.
  return make([...commandWords(program)].sort((a, b) => depthOf(b) - depthOf(a)));
}

const depthOf = ({ path }: CommandWords): number => (path === "" ? 0 : path.split(" ").length);

const cases = (all: readonly CommandWords[], lineOf: (pattern: string, words: string) => string): string =>
  all.map(({ path, words }) => lineOf(path === "" ? "*" : `"${path}" | "${path} "*`, words.join(" "))).join("\n");

function bash(all: readonly CommandWords[]): string {
  const lines = cases(all, (pattern, words) => `    ${pattern}) words="${words}" ;;`);
  return `# allocell completion bash > ~/.local/share/bash-completion/completions/allocell
_allocell() {
  local words line="\${COMP_WORDS[*]:1:COMP_CWORD-1}"
  case "$line" in
${lines}
  esac
  COMPREPLY=($(compgen -W "$words" -- "\${COMP_WORDS[COMP_CWORD]}"))
}
complete -o default -F _allocell allocell
`;
}

function zsh(all: readonly CommandWords[]): string {
  const lines = cases(all, (pattern, words) => `    ${pattern}) list=(${words}) ;;`);
  return `#compdef allocell
# allocell completion zsh > a folder of your fpath, as _allocell
_allocell() {
  local -a list
  case "\${words[2,CURRENT-1]}" in
${lines}
  esac
  compadd -- $list
  _files
}
_allocell "$@"
`;
}

function fish(all: readonly CommandWords[]): string {
  const quoted = (text: string): string => `'${text.replace(/[\\']/g, "\\$&")}'`;
  const lines = all.flatMap(({ path, words }) => {
    const seen = path.split(" ").map((word) => `__fish_seen_subcommand_from ${word}`);
    const when = path === "" ? "__fish_use_subcommand" : seen.join("; and ");
    return words.map((word) => {
      const sub = all.find((one) => one.path === [path, word].join(" ").trim());
      if (word.startsWith("--")) return `complete -c allocell -n ${quoted(when)} -l ${word.slice(2)}`;
      return `complete -c allocell -f -n ${quoted(when)} -a ${word} -d ${quoted(sub?.description ?? "")}`;
    });
  });
  return `# allocell completion fish > ~/.config/fish/completions/allocell.fish\n${lines.join("\n")}\n`;
}

function powershell(all: readonly CommandWords[]): string {
  const lines = all.map(({ path, words }) => `    '${path}' = '${words.join(" ")}'`).join("\n");
  return `# allocell completion powershell >> $PROFILE
Register-ArgumentCompleter -Native -CommandName allocell -ScriptBlock {
  param($wordToComplete, $commandAst)
  $table = @{
${lines}
  }
  $typed = @($commandAst.CommandElements | Select-Object -Skip 1 | ForEach-Object { "$_" } | Where-Object { $_ -notlike '-*' })
  $path = ''
  foreach ($n in 2, 1) {
    $try = ($typed | Select-Object -First $n) -join ' '
    if ($path -eq '' -and $table.ContainsKey($try)) { $path = $try }
  }
  $table[$path] -split ' ' | Where-Object { $_ -like "$wordToComplete*" } | ForEach-Object { [System.Management.Automation.CompletionResult]::new($_) }
}
`;
}
