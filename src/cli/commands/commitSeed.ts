import { combineSeeds, commitShare, type SeedShare, type ShareCommitment } from "../../custody/index.js";
import { fail } from "../../foundation/index.js";
import { parseLiveSeed, Seed } from "../../random/index.js";
import { writeOne } from "../custodyFiles.js";
import { inFile, mapOf, readDataFile } from "../dataFile.js";
import { jsonText, type CommonOptions, type Io } from "../io.js";

export interface ShareOptions extends CommonOptions {
  readonly share?: string;
  readonly combine?: readonly string[];
  readonly commitments?: string;
  readonly beaconSource?: string;
  readonly beaconValue?: string;
  readonly out?: string;
}

function requireOut(out: string | undefined, what: string): string {
  return out ?? fail("cli.option_missing", "--out", `${what} goes into a new file that only you can read.`);
}

/** `allocell seed --share PARTY`: a party's secret share, into a file; its commitment, to be sent to the others. */
export async function seedShare(io: Io, party: string, options: ShareOptions): Promise<number> {
  const out = requireOut(options.out, "A share");
  const secret = Uint8Array.from(io.entropy(32));
  const published = commitShare({ party, secret });
  const share = { format: "allocell-seed-share-1", party: published.party, secret: Seed.live(secret).revealText() };
  writeOne(io, out, jsonText(share), 0o600);
  const text = [
    io.language === "zh"
      ? `${out}（在各方均已发出承诺值之前须保密）`
      : `${out} (SECRET until all parties have sent their commitments)`,
    `${published.party}: ${published.commitment}`,
    "",
  ];
  await io.stdout.write(
    options.json === true ? jsonText({ command: "seed", file: out, ...published }) : text.join("\n"),
  );
  return 0;
}

/** `allocell seed --combine SHARE...`: one seed from the shares of several parties, each as it was committed to. */
export async function seedCombine(io: Io, files: readonly string[], options: ShareOptions): Promise<number> {
  const out = requireOut(options.out, "A seed");
  const { beaconSource: source, beaconValue: value } = options;
  if ((source === undefined) !== (value === undefined) || (value !== undefined && !/^([0-9a-f]{2})+$/i.test(value))) {
    fail("cli.beacon_invalid", "--beacon-value", "A beacon has a source and a value in hex digits.", {
      expected: "--beacon-source TEXT --beacon-value HEX",
    });
  }
  const shares: SeedShare[] = [];
  for (const file of files) shares.push(await readShare(io, file));
  const seed = combineSeeds({
    shares,
    commitments: await readCommitments(io, options.commitments),
    ...(source === undefined || value === undefined
      ? {}
      : { beacon: { source, value: Uint8Array.from(Buffer.from(value, "hex")) } }),
  });
  writeOne(io, out, `${seed.revealText()}\n`, 0o600);
  const parties = shares.map(({ party }) => party);
  await io.stdout.write(options.json === true ? jsonText({ command: "seed", file: out, parties }) : `${out}\n`);
  return 0;
}

async function readShare(io: Io, file: string): Promise<SeedShare> {
  const source = await readDataFile(io, file);
  const { format, party, secret, ...rest } = mapOf(source, "a share of a seed", "format, party, secret");
  if (format !== "allocell-seed-share-1" || typeof party !== "string" || Object.keys(rest).length > 0) {
    fail("cli.share_invalid", file, "This file is no share of a seed.", {
      expected: "a file that `allocell seed --share PARTY` wrote",
    });
  }
  const text = inFile(source, "secret", () => parseLiveSeed(secret).revealText());
  return { party: party, secret: Uint8Array.from(Buffer.from(text.slice(0, 64), "hex")) };
}

async function readCommitments(io: Io, file: string | undefined): Promise<readonly ShareCommitment[]> {
  if (file === undefined) {
    return fail("cli.option_missing", "--commitments", "The commitments that the parties sent before are needed.", {
      expected: "--commitments FILE, one `party: commitment` a line",
    });
  }
  const source = await readDataFile(io, file);
  return Object.entries(mapOf(source, "a map of commitments", "party: commitment")).map(([party, commitment]) => ({
    party,
    commitment: String(commitment),
  }));
}
