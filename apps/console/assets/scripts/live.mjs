/** Nothing is said more often, ms: whoever has a page read aloud must be able to read it. */
const QUIET = 30_000;
/** Pages that open or close at one time change the connection once, ms. */
const SETTLE = 300;
/** A server that would not answer is asked again after so long, ms. */
const AGAIN = 60_000;

const wordsOf = ({ count, more }) => `${more ? 'At least ' : ''}${count.toLocaleString('en-GB')} new ${count === 1 ? 'event' : 'events'}. `;

/** Says how much is new, beside a link that shows it. The page itself stays as it is. */
const announcer = (bar) => {
  const [said, link] = [document.createElement('span'), document.createElement('a')];
  link.className = 'govuk-link';
  link.href = bar.dataset.liveUpdate;
  link.textContent = bar.dataset.liveWords;
  let [latest, last, timer] = [undefined, -QUIET, undefined];
  const say = () => {
    timer = undefined;
    last = performance.now();
    said.textContent = latest.count > 0 ? wordsOf(latest) : '';
    if (latest.count === 0) bar.replaceChildren();
    else if (!bar.contains(link)) bar.replaceChildren(said, link);
  };
  return (told) => {
    latest = told;
    timer ??= setTimeout(say, Math.max(0, last + QUIET - performance.now()));
  };
};

/** One connection for all pages of this browser that can be seen; the page that holds it tells the others. */
const sharedConnection = (channel, topics, tell) => {
  let source, timer;
  const connect = () => {
    source?.close();
    source = new EventSource(`/live?${[...new Set(topics.values())].slice(-20).map((topic) => `topic=${topic}`).join('&')}`);
    source.addEventListener('notice', ({ data }) => tell(JSON.parse(data)));
    source.addEventListener('end', () => source.close()); // nobody is signed in here any more
    source.addEventListener('error', () => {
      if (source.readyState === EventSource.CLOSED) soon(AGAIN);
    });
  };
  const soon = (ms = SETTLE) => {
    clearTimeout(timer);
    timer = setTimeout(connect, ms);
  };
  return { soon, connect, close: () => (clearTimeout(timer), source?.close()) };
};

/** Follows the ledger for a page while it can be seen. A browser that cannot share a connection goes without. */
export const watchLedger = (bar) => {
  if (!navigator.locks || !window.BroadcastChannel) return;
  const { liveTopic, liveSince, liveChannel } = bar.dataset;
  const [name, me, mine] = [`daybook ${liveChannel}`, crypto.randomUUID?.() ?? String(Math.random()), `${liveTopic}@${liveSince}`];
  const say = announcer(bar);
  const topics = new Map();
  const channel = new BroadcastChannel(name);
  let connection, giveUp, letGo;

  const hear = (told) => {
    if (`${told.topic}@${told.since}` === mine) say(told);
  };
  const lead = () => new Promise((resolve) => {
    letGo = resolve;
    topics.clear();
    topics.set(me, mine);
    connection = sharedConnection(channel, topics, (told) => {
      channel.postMessage({ told });
      hear(told);
    });
    channel.postMessage({ asks: true });
    connection.soon();
  });
  const begin = () => {
    giveUp = new AbortController();
    channel.postMessage({ page: me, wants: mine });
    navigator.locks.request(name, { signal: giveUp.signal }, lead).catch(() => {});
  };
  const pause = () => {
    giveUp?.abort();
    connection?.close();
    letGo?.();
    giveUp = connection = letGo = undefined;
    channel.postMessage({ page: me });
  };
  channel.addEventListener('message', ({ data }) => {
    if (data.told) hear(data.told);
    else if (data.asks) giveUp && channel.postMessage({ page: me, wants: mine });
    else if (!connection) return;
    else if (!data.wants) topics.delete(data.page);
    else if (topics.get(data.page) !== data.wants) {
      topics.set(data.page, data.wants);
      connection.soon();
    }
  });
  const look = () => {
    if (document.hidden === Boolean(giveUp)) document.hidden ? pause() : begin();
  };
  document.addEventListener('visibilitychange', look);
  addEventListener('pagehide', () => giveUp && pause());
  addEventListener('pageshow', look);
  look();
};
