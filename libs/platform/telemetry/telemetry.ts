import os from 'node:os';
import { pid } from 'node:process';
import type { TelemetrySettings } from '#platform/settings';
import { Metrics } from './metrics';
import { otlpExporter, Tracing } from './tracing';

/** What a program tells of itself beside its log. What is not asked for is absent, and costs nothing. */
export interface Telemetry {
  /** Which of the programs: daybook, api, console or worker. */
  readonly program: string;
  /** Which process of it, on which host. */
  readonly process: string;
  readonly metrics?: Metrics;
  readonly tracing?: Tracing;
  /** Has somebody told, a minute apart at least, that traces could not be sent. */
  onLost(tell: () => void): void;
  /** Sends what waits. */
  close(): Promise<void>;
}

/** The same trouble is told once in so many milliseconds. */
const TOLD = 60_000;

/** Opens what the settings ask for. */
export const openTelemetry = ({ metrics, traces }: TelemetrySettings, program: string): Telemetry => {
  let [told, tellLost] = [-TOLD, (): void => undefined];
  const lost = (): void => {
    if (performance.now() - told < TOLD) return;
    told = performance.now();
    tellLost();
  };
  const process = `${os.hostname()}.${pid}`;
  const tracing = traces && new Tracing({ exporter: otlpExporter(traces.url, lost), share: traces.share, program, process });
  return {
    program, process, tracing,
    ...(metrics && { metrics: new Metrics() }),
    onLost: (tell) => { tellLost = tell; },
    // A collector that is away must not keep a program from ending well.
    close: async () => tracing?.close().catch(() => undefined),
  };
};
