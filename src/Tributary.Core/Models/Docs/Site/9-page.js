// The pages: the project, one node, one macro, the graph.
docs.pages = (() => {
  const { el } = docs;
  const link = (node, text = docs.title(node)) => el('a', { href: docs.link(node), class: `dot k-${node.type}` }, text);
  const count = new Intl.NumberFormat('en');
  const badge = (text, kind) => text && el('span', { class: `badge${kind ? ` kind k-${kind}` : ''}` }, text);
  const badges = (...all) => (all.flat().some(Boolean) ? el('div', { class: 'badges' }, ...all) : null);
  const facts = (entries) => el('dl', { class: 'facts' }, entries.filter(([, value]) => value !== undefined && value !== null && value !== '').flatMap(([name, value]) => [el('dt', {}, name), el('dd', {}, value)]));
  const section = (title, size, ...content) => [el('h2', {}, title, size ? el('small', {}, count.format(size)) : null), ...content];
  const described = (text) => (text ? docs.markdown(text) : el('p', { class: 'empty' }, 'No description.'));
  const words = (value) => (typeof value === 'string' ? value : JSON.stringify(value));

  function code(versions) {
    const kinds = Object.entries(versions).filter(([, text]) => text);
    if (!kinds.length) return null;
    const pre = el('pre', { tabindex: 0 });
    let shown = '';
    const tabs = kinds.map(([name, text]) => el('button', { type: 'button', role: 'tab', onclick: () => show(name, text) }, name));
    const copy = el('button', { type: 'button', class: 'copy', onclick: async () => { await navigator.clipboard?.writeText(shown); copy.textContent = 'Copied'; setTimeout(() => { copy.textContent = 'Copy'; }, 1500); } }, 'Copy');
    function show(name, text) {
      shown = text;
      pre.replaceChildren(docs.highlight(text));
      tabs.forEach((tab) => tab.setAttribute('aria-selected', tab.textContent === name));
    }
    show(...kinds[0]);
    return el('div', { class: 'code' }, el('div', { class: 'tabs', role: 'tablist' }, tabs, copy), pre);
  }

  function columns(node) {
    if (!node.columns?.length) return [];
    const tests = new Map();
    for (const test of node.tests) if (test.column) tests.set(test.column.toLowerCase(), [...(tests.get(test.column.toLowerCase()) ?? []), test]);
    const row = (column) => el('tr', { id: `c-${column.name}` },
      el('td', { class: 'name' }, column.name),
      el('td', { class: 'type' }, column.type ?? ''),
      el('td', {}, column.description ? docs.markdown(column.description) : null,
        badges((tests.get(column.name.toLowerCase()) ?? []).map((test) => el('a', { class: 'badge', href: docs.link(test), title: test.name }, test.test ?? test.name)),
          (column.tags ?? []).map((tag) => badge(tag)), column.missing && badge('not in the database'))));
    return section('Columns', node.columns.length, el('div', { class: 'scroll' }, el('table', {},
      el('thead', {}, el('tr', {}, ['Column', 'Type', 'Description'].map((name) => el('th', { scope: 'col' }, name)))), el('tbody', {}, node.columns.map(row)))));
  }

  function related(title, nodes) {
    return nodes.length ? el('div', {}, section(title, nodes.length, el('ul', { class: 'plain' }, nodes.map((node) => el('li', {}, link(node)))))) : null;
  }

  const relatives = (node) => [el('div', { class: 'columns' },
    related('Depends on', node.parents), related('Referenced by', node.children), related('Tests', node.tests), related('Macros', (node.calls ?? []).map((id) => docs.project.macros.get(id)).filter((macro) => macro?.package === node.package)))];

  function around(node) {
    const nodes = new Set([node, ...node.parents, ...node.children]);
    if (nodes.size < 2 || docs.project.isTest(node)) return [];
    for (const parent of node.parents) if (nodes.size < 40) parent.parents.forEach((each) => nodes.add(each));
    for (const child of node.children) if (nodes.size < 40) child.children.forEach((each) => nodes.add(each));
    const word = node.type === 'source' ? `source:${node.source}.${node.name}` : docs.title(node);
    const tools = el('a', { class: 'badge', style: 'background:var(--paper);align-self:center', href: `#/graph/${encodeURIComponent(`+${word}+`)}` }, 'All before and behind');
    return section('Graph', 0, docs.graphFrame([...nodes], { here: node, tools }));
  }

  function node(each) {
    const owner = each.owner && (typeof each.owner === 'string' ? each.owner : [each.owner.name, each.owner.email].filter(Boolean).join(', '));
    const meta = Object.entries(each.meta ?? {}).map(([key, value]) => [key, words(value)]);
    const rows = each.rows >= 0 ? `about ${count.format(each.rows)}` : null;
    return [
      el('div', { class: 'crumbs' }, [each.package, ...(each.path ?? '').split('/')].join(' / ')),
      el('h1', {}, docs.title(each)),
      el('div', { class: 'badges' }, badge(each.type.replace('_', ' '), each.type), badge(each.materialized), badge(each.access && each.access !== 'protected' ? each.access : null),
        badge(each.group && `group ${each.group}`), badge(each.contract && 'contract'), (each.tags ?? []).map((tag) => badge(`# ${tag}`))),
      described(each.description),
      facts([['Relation', each.relation && el('code', {}, each.relation)], ['Owner', owner], ['Kind', each.kind], ['Rows', rows], ['Size', each.size],
        ['Tests', each.attached && docs.find(each.attached) ? link(docs.find(each.attached)) : null], ['Column', each.column], ['Severity', each.severity], ['Url', each.url && docs.markdown(`<${each.url}>`)],
        ['Maturity', each.maturity], ['Loader', each.loader], ['Expression', each.expression && el('code', {}, each.expression)], ...meta]),
      ...columns(each),
      ...around(each),
      ...relatives(each),
      ...(each.raw || each.compiled ? section('Code', 0, code({ Source: each.raw, Compiled: each.compiled })) : []),
    ];
  }

  const macro = (each) => [
    el('div', { class: 'crumbs' }, [each.package, ...(each.path ?? '').split('/')].join(' / ')),
    el('h1', {}, each.name),
    el('div', { class: 'badges' }, badge('macro', 'macro')),
    described(each.description),
    ...(each.arguments?.length ? section('Arguments', each.arguments.length, el('div', { class: 'scroll' }, el('table', {}, el('tbody', {}, each.arguments.map((argument) => el('tr', {},
      el('td', { class: 'name' }, argument.name), el('td', { class: 'type' }, argument.type ?? ''), el('td', {}, argument.description ? docs.markdown(argument.description) : ''))))))) : []),
    el('div', { class: 'columns' }, related('Referenced by', each.users), related('Calls', (each.calls ?? []).map((id) => docs.project.macros.get(id)).filter(Boolean))),
    ...section('Code', 0, code({ Source: each.raw })),
  ];

  function home() {
    const { data } = docs;
    const sizes = new Map();
    for (const each of docs.project.all) sizes.set(each.type, (sizes.get(each.type) ?? 0) + 1);
    const own = data.macros.filter((each) => each.package === data.name).length;
    const names = { model: 'models', source: 'source tables', seed: 'seeds', snapshot: 'snapshots', test: 'tests', unit_test: 'unit tests', exposure: 'exposures', metric: 'metrics', semantic_model: 'semantic models', saved_query: 'saved queries' };
    const starts = docs.project.drawn.filter((each) => each.type === 'exposure' || (each.type === 'model' && !each.children.length && each.package === data.name));
    return [
      el('h1', {}, data.name),
      data.overview ? docs.markdown(data.overview) : null,
      el('div', { class: 'tiles' }, Object.entries(names).filter(([type]) => sizes.get(type)).map(([type, name]) => el('div', {}, el('b', {}, count.format(sizes.get(type))), el('span', {}, name))),
        own ? el('div', {}, el('b', {}, count.format(own)), el('span', {}, 'macros')) : null,
        el('a', { href: '#/graph' }, el('b', {}, '→'), el('span', {}, 'the whole graph'))),
      ...(starts.length ? section('What the project ends in', starts.length, el('ul', { class: 'plain columns' }, starts.slice(0, 60).map((each) => el('li', {}, link(each)))),
        starts.length > 60 && el('p', { class: 'empty' }, `and ${count.format(starts.length - 60)} more`)) : []),
      el('p', { class: 'foot' }, `Made ${new Date(data.made).toLocaleString('en', { dateStyle: 'long', timeStyle: 'short' })} for target ${data.target}. `,
        el('kbd', {}, '/'), ' searches, ', el('kbd', {}, 'g'), ' draws the graph, ', el('kbd', {}, 't'), ' changes the light.'),
    ];
  }

  function graph(words) {
    const input = el('input', { type: 'text', value: words, spellcheck: 'false', placeholder: 'Select: +model+  tag:nightly  source:web+', 'aria-label': 'Select nodes' });
    const chosen = words ? docs.select(words) : docs.project.drawn;
    const form = el('form', { style: 'display:contents', onsubmit: (event) => { event.preventDefault(); location.hash = input.value.trim() ? `#/graph/${encodeURIComponent(input.value.trim())}` : '#/graph'; } }, input);
    const tools = [form, el('output', {}, chosen.length === 1 ? '1 node' : `${count.format(chosen.length)} nodes`)];
    const named = words && chosen.find((each) => words.replace(/[+@]/g, ' ').split(/[\s,]+/).includes(docs.title(each)));
    if (!chosen.length) return el('div', { class: 'graph whole' }, el('div', { class: 'tools' }, tools));
    return docs.graphFrame(chosen, { whole: true, here: named || undefined, tools });
  }

  const missing = (id) => [el('h1', {}, 'Not here'), el('p', {}, 'There is nothing named ', el('code', {}, id), ' in this project.')];

  return { node, macro, home, graph, missing };
})();
