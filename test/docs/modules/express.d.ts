import type {Writable} from 'node:stream';

export interface Request {
  readonly url: string;
}
export interface Response extends Writable {
  type(name: string): this;
}
type Handler = (request: Request, response: Response) => unknown;

declare function express(): {
  use(path: string, handler: Handler): void;
  get(path: string, handler: Handler): void;
};
declare namespace express {
  function static(folder: string): Handler;
}
export default express;
