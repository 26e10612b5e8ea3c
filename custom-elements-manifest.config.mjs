/** The manifest describes what is published: the modules of `dist`, and of each class what others may use. */
export default {
  globs: ['src/define.ts', 'src/elements/**/*.ts', 'src/events/**/*.ts'],
  litelement: true,
  packagejson: false,
  plugins: [publishedOnly()],
};

function publishedOnly() {
  return {
    name: 'published-only',
    packageLinkPhase({customElementsManifest: manifest}) {
      manifest.modules.sort((a, b) => (a.path < b.path ? -1 : 1));
      for (const module of manifest.modules) {
        const exported = new Set(module.exports?.map(({declaration}) => declaration.name));
        module.declarations = module.declarations?.filter(({name}) => exported.has(name));
        module.declarations?.forEach(dropPrivate);
        module.declarations?.forEach(dropUnnamedEvents);
        module.declarations?.forEach((declaration) => nameGlobalSuperclass(declaration, module));
      }
      pointToDist(manifest);
    },
  };
}

function dropPrivate(declaration) {
  const members = declaration.members ?? [];
  const hidden = new Set(members.filter(({name, privacy}) => privacy === 'private' || /^[#_]/.test(name)));
  const hiddenNames = new Set([...hidden].map(({name}) => name));
  if (declaration.members) declaration.members = members.filter((member) => !hidden.has(member));
  if (declaration.attributes) {
    declaration.attributes = declaration.attributes.filter(({fieldName}) => !hiddenNames.has(fieldName));
  }
}

/** The analyzer takes the first argument of each event that is dispatched for a name. */
function dropUnnamedEvents(declaration) {
  if (declaration.events) declaration.events = declaration.events.filter(({name}) => /^im-/.test(name));
}

/** The analyzer looks for `Event` and its like in the module that extends them. */
function nameGlobalSuperclass({superclass}, module) {
  if (!superclass?.module || superclass.module !== module.path) return;
  if (module.declarations.some(({name}) => name === superclass.name)) return;
  delete superclass.module;
  superclass.package = 'global:';
}

/** Rewrites every `path` and `module` that names a source file. */
function pointToDist(value) {
  if (typeof value !== 'object' || value === null) return;
  for (const [key, child] of Object.entries(value)) {
    if ((key === 'path' || key === 'module') && typeof child === 'string') {
      value[key] = child.replace(/^\/?src\/(.+)\.(?:ts|js)$/, 'dist/$1.js');
    } else {
      pointToDist(child);
    }
  }
}
