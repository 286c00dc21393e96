import { UNIT_KINDS } from "../../quantity/index.js";
import { field, further, type Field, type Section } from "./fields.js";

const KINDS = Object.keys(UNIT_KINDS);
const FORMULAS = ["mosteller", "du-bois", "haycock"];
const BOUND_KINDS = ["per-kg", "per-m2", "flat"];
const OF_PROTOCOL = { path: "order.dose.from", is: ["protocol"] };
const OF_PRODUCT = { path: "order.dose.from", is: ["product"] };
const OF_EITHER = { path: "order.dose.from", is: ["protocol", "product"] };
const OF_NO_PRODUCT = { path: "order.dose.from", is: ["trial", "protocol"] };
const OF_SEVERAL = { path: "order.component" };

/** The two ends of a range of doses: what each counts by, and how much. */
const bounds = (path: string, en: string, zh: string, make = further): readonly Field[] => [
  make(`${path}.minimum.amount`, "count", `${en}: least`, `${zh}：下限`),
  make(`${path}.minimum.kind`, "choice", `${en}: least is`, `${zh}：下限口径`, { choices: BOUND_KINDS }),
  make(`${path}.maximum.amount`, "count", `${en}: most`, `${zh}：上限`),
  make(`${path}.maximum.kind`, "choice", `${en}: most is`, `${zh}：上限口径`, { choices: BOUND_KINDS }),
];

/** An allowed range of doses, and the two outside of which a dose is refused or asks for a reason. */
const limits = (at: string): readonly Field[] => [
  ...bounds(`${at}.range`, "Allowed dose", "允许剂量"),
  ...bounds(`${at}.hard`, "Never outside", "不得超出"),
  ...bounds(`${at}.soft`, "Outside only with a reason", "超出须说明理由"),
];

const BESIDE_PER_KG = ["count", "Dose per kg stated beside", "同时载明的每公斤剂量"] as const;

/** Allowed doses by bands of weights, in the place of one range. Every end says whether it belongs to its band. */
function bandSection(id: string, at: string, when: NonNullable<Field["when"]>, title: Section["title"]): Section {
  const end = (name: string, en: string, zh: string): readonly Field[] => [
    field(`${at}.range.*.${name}.kg`, "amount", en, zh, { unit: "kg", when }),
    field(`${at}.range.*.${name}.included`, "yes-no", "That weight too?", "是否含该体重", { when }),
  ];
  return {
    id,
    title,
    list: { path: `${at}.range`, one: { en: "Band", zh: "体重段" }, add: { en: "Add a band", zh: "增加体重段" } },
    fields: [
      ...end("above", "Weights from", "体重下限"),
      ...end("below", "Weights to", "体重上限"),
      ...bounds(`${at}.range.*.range`, "Allowed dose", "允许剂量", field).map((own) => ({ ...own, when })),
    ],
  };
}

/**
 * Every field of an order file, in the order in which a pharmacist works. A test holds that these are the fields of the
 * order's schema: what is added there must be added here.
 */
