import type { Command } from "commander";

/** For whom commands are, in the order of the help; each with one line to try. A test holds that no command is forgotten. */
export const PEOPLE: readonly {
  readonly who: string;
  readonly example: string;
  readonly commands: readonly string[];
}[] = [
  {
    who: "Pharmacist and cell laboratory",
    example: 'allocell dose NCT07041801 --arm low --weight "72.4 kg" --assumptions assumptions.yaml',
    commands: [
      "trials",
      "products",
      "assumptions",
      "eligible",
      "dose",
      "doses",
      "calendar",
      "prepare",
      "prepare-batch",
      "check",
      "borders",
      "record",
      "scan",
      "shared-volume",
      "page",
    ],
  },
  {
    who: "Statistician",
    example: 'allocell list plan.yaml --test-seed "first try"',
    commands: [
      ...[
        "suggest",
        "assess",
        "seed",
        "list",
        "adopt",
        "verify",
        "audit",
        "describe",
        "export",
        "import",
        "script",
        "view",
        "kits",
        "supply",
      ],
      ...[
        "resupply",
        "commit",
        "open",
        "prove-row",
        "seal",
        "unseal",
        "envelopes",
        "cards",
        "escalation",
        "select",
        "init",
      ],
    ],
  },
  {
    who: "Conduct of the trial",
    example: 'allocell assign trial.log --participant P-001 --stratum site=01 --actor "Randomization desk"',
    commands: ["log", "assign", "dispense", "unblind", "cohort"],
  },
  {
    who: "Validation",
    example: "allocell oq --out oq",
    commands: ["iq", "oq", "sign", "verify-signature"],
  },
  {
    who: "Developer",
    example: "allocell codes list.plan_invalid",
    commands: ["codes", "completion", "help"],
  },
];

const headingOf = (who: string, example: string): string => `${who}, for example: ${example}`;

/** Sorts the commands of the help by person, under headings that say for whom they are and what to try. */
export function groupByPerson(program: Command, heading = headingOf, ofHelp = "the options of a command"): void {
  for (const command of program.commands) {
    const group = PEOPLE.find(({ commands }) => commands.includes(command.name()));
    if (group !== undefined) command.helpGroup(heading(group.who, group.example));
  }
  const developer = PEOPLE.at(-1);
  if (developer !== undefined)
    program.addHelpCommand(
      program
        .createCommand("help")
        .argument("[command]")
        .description(ofHelp)
        .helpGroup(heading(developer.who, developer.example)),
    );
}
