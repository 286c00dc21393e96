// A script that asks the example service: node examples/back-end/client.mjs [URL]
import { randomUUID } from "node:crypto";

const [url = "http://127.0.0.1:8787"] = process.argv.slice(2);

/** Sends a request until it is answered; its id stays the same, so nothing is done twice. */
async function ask(path, token, body, headers = {}) {
  const id = randomUUID();
  for (;;) {
    const response = await fetch(`${url}${path}`, {
      method: body === undefined ? "GET" : "POST",
      headers: {
        Authorization: `Bearer ${token}`,
        "Content-Type": "application/json",
        "Idempotency-Key": id,
        ...headers,
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    const answer = await response.json();
    if (response.ok) return answer;
    if (response.status !== 503) throw new Error(`${answer.error.code}: ${answer.error.message}`);
    await new Promise((resolve) => setTimeout(resolve, 500));
  }
}

const participant = `S-${randomUUID().slice(0, 8)}`;
const { number, receipt } = await ask("/allocations", "stub-site-01", { participant, stratum: { site: "01" } });
console.log(`${participant} has number ${number}; receipt ${receipt}`);
const { code } = await ask("/kits", "stub-site-01", { participant, administration: 1 });
console.log(`first administration: kit ${code}`);
const { participants } = await ask("/participants", "stub-monitor");
console.log(`${participants.length} allocated so far`);