export const ORDER_SECTIONS: readonly Section[] = [
  {
    id: "identity",
    title: { en: "Identity", zh: "基本信息" },
    fields: [
      field("order.identification.subject", "text", "Subject no.", "受试者编号"),
      field("order.identification.kit", "text", "Kit / preparation no.", "药物编号/配制编号"),
      field("order.identification.visit", "text", "Visit", "访视"),
      field("order.identification.administration", "whole", "Administration no.", "第几次给药"),
      field("order.preparedOn", "date", "Date of preparation", "配制日期"),
      field("order.identification.plannedOn", "date", "Planned date", "计划给药日期"),
      further("order.identification.window.from", "date", "Window: first day", "给药时间窗：首日"),
      further("order.identification.window.to", "date", "Window: last day", "给药时间窗：末日"),
      further("order.identification.randomizationNumber", "text", "Randomization no.", "随机号"),
      further("order.identification.protocol", "text", "Protocol", "方案编号"),
      further("order.identification.protocolVersion", "text", "Version of the protocol", "方案版本"),
    ],
  },
  {
    id: "weight",
    title: { en: "Weight", zh: "体重" },
    fields: [
      field("order.weight.weightKg", "amount", "Measured weight", "实测体重", { unit: "kg" }),
      field("order.weight.weighedOn", "date", "Weighed on", "测量日期"),
      field("order.weight.weighedBy", "text", "Weighed by", "测量人"),
      field("order.weight.descriptor", "choice", "The dose goes by", "剂量依据的体重", {
        choices: ["actual", "ideal", "predicted", "adjusted", "lean"],
      }),
      field("order.participant.ageYears", "amount", "Age", "年龄", { unit: "years" }),
      field("order.weight.maximumAgeDays", "whole", "A weight may be at most", "体重最长有效天数", { unit: "days" }),
      further("order.participant.sex", "choice", "Sex", "性别", { choices: ["female", "male"] }),
      further("order.participant.heightCm", "amount", "Height", "身高", { unit: "cm" }),
      further("order.weight.adjustmentFactor", "amount", "Factor of the adjusted weight", "校正体重系数"),
      further("order.weight.leanMaleConstant", "choice", "Constant of a man's lean weight", "男性瘦体重常数", {
        choices: ["120", "128"],
      }),
      further("order.weight.expectedKg.minimum", "amount", "Plausible weight: least", "合理体重：下限", { unit: "kg" }),
      further("order.weight.expectedKg.maximum", "amount", "Plausible weight: most", "合理体重：上限", { unit: "kg" }),
      further("order.weight.reweigh.reference", "choice", "Compared with the weight of", "比较基准", {
        choices: ["baseline", "last-dose"],
      }),
      further("order.weight.reweigh.referenceWeightKg", "amount", "That weight", "基准体重", { unit: "kg" }),
      further("order.weight.reweigh.referenceWeighedOn", "date", "That weighing", "基准体重测量日期"),
      further("order.weight.reweigh.thresholdPercent", "amount", "Change that counts", "体重变化阈值", { unit: "%" }),
      further("order.weight.reweigh.comparison", "choice", "It counts if it is", "比较方式", { choices: [">", ">="] }),
    ],
  },
  {
    id: "dose",
    title: { en: "Dose", zh: "剂量" },
    fields: [
      field("order.dose.from", "choice", "The dose comes from", "剂量来源", {
        choices: ["trial", "protocol", "product"],
      }),
      field("order.dose.product", "text", "Licensed product", "已上市产品", { when: OF_PRODUCT }),
      field("order.dose.regimen", "text", "Regimen", "给药方案", { when: OF_PRODUCT }),
      field("order.dose.countBasis", "choice", "These cells are", "细胞计数口径", { choices: KINDS, when: OF_PRODUCT }),
      field("order.dose.rule.kind", "choice", "Dose is", "剂量类型", {
        choices: [...BOUND_KINDS, "placebo", "whole-containers"],
        when: OF_EITHER,
      }),
      field("order.dose.rule.amount", "count", "Dose", "剂量", { when: OF_EITHER }),
      field("order.dose.rule.unitKind", "choice", "What is counted", "计数单位", { choices: KINDS, when: OF_EITHER }),
      field("order.dose.source", "text", "Source: protocol, section", "依据：方案、章节", { when: OF_PROTOCOL }),
      further("order.dose.cap.amount", "count", "Most of one administration", "单次剂量上限", { when: OF_PROTOCOL }),
      further("order.dose.cap.unitKind", "choice", "The cap counts", "上限计数单位", {
        choices: KINDS,
        when: OF_PROTOCOL,
      }),
      further("order.dose.surface.formula", "choice", "Body surface by", "体表面积公式", { choices: FORMULAS }),
      further("order.dose.surface.roundedToM2", "amount", "rounded to", "修约至", { unit: "m²" }),
      further("order.dose.besidePerKg", ...BESIDE_PER_KG),
      ...limits("order.dose"),
    ],
  },
  {
    id: "levels",
    title: { en: "Dose levels of the protocol", zh: "方案的剂量水平" },
    list: {
      path: "order.dose.levels",
      one: { en: "Level", zh: "剂量水平" },
      add: { en: "Add a level", zh: "增加剂量水平" },
      isNeeded: true,
    },
    fields: [
      field("order.dose.levels.*.kind", "choice", "Level is", "剂量类型", { choices: BOUND_KINDS, when: OF_PROTOCOL }),
      field("order.dose.levels.*.amount", "count", "Level", "剂量水平", { when: OF_PROTOCOL }),
      field("order.dose.levels.*.unitKind", "choice", "What is counted", "计数单位", {
        choices: KINDS,
        when: OF_PROTOCOL,
      }),
    ],
  },
  bandSection("bands", "order.dose", OF_NO_PRODUCT, {
    en: "Allowed dose by bands of weights",
    zh: "按体重段的允许剂量",
  }),
  {
    id: "product",
    title: { en: "Product", zh: "产品" },
    fields: [
      field("order.component", "text", "Component, where one dose has several", "组分（一剂含多个组分时）", {
        when: OF_EITHER,
      }),
      field("order.product.name", "text", "Product", "产品名称"),
      field("order.product.source", "text", "Source of its values", "数据依据"),
      field("order.product.mayMixLots", "yes-no", "May lots be mixed?", "可否混用不同批次"),
      field("order.product.minimumViability", "amount", "Least viability (of 1)", "最低细胞活率（以 1 计）"),
      field("order.product.expectedViability", "amount", "Expected viability (of 1)", "预期细胞活率（以 1 计）"),
      field("order.product.dmso.percentVv", "amount", "DMSO", "DMSO", { unit: "% v/v" }),
      field("order.product.endotoxinEuPerMl", "amount", "Endotoxin", "细菌内毒素", { unit: "EU/mL" }),
      further("order.product.dmso.mgPerMl", "amount", "DMSO, or", "DMSO（或）", { unit: "mg/mL" }),
      further("order.product.concentrationPerMl.minimum", "count", "Final concentration: least", "终浓度：下限", {
        unit: "/mL",
      }),
      further("order.product.concentrationPerMl.maximum", "count", "Final concentration: most", "终浓度：上限", {
        unit: "/mL",
      }),
    ],
  },
  {
    id: "lots",
    title: { en: "Lots", zh: "批次" },
    list: { path: "order.lots", one: { en: "Lot", zh: "批次" }, add: { en: "Add a lot", zh: "增加批次" } },
    fields: [
      field("order.lots.*.lot", "text", "Lot", "批号"),
      field("order.lots.*.expiresOn", "date", "Expiry", "有效期至"),
      field("order.lots.*.isReleased", "yes-no", "Released?", "是否放行"),
      field("order.lots.*.containers", "whole", "Containers at hand", "现有数量"),
      field("order.lots.*.content", "count", "Labelled content of one", "每个容器标示含量"),
      field("order.lots.*.counted", "choice", "The label counts", "标示计数单位", { choices: KINDS }),
      field("order.lots.*.fillMl", "amount", "Labelled volume of one", "标示装量", { unit: "mL" }),
      field("order.lots.*.extractableMl", "amount", "Can be drawn from one", "可抽取体积", { unit: "mL" }),
      field("order.lots.*.recovery", "amount", "Recovery (of 1)", "回收率（以 1 计）"),
      field("order.lots.*.testedViability.fraction", "amount", "Tested viability (of 1)", "检测活率（以 1 计）"),
      field("order.lots.*.testedViability.method", "text", "Method", "检测方法"),
      further("order.lots.*.labelPerMl", "count", "Labelled concentration", "标示浓度", { unit: "/mL" }),
      further("order.lots.*.measuredPerMl", "count", "Measured after thawing", "解冻后实测浓度", { unit: "/mL" }),
      further("order.lots.*.viability", "amount", "Viability to compute with (of 1)", "计算用活率（以 1 计）"),
      further("order.lots.*.purity", "amount", "Purity to compute with (of 1)", "计算用纯度（以 1 计）"),
    ],
  },
  {
    id: "draw",
    title: { en: "Draw", zh: "抽取" },
    fields: [
      field("order.draw.graduationMl", "amount", "Graduation of the syringe", "注射器刻度", { unit: "mL" }),
      field("order.draw.overfillPercent", "amount", "Thawed in addition", "富余量", { unit: "%" }),
      field("order.draw.deadVolumeMl", "amount", "Stays in container and line", "死腔体积", { unit: "mL" }),
      further("order.draw.governingRule", "choice", "If the label disagrees, go by", "标示值不一致时以何为准", {
        choices: ["content", "volume"],
      }),
      further("order.draw.whenAbove", "choice", "If rounding up passes a limit", "进位超限时", {
        choices: ["refuse", "one-graduation-less"],
      }),
      further("order.draw.whenBelow", "choice", "If rounding stays below a limit", "修约后低于下限时", {
        choices: ["refuse", "one-graduation-more"],
      }),
    ],
  },
  {
    id: "infusion",
    title: { en: "Infusion", zh: "输注" },
    map: "order.infusion",
    fields: [
      field("order.infusion.finalVolumeMl", "amount", "Final volume", "终体积", { unit: "mL" }),
      field("order.infusion.rateMlPerMin", "amount", "Rate", "输注速度", { unit: "mL/min" }),
      field("order.infusion.rateMlPerHour", "amount", "or rate by the hour", "或每小时输注速度", { unit: "mL/h" }),
      field("order.infusion.minutes", "amount", "or duration", "或输注时长", { unit: "min" }),
      field("order.infusion.dropsPerMl", "amount", "Drops of the set", "滴系数", { unit: "/mL" }),
      further("order.infusion.diluentPerContainerMl", "amount", "Diluent for each container", "每个容器的稀释液", {
        unit: "mL",
      }),
      further("order.infusion.longMinutes", "amount", "Long from", "输注过长界限", { unit: "min" }),
      further("order.infusion.limits.minimumMlPerMin", "amount", "Rate: least", "速度：下限", { unit: "mL/min" }),
      further("order.infusion.limits.maximumMlPerMin", "amount", "Rate: most", "速度：上限", { unit: "mL/min" }),
      further("order.infusion.limits.minimumMinutes", "amount", "Duration: least", "时长：下限", { unit: "min" }),
      further("order.infusion.limits.maximumMinutes", "amount", "Duration: most", "时长：上限", { unit: "min" }),
      further("order.infusion.limits.maximumMlPerKgPerHour", "amount", "Volume by weight: most", "每公斤体积：上限", {
        unit: "mL/kg/h",
      }),
      further("order.infusion.limits.maximumCellsPerKgPerMin", "count", "Cells by weight: most", "每公斤细胞数：上限", {
        unit: "/kg/min",
      }),
    ],
  },
  {
    id: "other-arms",
    title: { en: "Final volumes of the other arms", zh: "其他组的终体积" },
    list: {
      path: "order.infusion.otherArms",
      one: { en: "Arm", zh: "组别" },
      add: { en: "Add an arm", zh: "增加组别" },
    },
    fields: [
      field("order.infusion.otherArms.*.arm", "text", "Arm", "组别"),
      field("order.infusion.otherArms.*.finalVolumeMl", "amount", "Final volume", "终体积", { unit: "mL" }),
    ],
  },
  {
    id: "clock",
    title: { en: "Clock", zh: "时间" },
    fields: [
      field("order.clock.thawedAt", "time", "Thawed at", "计划解冻时间"),
      field("order.clock.startAt", "time", "Infusion starts at", "计划开始输注时间"),
      field("order.clock.stabilityMinutes", "whole", "Stable after thawing", "解冻后稳定时限", { unit: "min" }),
      field("order.clock.lineFlushMinutes", "whole", "Flush of the line", "冲管时间", { unit: "min" }),
      further("order.clock.longHoldMinutes", "whole", "A long hold from", "放置过长界限", { unit: "min" }),
    ],
  },
  {
    id: "then",
    title: { en: "Further components, in the order in which they are given", zh: "其余组分（按给药顺序）" },
    list: {
      path: "order.then",
      one: { en: "Further component", zh: "其余组分" },
      add: { en: "Add a component", zh: "增加组分" },
    },
    fields: [
      field("order.then.*.component", "text", "Component", "组分", { when: OF_SEVERAL }),
      field(
        "order.then.*.startWithinMinutes",
        "whole",
        "Starts at most after the end of the one before",
        "前一组分输注结束后须开始的时限",
        {
          unit: "min",
          when: OF_SEVERAL,
        },
      ),
    ],
  },
  {
    id: "together",
    title: { en: "All components together", zh: "各组分合计" },
    fields: [
      field("order.together.source", "text", "Source: protocol, section", "依据：方案、章节"),
      further("order.together.cap.amount", "count", "Most of all together", "合计上限"),
      further("order.together.cap.unitKind", "choice", "The cap counts", "上限计数单位", { choices: KINDS }),
      further("order.together.besidePerKg", ...BESIDE_PER_KG),
      ...limits("order.together"),
    ].map((own) => ({ ...own, when: OF_SEVERAL })),
  },
  bandSection("together-bands", "order.together", OF_SEVERAL, {
    en: "All components together, by bands of weights",
    zh: "各组分合计，按体重段",
  }),
  {
    id: "day",
    title: { en: "The same day", zh: "当日合计" },
    fields: [
      field("order.dayTotals.otherDmsoG", "amount", "Other DMSO of the day", "当日其他 DMSO", { unit: "g" }),
      field("order.dayTotals.otherEndotoxinEu", "amount", "Other endotoxin of the day", "当日其他内毒素", {
        unit: "EU",
      }),
      further("order.dayTotals.dmsoLimitGPerKg", "amount", "Stricter DMSO limit", "更严的 DMSO 限度", { unit: "g/kg" }),
    ],
  },
  {
    id: "document",
    title: { en: "Documents", zh: "文件内容" },
    fields: [
      field("document.route", "text", "Route", "给药途径"),
      field("document.storage", "text", "Storage", "贮存条件"),
      field("document.diluent.name", "text", "Diluent", "稀释液"),
      field("document.diluent.lot", "text", "Lot of the diluent", "稀释液批号"),
      field("document.diluent.expiresOn", "date", "Expiry of the diluent", "稀释液有效期至"),
      field("document.startBy", "time", "Start by, without a clock", "输注最迟开始时间（无时间栏时）"),
      field("document.expiresAt", "time", "End by, without a clock", "输注最迟结束时间（无时间栏时）"),
      further("document.diluent.maker", "text", "Maker of the diluent", "稀释液生产企业"),
      further("document.receipt.maker", "text", "Maker of the product", "生产（制备）单位"),
      further("document.receipt.receivedOn", "date", "Product received on", "产品接收日期"),
      further("document.receipt.storedIn", "text", "Kept frozen in", "冻存位置"),
      further("document.receipt.donationNumber", "text", "Donation identification no.", "供者识别编号（DIN）"),
      further("document.label.widthMm", "whole", "Label: width", "标签宽度", { unit: "mm" }),
      further("document.label.heightMm", "whole", "Label: height", "标签高度", { unit: "mm" }),
      further("document.label.printerDpi", "whole", "Label: dots per inch", "标签打印机分辨率", {
        unit: "dpi",
        choices: ["203", "300"],
      }),
      further("document.label.copies", "whole", "Label: copies", "标签份数"),
      further("document.comments", "text", "Comments", "备注"),
    ],
  },
  {
    id: "check",
    title: { en: "Who entered this", zh: "录入人" },
    fields: [
      field("check.by", "text", "Entered by", "录入人"),
      field("check.enteredFrom", "text", "From which sources", "依据的原始资料"),
      further("check.copiedFrom", "text", "Copied from (then it is no check)", "抄自（则不算复核）"),
    ],
  },
];

