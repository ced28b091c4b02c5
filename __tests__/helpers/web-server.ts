import {createServer} from 'node:http';
import type {AddressInfo} from 'node:net';
import {extname} from 'node:path';

const TYPES: Readonly<Record<string, string>> = {'.html': 'text/html', '.js': 'text/javascript'};

export interface WebServer {
  readonly url: string;
  close(): void;
}

/** Serves files by their names, to this machine only. */
export async function serveFiles(files: ReadonlyMap<string, string | Uint8Array>): Promise<WebServer> {
  const server = createServer((request, response) => {
    const name = decodeURIComponent(new URL(request.url!, 'http://localhost').pathname.slice(1));
    const content = files.get(name);
    const type = TYPES[extname(name)] ?? 'application/octet-stream';
    response.writeHead(content === undefined ? 404 : 200, {'content-type': type}).end(content);
  });
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve));
  const {port} = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}/`,
    close() {
      server.closeAllConnections();
      server.close();
    },
  };
}
