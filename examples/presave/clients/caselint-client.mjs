// Asks `caselint serve` about a note before it is saved. What fails, or takes over 300 ms, is saved.
//
//   const { decision, display, findings } = await ask({ text: note }, "finalise");
//   if (decision === "save") save(note);
//   else show(display, findings); // prompt or block

/** The answer of the service; its offsets count as JavaScript's strings do. */
export async function ask(record, stage = "draft", { url = "http://127.0.0.1:8787", token, milliseconds = 300 } = {}) {
  try {
    const response = await fetch(`${url}/v1/check`, {
      method: "POST",
      headers: { "Content-Type": "application/json", ...(token && { Authorization: `Bearer ${token}` }) },
      body: JSON.stringify({ record, policy: { stage }, offsets: "utf-16" }),
      signal: AbortSignal.timeout(milliseconds),
    });
    const answer = await response.json();
    return response.ok && ["save", "prompt", "block"].includes(answer.decision) ? answer : { decision: "save" };
  } catch {
    return { decision: "save" };
  }
}
