import { chineseOfLists, planSections, readDataFile } from "../../cli/index.js";
import { procedureChoice } from "../../report/index.js";
import { putFile } from "../platform/fs.js";
import { pageIo, unreadIssues } from "../view/commandRun.js";
import { fromData, type Draft } from "../view/draft.js";
import type { View } from "../view/element.js";
import { changeEntries } from "../view/entries.js";
import type { FormProps } from "../view/formView.js";
import { labelFinder } from "../view/labels.js";
import { shell } from "../view/shell.js";
import { answersSection, trialSection } from "../view/trialView.js";
import { DESIGN_SECTION, designTab, designTask } from "./designTab.js";
import { exportedFiles, exportTask, mapTask, type ExportActs } from "./exportPart.js";
import { listTab, type ListActs } from "./listTab.js";
import type { Audited, PaperActs } from "./planPapers.js";
import { runningView, runShown } from "./running.js";
import { planTrial, planYaml, type ListAnswer, type StatisticsState, type Suggested, type Tab } from "./state.js";
import type { Task } from "./tasks.js";
import { kindOf, proofTask, verifyTab, verifyTask, type VerifyActs } from "./verifyTab.js";

const TABS: readonly Tab[] = ["design", "list", "verify"];

/** The view of the statistics desk; `redraw` is called after each change. */
export function statisticsPage(state: StatisticsState, stated: ReadonlySet<string>, redraw: () => void): () => View {
  return () => {
    const running = runningView(state, redraw, () => {
      delete state.running;
    });
    const content =
      state.tab === "design"
        ? designPart(state, running, redraw)
        : state.tab === "list"
          ? listPart(state, stated, running, redraw)
          : verifyTab(state, running, verifyActs(state, redraw));
    return frame(state, content, redraw);
  };
}

function frame(state: StatisticsState, content: View, redraw: () => void): View {
  return shell(
    {
      language: state.language,
      title: "page.statistics",
      tabs: TABS,
      tab: state.tab,
      madeFor: state.ownTrial?.id ?? state.baked.trial,
      scriptSha256: state.scriptSha256,
      onTab: (tab) => {
        state.tab = tab;
        redraw();
      },
      onLanguage: (language) => {
        state.language = language;
        redraw();
      },
    },
    content,
  );
}

function designPart(state: StatisticsState, running: View, redraw: () => void): View {
  const { design, language } = state;
  const props: FormProps = {
    language,
    mark: "point",
    draft: design.draft,
    issues: design.issues,
    chineseOf: chineseOfLists,
    onType: (path, typed) => {
      design.draft.texts.set(path, typed);
      delete design.answer;
      delete design.shown;
      compareSoon(state, redraw);
      redraw();
    },
    onEntries: () => undefined,
  };
  return designTab(design, props, running, {
    onRun: () => {
      compareNow(state, redraw);
    },
    onShow: (rank) => {
      design.shown = rank;
      redraw();
    },
  });
}

function compareNow(state: StatisticsState, redraw: () => void): void {
  const { design } = state;
  clearTimeout(design.soon);
  runShown(state, designTask(design), redraw, ({ text, issues }) => {
    design.issues = issues;
    if (text !== "") design.answer = JSON.parse(text) as Suggested;
  });
}

/** How long nobody types before the designs are compared anew, milliseconds. */
const PAUSE = 600;

/** The comparison follows while the frame is typed, as soon as participants and ratio stand there. */
function compareSoon(state: StatisticsState, redraw: () => void): void {
  const { design } = state;
  state.running?.cancel();
  delete state.running;
  clearTimeout(design.soon);
  const isStated = ["--n", "--ratio"].every((path) => (design.draft.texts.get(path) ?? "").trim() !== "");
  if (!isStated) return;
  design.soon = setTimeout(() => {
    compareNow(state, redraw);
  }, PAUSE);
}

/** The plan was changed: what was generated from the former one is gone. */
function forgetList({ list }: StatisticsState): void {
  delete list.answer;
  list.written = {};
  list.papers = { issues: [] };
  list.exported = { ...list.exported, written: {}, issues: [] };
  list.issues = [];
}

