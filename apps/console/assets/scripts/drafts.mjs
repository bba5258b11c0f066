/** What was typed is kept so often, ms. */
const EVERY = 30_000;

/** Keeps what is typed into a form that records, for whoever typed it, until it is sent. */
export const keepTyped = (form) => {
  const fields = () => new URLSearchParams(new FormData(form)).toString();
  let [kept, sent] = [fields(), new AbortController()];
  const keep = async () => {
    const typed = fields();
    if (typed === kept) return;
    const body = new URLSearchParams(typed);
    body.set('of', form.getAttribute('action'));
    const answer = await fetch('/drafts', { method: 'POST', body, cache: 'no-store', signal: sent.signal }).catch(() => undefined);
    if (answer?.ok) kept = typed;
    else if (answer?.status === 403) clearInterval(timer); // this form keeps nothing any more
  };
  const timer = setInterval(keep, EVERY);
  // What is sent is kept by the server itself: an older word must not come after it.
  form.addEventListener('submit', () => {
    clearInterval(timer);
    sent.abort();
  });
};
