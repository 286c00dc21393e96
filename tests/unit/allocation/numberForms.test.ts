import { describe, expect, it } from "vitest";
import { assignNext, extendListLog, openListLog } from "../../../src/allocation/index.js";
import { boundList, extendList } from "../../../src/list/index.js";
import { openDesk } from "../../support/conductDesk.js";
import { draw, planOf, rowsOf } from "../../support/plans.js";

const strata = [
  { factor: "site", levels: ["01", "02"] },
  { factor: "sex", levels: ["F", "M"] },
];

describe("the log of a list whose numbers have a form of their own", { tags: ["LOG-002", "LIST-009"] }, () => {
  it.each([
    ["two digits a level", {}],
    ["one digit a level", { levelDigits: 1 }],
    ["a check digit", { mask: "{stratum}{sequence}{check}" }],
    ["an order of their own", { shuffle: "order-of-numbers" }],
    ["all of these", { levelDigits: 1, mask: "X{sequence}{stratum}{check}", shuffle: "order-of-numbers" }],
  ])("%s: opens, gives the numbers of the list, and is extended", (_, form) => {
    const numbers = { prefix: "R", digits: 3, ...form };
    const list = draw(planOf({ strata, numbers, length: 8 }));
    const desk = openDesk(openListLog(boundList(list)));
    const given = (participant: string): string | undefined => {
      const event = desk.add(assignNext(desk.state, { participant, stratum: { site: "02", sex: "M" } }));
      return event.type === "assigned" ? event.number : undefined;
    };
    const ofStratum = rowsOf(list).filter(({ stratum }) => stratum.map(([, level]) => level).join() === "02,M");
    expect([given("P-1"), given("P-2")]).toEqual(ofStratum.slice(0, 2).map(({ number }) => number));
    const longer = draw(planOf({ strata, numbers, length: 12 }));
    desk.add(extendListLog(boundList(extendList(list, longer)), "more participants"));
    expect(given("P-3")).toBe(ofStratum[2]?.number);
  });
});