function listPart(state: StatisticsState, stated: ReadonlySet<string>, running: View, redraw: () => void): View {
  const { list, language } = state;
  const changed = (): void => {
    list.yaml = planYaml(state);
    list.yamlIssues = [];
    state.isChanged = true;
    forgetList(state);
    redraw();
  };
  const props: FormProps = {
    language,
    mark: "point",
    draft: list.draft,
    issues: list.issues,
    chineseOf: chineseOfLists,
    sayChoice: (choice) => procedureChoice(language, choice),
    onType: (path, typed) => {
      list.draft.texts.set(path, typed);
      changed();
    },
    onEntries: (path, count, removed) => {
      changeEntries(list.draft, path, count, removed);
      changed();
    },
  };
  const trial = planTrial(state, list.draft);
  const baked =
    state.ownTrial === undefined ? state.baked : { ...state.baked, trialFile: { name: state.ownTrial.id, text: "" } };
  const head = [
    trialSection(props, trial, baked, false),
    answersSection(props, trial, ["list"], stated, (key, typed) => {
      list.draft.answers.set(key, typed);
      changed();
    }),
  ];
  const sections = planSections(trial, list.draft.texts.get("part") ?? "");
  return listTab(
    state,
    props,
    head,
    running,
    listActs(state, redraw),
    labelFinder([...sections, DESIGN_SECTION], language),
  );
}

/** Takes a plan as YAML into the form; what cannot be read is told, and the form stays as it was. */
async function readPlan(state: StatisticsState, yaml: string): Promise<void> {
  const { list } = state;
  list.yaml = yaml;
  putFile("/plan.yaml", yaml);
  try {
    const { data } = await readDataFile(pageIo(), "plan.yaml");
    const { trial, part } = (data ?? {}) as { readonly trial?: unknown; readonly part?: unknown };
    const named: Draft = { ...list.draft, texts: new Map([["trial", String(trial)]]) };
    const sections = planSections(planTrial(state, named), String(part));
    list.draft = fromData(data, sections, "point");
    list.yamlIssues = [];
  } catch (error) {
    list.yamlIssues = unreadIssues(error);
  }
}

/** A command on the plan as it stands in the YAML. */
function planTask({ list, ownTrial, baked }: StatisticsState, command: Task["command"], options: object): Task {
  const { name, text } = ownTrial === undefined || baked.trialFile === undefined ? {} : baked.trialFile;
  const own = name === undefined ? {} : { trial: name };
  const files = { "plan.yaml": list.yaml, ...(name === undefined ? {} : { [name]: text }) };
  return { command, word: "plan.yaml", options: { ...options, ...own }, files };
}

/** The command `list`, with the seed. */
function listTask(state: StatisticsState): Task {
  const { list } = state;
  const seed = list.seedFile === undefined ? { testSeed: list.testSeed } : { seedFile: "seed.txt" };
  const by = list.by.trim() === "" ? {} : { by: list.by.trim() };
  const task = planTask(state, "list", { ...seed, ...by, out: "list" });
  return list.seedFile === undefined ? task : { ...task, files: { ...task.files, "seed.txt": list.seedFile } };
}

/** What is asked of the plan beside its list. */
function paperActs(state: StatisticsState, redraw: () => void): PaperActs {
  const { list } = state;
  return {
    onAudit: () => {
      runShown(state, planTask(state, "audit", { assume: [] }), redraw, ({ text, issues }) => {
        list.papers = { issues, ...(text === "" ? {} : { audit: JSON.parse(text) as Audited }) };
      });
    },
    onDocument: (name) => {
      // The items of SPIRIT were published in English.
      const lang = name === "spirit" ? "en" : state.language;
      runShown(state, planTask(state, "describe", { document: name, lang }), redraw, ({ text, issues }) => {
        const markdown = text === "" ? undefined : (JSON.parse(text) as { readonly markdown: string }).markdown;
        list.papers = { issues, ...(markdown === undefined ? {} : { document: { name, lang, markdown } }) };
      });
    },
  };
}

