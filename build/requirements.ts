// The requirements and the known issues, read strictly.
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { parse } from "yaml";
import * as z from "zod";

const root = fileURLToPath(new URL("..", import.meta.url));

const requirementSchema = z.strictObject({
  id: z.string().regex(/^[A-Z]+-\d{3}$/u),
  /** What allocell shall do. */
  text: z.string().min(20),
  /** A: may harm a participant, or break blind or randomization, unnoticed. B: noticed before use, or harms records. */
  risk: z.enum(["A", "B"]),
  /** Who asks for it. */
  clause: z.string().min(5),
  /** The page that describes it. */
  docs: z.string().regex(/^docs\/.*\.md$/u),
  /** The kinds of test that prove it, at the least: folders of tests/, and `oq` for the shipped cases. */
  methods: z.array(z.string()).min(1),
});

const knownIssueSchema = z.strictObject({
  id: z.string().regex(/^KI-\d{3}$/u),
  since: z.string(),
  text: z.string().min(20),
  risk: z.enum(["A", "B", "C"]),
  mitigation: z.string().min(10),
  requirements: z.array(z.string()).min(1),
});

export type Requirement = z.infer<typeof requirementSchema>;
export type KnownIssue = z.infer<typeof knownIssueSchema>;

const read = (name: string): unknown => parse(readFileSync(join(root, "docs/validation", name), "utf8"));

/** @throws ZodError */
export const readRequirements = (): readonly Requirement[] =>
  z.array(requirementSchema).parse(read("requirements.yml"));

/** @throws ZodError */
export const readKnownIssues = (): readonly KnownIssue[] => z.array(knownIssueSchema).parse(read("known-issues.yml"));
