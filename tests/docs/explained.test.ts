/* The pages that answers of the command name are there, with the headings. */
import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { EXPLAINED } from "../../src/cli/explained.js";

/** A heading's anchor as code hosts make it. */
const anchorOf = (heading: string): string =>
  heading
    .toLowerCase()
    .replace(/[^\p{L}\p{N} _-]/gu, "")
    .replaceAll(" ", "-");

describe("the page that an answer names", () => {
  it.each(Object.entries(EXPLAINED))("of %s is %s", (_, place) => {
    const [file = "", anchor = ""] = place.split("#");
    const text = readFileSync(new URL(`../../${file}`, import.meta.url), "utf8");
    const anchors = [...text.matchAll(/^#{1,6} (.+)$/gmu)].map(([, heading = ""]) => anchorOf(heading));
    expect(anchors.filter((one) => one === anchor)).toEqual([anchor]);
  });
});
