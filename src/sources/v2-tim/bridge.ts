import {SourceError} from '../../model/errors.js';
import {errorsByCode, settle} from '../shared/settle.js';
import type {V2TimCallName, V2TimCalls, V2TimClient, V2TimOptions} from './client.js';

/** What V2TIM's codes mean. */
export const toError = errorsByCode({
  'not-ready': [6013, 6014, 6015],
  auth: [6206, 6208, 6026, 6213, 70001],
  network: [6200, 6201, 6209, 9508],
  timeout: [6012, 9520],
  'rate-limited': [6212, 7008],
  'not-found': [6004, 51009],
  'limit-exceeded': [51006, 51008, 51010, 51011],
  unsupported: [7013],
  'invalid-argument': [6017],
});

/**
 * Parses JSON and keeps whole numbers of more than 15 digits as strings: as numbers they would lose their last digits.
 *
 * For bridges that hand over a raw JSON string beside the parsed one, as Electron's `json_param`.
 */
export function parseLossless(json: string): unknown {
  const tokens = /"(?:[^"\\]|\\.)*"|-?\d+(?:\.\d+)?(?:e[-+]?\d+)?/gi;
  return JSON.parse(json.replace(tokens, (token) => (/^-?\d{16,}$/.test(token) ? `"${token}"` : token)));
}

/** What a bridge hands over, out of its envelopes: JSON, or `{code, desc, data}`. */
export function unwrap(value: unknown): unknown {
  if (typeof value === 'string' && /^\s*[[{]/.test(value)) return unwrap(parseLossless(value));
  if (typeof value !== 'object' || value === null || !('code' in value)) return value;
  if (value.code !== 0) throw toError(value);
  return unwrap('data' in value ? value.data : undefined);
}

/** Makes calls of whichever client has them, by the client's conventions. */
export class Bridge {
  readonly #hosts: readonly Partial<Record<string, unknown>>[];

  constructor(
    client: V2TimClient,
    readonly options: V2TimOptions,
  ) {
    this.#hosts = [client, ...(options.also ?? [])] as V2TimCalls[];
  }

  has(...names: readonly V2TimCallName[]): boolean {
    return names.every((name) => this.#hostOf(name));
  }

  /** @throws SourceError the failure, by its code; `unsupported` if there is no such call. */
  ask(name: V2TimCallName | keyof V2TimClient, args: readonly unknown[], signal?: AbortSignal): Promise<unknown> {
    return settle(
      async () => {
        const {callbacks} = this.options;
        if (!callbacks) return unwrap(await this.call(name, ...args));
        return unwrap(
          await new Promise((resolve, reject) => {
            // Two functions with the values as arguments, or an object with two.
            const onSuccess = (...values: readonly unknown[]): void => {
              const [conversationList, nextSeq, isFinished] = values;
              resolve(values.length > 1 ? {conversationList, nextSeq, isFinished} : conversationList);
            };
            const onError = (code: unknown, desc: unknown): void => reject(toError({code, desc}));
            this.call(name, ...args, Object.assign(onSuccess, {onSuccess, onError}), onError);
          }),
        );
      },
      {signal},
      toError,
      this.options.timeoutMs,
    );
  }

  /** Calls as it is, and returns what that returns. */
  call(name: V2TimCallName | keyof V2TimClient, ...args: readonly unknown[]): unknown {
    const host = this.#hostOf(name);
    if (!host) throw new SourceError('unsupported', `The client has no ${name}()`);
    return (host[name] as (...args: readonly unknown[]) => unknown)(...args);
  }

  #hostOf(name: string): Partial<Record<string, unknown>> | undefined {
    return this.#hosts.find((host) => typeof host[name] === 'function');
  }
}