/** What is asked of the list that was generated: its table for another system. */
function exportActs(state: StatisticsState, redraw: () => void): ExportActs {
  const { list } = state;
  const changed = (part: Partial<StatisticsState["list"]["exported"]>): void => {
    list.exported = { ...list.exported, written: {}, issues: [], ...part };
    redraw();
  };
  return {
    onSystem: (to) => {
      changed({ to, map: "" });
    },
    onMap: (map) => {
      changed({ map });
    },
    onTemplate: () => {
      runShown(state, mapTask(list.exported, list.written), redraw, ({ issues, written }) => {
        const bytes = written["map.yaml"];
        changed({ issues, ...(bytes === undefined ? {} : { map: new TextDecoder().decode(bytes) }) });
      });
    },
    onExport: () => {
      runShown(state, exportTask(list.exported, list.written), redraw, ({ issues, written }) => {
        changed({ issues, written: exportedFiles(written) });
      });
    },
  };
}

function listActs(state: StatisticsState, redraw: () => void): ListActs {
  const { list } = state;
  const takeYaml = (yaml: string): void => {
    forgetList(state);
    state.isChanged = true;
    void readPlan(state, yaml).then(redraw);
  };
  const takeSeed = (bytes: Uint8Array, isSaved: boolean): void => {
    list.seedFile = bytes;
    list.isSeedSaved = isSaved;
    list.isSeedShown = false;
    list.testSeed = "";
    forgetList(state);
    redraw();
  };
  return {
    onYaml: takeYaml,
    onOpen: ({ bytes }) => {
      takeYaml(new TextDecoder().decode(bytes));
    },
    onMakeSeed: () => {
      const task: Task = { command: "seed", word: "", options: { out: "seed.txt" }, files: {} };
      runShown(state, task, redraw, ({ written }) => {
        const bytes = written["seed.txt"];
        if (bytes !== undefined) takeSeed(bytes, false);
      });
    },
    onOpenSeed: ({ bytes }) => {
      takeSeed(bytes, true);
    },
    onSeedSaved: () => {
      list.isSeedSaved = true;
      redraw();
    },
    onShowSeed: () => {
      list.isSeedShown = !list.isSeedShown;
      redraw();
    },
    onText: (name, typed) => {
      list[name] = typed;
      forgetList(state);
      redraw();
    },
    ...paperActs(state, redraw),
    ...exportActs(state, redraw),
    onGenerate: () => {
      runShown(state, listTask(state), redraw, ({ text, issues, written }) => {
        list.issues = issues;
        if (text !== "") list.answer = JSON.parse(text) as ListAnswer;
        list.written = Object.fromEntries(
          Object.entries(written).map(([name, bytes]) => [name.replace(/^list\//u, ""), bytes]),
        );
      });
    },
  };
}

function verifyActs(state: StatisticsState, redraw: () => void): VerifyActs {
  const { verify } = state;
  const changed = (): void => {
    delete verify.answer;
    verify.issues = [];
    redraw();
  };
  const run = (task: Task | undefined): void => {
    if (task === undefined) return;
    changed();
    runShown(state, task, redraw, ({ text, issues }) => {
      verify.issues = issues;
      if (text === "") return;
      const data = JSON.parse(text) as Readonly<Record<string, unknown>>;
      verify.answer = { isRight: data["same"] === true || data["proven"] === true, data };
    });
  };
  return {
    onFiles: (files) => {
      verify.files = files;
      changed();
    },
    onFile: (which, file) => {
      verify[which] = file;
      changed();
    },
    onDrop: (files) => {
      const ofList = files.filter((file) => kindOf(file) === "list");
      if (ofList.length > 0) verify.files = ofList;
      for (const file of files) {
        const kind = kindOf(file);
        if (kind !== "list") verify[kind] = file;
      }
      changed();
    },
    onTestSeed: (typed) => {
      verify.testSeed = typed;
      changed();
    },
    onVerify: () => {
      run(verifyTask(verify));
    },
    onProve: () => {
      run(proofTask(verify));
    },
  };
}
