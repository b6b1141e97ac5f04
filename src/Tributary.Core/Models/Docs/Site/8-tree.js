// The list at the side: by package and folder, or by database and schema. Branches are filled when they are opened.
docs.tree = (() => {
  const { el } = docs;
  const branch = () => ({ branches: new Map(), leaves: [] });

  function put(root, path, leaf) {
    let at = root;
    for (const part of path) {
      if (!at.branches.has(part)) at.branches.set(part, branch());
      at = at.branches.get(part);
    }
    at.leaves.push(leaf);
  }

  const plural = { source: 'Sources', exposure: 'Exposures', metric: 'Metrics', semantic_model: 'Semantic models', saved_query: 'Saved queries', macro: 'Macros' };

  function byProject() {
    const root = branch();
    for (const node of docs.project.drawn) {
      if (node.type === 'source') put(root, [node.package, plural.source, node.source], node);
      else if (plural[node.type]) put(root, [node.package, plural[node.type]], node);
      else put(root, [node.package, ...(node.path ?? '').split('/').slice(0, -1)], node);
    }
    for (const macro of docs.data.macros) put(root, [macro.package, plural.macro], macro);
    return root;
  }

  function byDatabase() {
    const root = branch();
    for (const node of docs.project.drawn) {
      if (node.relation) put(root, [node.database ?? '', node.schema], node);
    }
    return root;
  }

  const compare = (a, b) => a.localeCompare(b, 'en', { numeric: true });

  function list(at, inDatabase, opens) {
    const children = [];
    for (const [name, below] of [...at.branches].sort(([a], [b]) => compare(a, b))) {
      const details = el('details', {}, el('summary', {}, name));
      const fill = () => { if (!details.dataset.full) { details.dataset.full = 'yes'; details.append(list(below, inDatabase, false)); } };
      details.addEventListener('toggle', fill);
      details.fill = fill;
      details.holds = below;
      if (opens || at.branches.size === 1) { fill(); details.open = true; }
      children.push(el('li', {}, details));
    }
    for (const node of at.leaves.sort((a, b) => compare(a.name, b.name))) {
      const text = inDatabase ? node.identifier : node.type === 'source' ? node.name : docs.title(node);
      children.push(el('li', {}, el('a', { href: docs.link(node), class: `dot k-${node.type}`, title: text, 'data-id': node.id }, text)));
    }
    return el('ul', {}, children);
  }

  const has = (below, id) => below.leaves.some((leaf) => leaf.id === id) || [...below.branches.values()].some((next) => has(next, id));

  // Opens the way to a node and marks it.
  function show(tree, id) {
    tree.querySelector('[aria-current]')?.removeAttribute('aria-current');
    for (let open = true; open;) {
      open = false;
      for (const details of tree.querySelectorAll('details')) {
        if (!details.open && has(details.holds, id) && !details.dataset.shown) {
          details.fill();
          details.open = true;
          details.dataset.shown = 'yes';
          open = true;
        }
      }
    }
    tree.querySelectorAll('details').forEach((details) => delete details.dataset.shown);
    const link = id && tree.querySelector(`[data-id="${CSS.escape(id)}"]`);
    if (!link) return;
    link.setAttribute('aria-current', 'page');
    link.scrollIntoView({ block: 'nearest' });
  }

  return {
    fill(tree, view) {
      const root = view === 'database' ? byDatabase() : byProject();
      const own = new Map([...root.branches].sort(([a], [b]) => (b === docs.data.name) - (a === docs.data.name) || compare(a, b)));
      root.branches = own;
      const made = list(root, view === 'database', false);
      const first = made.querySelectorAll(':scope > li > details');
      first.forEach((details) => { if (details.querySelector('summary').textContent === docs.data.name) { details.fill(); details.open = true; } });
      tree.replaceChildren(made);
    },
    show,
  };
})();
