/**
 * Serves every page of the browser tests under the policy the package promises to live with.
 *
 * No exception is made for the harness. The test runner writes two inline scripts into its page, which the
 * policy forbids; they are moved, unchanged, to addresses of the same server.
 */
import {createHash} from 'node:crypto';

export const CONTENT_SECURITY_POLICY = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "img-src 'self'",
  "connect-src 'self'",
  "require-trusted-types-for 'script'",
  'trusted-types lit-html',
].join('; ');

const PREFIX = '/__inline-script__/';
const SCRIPT = /<script(?<attributes>[^>]*)>(?<text>[\s\S]*?)<\/script>/g;

/** @returns {import('@web/test-runner').Middleware} */
export function policyPages() {
  /** @type {Map<string, string>} path to script text */
  const scripts = new Map();

  return async (context, next) => {
    const script = scripts.get(context.path);
    if (script !== undefined) {
      context.type = 'js';
      context.body = script;
      return;
    }
    await next();
    if (!context.response.is('html') || typeof context.body !== 'string') return;
    context.set('content-security-policy', CONTENT_SECURITY_POLICY);
    context.body = moveInlineScripts(context.body, scripts);
  };
}

function moveInlineScripts(page, scripts) {
  return page.replace(SCRIPT, (tag, attributes, text) => {
    if (/\ssrc\s*=/.test(attributes)) return tag;
    const path = `${PREFIX}${createHash('sha256').update(text).digest('hex')}.js`;
    scripts.set(path, text);
    return `<script${attributes} src="${path}"></script>`;
  });
}
