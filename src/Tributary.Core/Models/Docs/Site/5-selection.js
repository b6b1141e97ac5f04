// The words of --select over the drawn graph: names with wildcards, tag:, package:, path:, source:, resource_type:, + and @ around them.
docs.select = (() => {
  const matcher = (pattern) => {
    const regex = new RegExp(`^${pattern.replace(/[.+^${}()|\\]/g, '\\$&').replace(/\*/g, '.*').replace(/\?/g, '.')}$`);
    return (text) => regex.test(text ?? '');
  };

  const methods = {
    tag: (value) => { const is = matcher(value); return (node) => (node.tags ?? []).some(is); },
    package: (value) => { const is = matcher(value); return (node) => is(node.package); },
    path: (value) => { const is = matcher(value.replace(/\/$/, '')); return (node) => is(node.path) || folders(node.path).some(is); },
    source: (value) => { const is = matcher(value); return (node) => node.type === 'source' && (is(node.source) || is(`${node.source}.${node.name}`) || is(`${node.package}.${node.source}.${node.name}`)); },
    resource_type: (value) => (node) => node.type === value,
    group: (value) => { const is = matcher(value); return (node) => is(node.group); },
    access: (value) => (node) => node.access === value,
    'config.materialized': (value) => (node) => node.materialized === value,
    exposure: (value) => { const is = matcher(value); return (node) => node.type === 'exposure' && is(node.name); },
    metric: (value) => { const is = matcher(value); return (node) => node.type === 'metric' && is(node.name); },
    fqn: (value) => {
      const is = matcher(value);
      return (node) => is(node.name) || is(docs.title(node)) || is(node.id)
        || node.fqn.some((_, end) => is(node.fqn.slice(0, end + 1).join('.')) || is(node.fqn.slice(1, end + 1).join('.')));
    },
  };

  function folders(path = '') {
    const parts = path.split('/');
    return parts.slice(0, -1).map((_, end) => parts.slice(0, end + 1).join('/'));
  }

  function walk(from, next, depth) {
    const seen = new Set(from);
    let level = [...from];
    for (let i = 0; i < depth && level.length; i++) {
      const following = [];
      for (const node of level) {
        for (const other of next(node)) {
          if (!seen.has(other)) {
            seen.add(other);
            following.push(other);
          }
        }
      }
      level = following;
    }
    return seen;
  }

  const up = (nodes, depth = Infinity) => walk(nodes, (node) => node.parents, depth);
  const down = (nodes, depth = Infinity) => walk(nodes, (node) => node.children, depth);

  function one(word) {
    const found = word.match(/^(@)?(?:(\d*)(\+))?(?:([\w.]+):)?(.*?)(?:(\+)(\d*))?$/);
    const [, at, before, hasBefore, method, value, hasBehind, behind] = found;
    const test = (methods[method ?? (value.includes('/') ? 'path' : 'fqn')] ?? (() => () => false))(value);
    const start = docs.project.drawn.filter(test);
    let chosen = new Set(start);
    if (at) chosen = up(down(start));
    if (hasBefore) for (const node of up(start, before ? Number(before) : Infinity)) chosen.add(node);
    if (hasBehind) for (const node of down(start, behind ? Number(behind) : Infinity)) chosen.add(node);
    return chosen;
  }

  return (text) => {
    const chosen = new Set();
    for (const word of text.split(/\s+/).filter(Boolean)) {
      const [first, ...others] = word.split(',').map(one);
      for (const node of first) if (others.every((set) => set.has(node))) chosen.add(node);
    }
    return docs.project.drawn.filter((node) => chosen.has(node));
  };
})();
