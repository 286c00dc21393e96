/* The commands of the guides are run as they stand, and their outputs are those that they show. */
import { describe, expect, it } from "vitest";
import { commandsOf, documentText, walk } from "./commandWalk.js";

describe("README in both languages", () => {
  it.each(["README.md", "README.zh.md"])(
    "%s: its commands print what it shows",
    async (file) => {
      const { commands, outputs } = await walk(documentText(file));
      expect(commands).toBeGreaterThan(7);
      expect(outputs).toBeGreaterThan(3);
    },
    120_000,
  );

  it("has the same commands, code and files in both", () => {
    const withoutComments = (block: string): string =>
      block.replaceAll(/\s+(?:#|\/\/) .*$/gm, "").replaceAll(" --lang zh", "");
    const blocks = (file: string): readonly string[] =>
      [...documentText(file).matchAll(/^```(?:sh|ts|yaml)\n[\s\S]*?^```$/gm)].map(([block]) => withoutComments(block));
    expect(blocks("README.zh.md")).toEqual(blocks("README.md"));
  });
});

describe("the tutorials", () => {
  const files = { "passphrase.txt": "EXAMPLE passphrase of 40 characters, once\n" };
  it.each([
    ["pharmacist", 7, 7],
    ["pharmacist.zh", 7, 6],
    ["statistician", 16, 8],
  ])(
    "%s: each command prints what is shown",
    async (name, commands, outputs) => {
      const done = await walk(documentText(`docs/tutorials/${name}.md`), files);
      expect(done.commands).toBe(commands);
      expect(done.outputs).toBe(outputs);
    },
    120_000,
  );

  it("of the pharmacist have the same commands in both languages", () => {
    const commands = (name: string): readonly (readonly string[])[] =>
      [...documentText(`docs/tutorials/${name}.md`).matchAll(/^```sh\n([\s\S]*?)^```$/gm)].flatMap(([, text = ""]) =>
        commandsOf(text.replaceAll(" --lang zh", "")).map(({ words }) => words),
      );
    expect(commands("pharmacist.zh")).toEqual(commands("pharmacist"));
  });
});

describe("the runner of the documents' commands", () => {
  it("reads quotes, comments, exit codes and lines that go on", () => {
    const [first, second] = commandsOf('allocell a "b c" \\\n  --d  # exit code 1: no\n\n# aside\nallocell "x"\n');
    expect(first).toMatchObject({ words: ["allocell", "a", "b c", "--d"], exitCode: 1 });
    expect(second).toMatchObject({ words: ["allocell", "x"], exitCode: 0 });
  });

  it.each([
    ["```sh\nallocell trials\n```\n```text\nnothing of the kind\n```\n", "an output that is not there"],
    ["```sh\nallocell dose NCT1\n```\n", "a command that fails"],
    ["```sh\nrm -r x\n```\n", "a program that is not known"],
    ["```sh\nallocell trials\n```\n```powershell\nallocell trials --json\n```\n", "another command for Windows"],
  ])("fails on %j (%s)", async (text) => {
    await expect(walk(text)).rejects.toThrow();
  });
});
