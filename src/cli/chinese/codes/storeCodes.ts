import type { ChineseCodes } from "./chineseCode.js";

export const STORE_CODES_ZH: ChineseCodes<"store"> = {
  "store.busy": ["他人多次抢先写入；未写入任何内容。", "再次发送同一请求。"],
  "store.chain_broken": [
    "数据库中的记录从未有过新事件所承接的事件：它是另一记录，或是另行延续的数据库副本。",
    "查明哪一个数据库是正确的；查明之前不得继续。",
  ],
  "store.event_missing": ["记录中没有此序号的事件。", "核对事件序号。"],
  "store.key_invalid": ["密钥不是 age 的密钥。", "公钥以 age1 开头，私钥以 AGE-SECRET-KEY- 开头且只有一个。"],
  "store.log_name": ["这不是随机分配记录的名称。", "1～100 个字母、数字或 `. _ -`，以字母或数字开头。"],
  "store.plan_missing": ["动态随机化由其方案和种子决定，而没有给出。", "以 `basis: { plan, seed }` 建立记录。"],
  "store.request_differs": ["该请求编号此前用于另一内容的请求。", "新的请求用新的编号。"],
  "store.treatment_not_opened": ["数据库中的分组信息不能用此密钥打开。", "用其收件人之一的私钥，且表未被改动。"],
  "store.treatments_closed": [
    "事件含有分组信息，而数据库打开时没有 `treatments`。",
    "在有权读取的进程中，以 `PLAIN_TREATMENTS` 或 `ageTreatments` 打开。",
  ],
  "store.unavailable": ["数据库没有应答或拒绝；事件是否已写入不明。", "再次发送同一请求。"],
};