/** What each component has of its own. */
const OF_COMPONENT = ["dose", "levels", "bands", "product", "lots", "draw", "infusion", "other-arms", "clock"];

/** A section of the order again, for the further component of a number from 0. */
function ofComponent(section: Section, index: number): Section {
  const { id, title, fields, map, list } = section;
  const moved = (path: string): string => path.replace("order.", `order.then.${index}.`);
  return {
    id: `then-${index}-${id}`,
    title: { en: `Component ${index + 2}: ${title.en}`, zh: `组分 ${index + 2}：${title.zh}` },
    fields: fields
      // Its name stands in the list of components.
      .filter(({ path }) => path !== "order.component")
      .map((own) => ({
        ...own,
        path: moved(own.path),
        ...(own.when === undefined ? {} : { when: { ...own.when, path: moved(own.when.path) } }),
      })),
    ...(map === undefined ? {} : { map: moved(map) }),
    ...(list === undefined ? {} : { list: { ...list, path: moved(list.path) } }),
  };
}

/** The sections of an order with so many further components: those of each stand behind the list of them. */
export const orderSections = (furtherComponents: number): readonly Section[] =>
  ORDER_SECTIONS.flatMap((section) => [
    section,
    ...Array.from({ length: section.id === "then" ? furtherComponents : 0 }, (_, index) =>
      ORDER_SECTIONS.filter(({ id }) => OF_COMPONENT.includes(id)).map((own) => ofComponent(own, index)),
    ).flat(),
  ]);

/** What an order file may hold and the form has no field for, with the reason; it is carried along unchanged, and shown as it stands. */
export const CARRIED: Readonly<Record<string, string>> = {
  decisions: "the record by which a sponsor opens an arm is written and signed by others; it is carried as it is",
  site: "what every document of a site says is one file of the site, the same for every order",
  "order.dose.trial": "it is read from the trial that the file names",
  "order.then.*.dose.trial": "the arm of a trial has one dose, no components",
  "order.overrides": "warnings are accepted beside the result, each at its own fields",
};
