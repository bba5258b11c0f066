/** The dialog opens so long before the session ends, ms. */
const WARNING = 5 * 60_000;

const timedOut = () => location.assign(`/timed-out?return=${encodeURIComponent(location.pathname + location.search)}`);

const time = (iso) => new Date(iso).toLocaleTimeString('en-GB', { timeZone: 'Europe/London', hour: 'numeric', minute: '2-digit', hour12: true }).replace(/\s/g, '').toLowerCase();

/** Asks the server how long the session has, because another tab may have used it. Its own clock counts, not the browser's. */
const ask = async (address, options) => {
  const answer = await fetch(address, { ...options, headers: { accept: 'application/json' }, cache: 'no-store' });
  if (answer.status === 401) return undefined;
  const { endsAt, idleEndsAt } = await answer.json();
  return { left: Date.parse(idleEndsAt) - Date.parse(answer.headers.get('date')), endsAt: idleEndsAt, last: idleEndsAt === endsAt };
};

/** Warns before the session ends, and leaves the page when it has. */
export const watchSession = (dialog) => {
  const [stay, said] = [dialog.querySelector('[data-session-stay]'), document.querySelectorAll('[data-session-ends]')];
  let timer;
  const wait = (ms, next) => {
    clearTimeout(timer);
    timer = setTimeout(next, Math.max(1_000, ms));
  };
  const look = (address = '/session', options = {}) => ask(address, options).then(show, () => wait(30_000, look));
  const show = (session) => {
    if (!session || session.left <= 0) return timedOut();
    for (const place of said) place.textContent = time(session.endsAt);
    stay.hidden = session.last;
    if (session.left > WARNING) {
      if (dialog.open) dialog.close();
      return wait(session.left - WARNING, () => look());
    }
    if (!dialog.open) dialog.showModal();
    return wait(Math.min(session.left, 30_000), () => look());
  };
  stay.addEventListener('click', () => look('/session/extend', { method: 'POST', body: new URLSearchParams({ token: dialog.dataset.token }) }));
  // Escape stays signed in too: nobody who is there should be signed out for having closed a box.
  dialog.addEventListener('cancel', (event) => {
    if (stay.hidden) return;
    event.preventDefault();
    stay.click();
  });
  wait(Number(dialog.dataset.sessionLeft) - WARNING, () => look());
};
