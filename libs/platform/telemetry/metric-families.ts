import { Counter, Gauge, Histogram } from 'prom-client';
import type { Registry } from 'prom-client';

/** Seconds. From what memory takes to what people give up over. */
const QUICK = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 1, 5];
const WORK = [0.01, 0.05, 0.1, 0.5, 1, 5, 15, 60, 300];
const COUNTS = [1, 2, 5, 10, 25, 50, 100, 250, 500];

/**
 * Every metric of the program, in one list. Labels are names of routes, commands, codes, categories and read models: each from a list that the
 * program has, so that nothing here grows with users or records, or names one.
 */
export const familiesOf = (registry: Registry) => {
  const registers = [registry];
  const gauge = <L extends string>(name: `daybook_${string}`, help: string, ...labelNames: L[]) => new Gauge({ name, help, labelNames, registers });
  const counter = <L extends string>(name: `daybook_${string}_total`, help: string, ...labelNames: L[]) => new Counter({ name, help, labelNames, registers });
  const histogram = <L extends string>(name: `daybook_${string}`, help: string, buckets: number[], ...labelNames: L[]) => new Histogram({ name, help, buckets, labelNames, registers });
  return {
    info: gauge('daybook_info', 'The program and its version; always 1', 'program', 'version'),
    requests: counter('daybook_http_requests_total', 'Requests answered, by pattern of the route', 'method', 'route', 'status'),
    requestSeconds: histogram('daybook_http_request_duration_seconds', 'From the head of a request to the end of its answer, without streams', QUICK, 'method', 'route'),
    commandSeconds: histogram('daybook_command_duration_seconds', 'Commands, decided and durable; outcome is DONE or the code of the refusal or fault', QUICK, 'command', 'outcome'),
    appendSeconds: histogram('daybook_append_duration_seconds', 'Appends to the log, until durable, by category of the stream', QUICK, 'category', 'outcome'),
    appendEvents: histogram('daybook_append_events', 'Events of one append', COUNTS),
    commits: counter('daybook_log_commits_total', 'Transactions of the log on this host, each with one fsync shared by the appends in it'),
    head: gauge('daybook_log_head_number', 'Number of the newest event of the ledger; -1 when there is none'),
    storeInfo: gauge('daybook_event_store_info', 'What holds the log; always 1', 'kind'),
    storeState: gauge('daybook_event_store_state', '1 for the state that the log is in', 'state'),
    storeNotLive: gauge('daybook_event_store_not_live_seconds', 'Since the log was last seen to be LIVE; 0 while it is'),
    copyLag: gauge('daybook_event_store_copy_lag_seconds', 'How long the copy on this host took to hold what the event store held when it was asked; KurrentDB alone'),
    lagEvents: gauge('daybook_read_model_lag_events', 'Events that the tables do not hold yet', 'read_model'),
    lagSeconds: gauge('daybook_read_model_lag_seconds', 'Age of the oldest of them', 'read_model'),
    parked: gauge('daybook_read_model_parked_streams', 'Streams left out because an event of theirs cannot be applied', 'read_model'),
    batchSeconds: histogram('daybook_projection_batch_duration_seconds', 'Batches of events applied to all read models of a log', QUICK, 'log'),
    batchEvents: histogram('daybook_projection_batch_events', 'Events of one batch', COUNTS, 'log'),
    lookSeconds: histogram('daybook_look_duration_seconds', 'Looks put on record before an answer is sent', QUICK, 'outcome'),
    spool: gauge('daybook_look_spool_length', 'Looks that wait on this host until the log can be written'),
    jobs: gauge('daybook_jobs', 'Jobs of a reaction that wait, run or were given up (dead)', 'reaction', 'state'),
    jobWait: gauge('daybook_job_oldest_wait_seconds', 'Since the job that waits longest was asked for; 0 when none waits', 'reaction'),
    dueLag: gauge('daybook_due_work_lag_seconds', 'Since all due work of a reaction was last looked for', 'reaction'),
    jobsTrouble: gauge('daybook_jobs_trouble', '1 while the place where jobs wait has this trouble', 'trouble'),
    jobSeconds: histogram('daybook_job_duration_seconds', 'Attempts at jobs', WORK, 'reaction', 'outcome'),
    liveStreams: gauge('daybook_live_streams', 'Pages that are told of what is new'),
    sessions: gauge('daybook_sessions', 'Sessions that are open'),
    keySeconds: histogram('daybook_key_store_duration_seconds', 'Calls to the key store', QUICK, 'call', 'outcome'),
    keysBehind: gauge('daybook_keys_behind', '1 when the keys are older than the log'),
    ready: gauge('daybook_ready', '1 from the first catch-up of the read models on'),
    degraded: gauge('daybook_degraded', '1 while health has a concern'),
    checkpointAge: gauge('daybook_checkpoint_age_seconds', 'Age of the newest signed checkpoint here, and of the newest that left this machine (outside); none while there is no checkpoint', 'place'),
    certificateEnds: gauge('daybook_certificate_expiry_timestamp_seconds', 'When the certificate of an address ends that is reached by TLS, seconds since 1970', 'of'),
    unseen: counter('daybook_scrape_failures_total', 'Parts that could not be looked at when the metrics were asked for', 'part'),
  };
};

export type Families = ReturnType<typeof familiesOf>;
