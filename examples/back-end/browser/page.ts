/// <reference lib="dom" />

/** The answer of `POST /allocations` as far as it is shown. */
interface Answer {
  readonly number?: string;
  readonly error?: { readonly code: string; readonly message: string };
}

const form = document.querySelector("form");
const output = document.querySelector("output");
/** One id for what stands in the form: a second click sends the same request. */
let id = crypto.randomUUID();

form?.addEventListener("input", () => {
  id = crypto.randomUUID();
});
form?.addEventListener("submit", (event) => {
  event.preventDefault();
  void send(new FormData(form));
});

async function send(data: FormData): Promise<void> {
  const [participant, site] = ["participant", "site"].map((name) => data.get(name) as string);
  const headers = {
    Authorization: `Bearer stub-site-${site ?? ""}`,
    "Content-Type": "application/json",
    "Idempotency-Key": id,
  };
  const body = JSON.stringify({ participant, stratum: { site } });
  const response = await fetch("/allocations", { method: "POST", headers, body });
  const { number, error } = (await response.json()) as Answer;
  if (output !== null) output.value = number ?? `${error?.code ?? ""}: ${error?.message ?? ""}`;
}
