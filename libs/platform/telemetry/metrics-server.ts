import http from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Metrics } from './metrics';

export interface MetricsServer {
  /** Where Prometheus asks, for example `http://127.0.0.1:9464/metrics`. */
  readonly url: string;
  close(): Promise<void>;
}

const answer = async (metrics: Metrics, { method, url }: http.IncomingMessage, response: http.ServerResponse): Promise<void> => {
  if (url !== '/metrics' || (method !== 'GET' && method !== 'HEAD')) return void response.writeHead(404).end();
  const text = await metrics.text();
  response.writeHead(200, { 'Content-Type': metrics.contentType, 'Cache-Control': 'no-store', 'X-Content-Type-Options': 'nosniff' });
  response.end(method === 'HEAD' ? undefined : text);
};

/** Serves the metrics at an address of their own, where pages and API are not. @throws what `listen` throws when it cannot be had, with the `setting` that asked for it */
export const serveMetrics = async (metrics: Metrics, { host, port }: { readonly host: string; readonly port: number }): Promise<MetricsServer> => {
  const server = http.createServer({ requestTimeout: 10_000 }, (request, response) => {
    answer(metrics, request, response).catch(() => void response.writeHead(500).end());
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', (error) => reject(Object.assign(error, { setting: 'DAYBOOK_METRICS_LISTEN' })));
    server.listen(port, host, resolve);
  });
  const { port: listens } = server.address() as AddressInfo;
  return {
    url: `http://${host.includes(':') ? `[${host}]` : host}:${listens}/metrics`,
    close: () => new Promise((resolve) => {
      server.close(() => resolve());
      server.closeAllConnections();
    }),
  };
};
