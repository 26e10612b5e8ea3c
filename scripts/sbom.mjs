/**
 * Prints what the package is made of, as CycloneDX: `node scripts/sbom.mjs > sbom.json`.
 *
 * `npm sbom --omit dev` leaves out Lit, which dev dependencies need as well (npm 11.19): so all is asked for, and what only
 * development needs is taken out here.
 */
import {spawnSync} from 'node:child_process';
import {fileURLToPath} from 'node:url';

const ROOT = fileURLToPath(new URL('..', import.meta.url));

export function readSbom() {
  const {status, stdout, stderr} = spawnSync('npm', ['sbom', '--sbom-format', 'cyclonedx'], {
    cwd: ROOT,
    encoding: 'utf8',
    maxBuffer: 2 ** 26,
    shell: process.platform === 'win32',
  });
  if (status !== 0) throw new Error(stderr);
  const {components, dependencies, ...rest} = JSON.parse(stdout);
  const isDevelopment = ({name}) => name === 'cdx:npm:package:development';
  const kept = components.filter(({properties = []}) => !properties.some(isDevelopment));
  const refs = new Set([rest.metadata.component['bom-ref'], ...kept.map((component) => component['bom-ref'])]);
  const edges = dependencies.filter(({ref}) => refs.has(ref));
  return {
    ...rest,
    components: kept,
    dependencies: edges.map(({ref, dependsOn}) => ({ref, dependsOn: dependsOn.filter((other) => refs.has(other))})),
  };
}

if (process.argv[1] === fileURLToPath(import.meta.url)) console.log(JSON.stringify(readSbom(), null, 2));
