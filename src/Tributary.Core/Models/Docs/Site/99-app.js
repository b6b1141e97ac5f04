// Brings address, keys and pages together.
(() => {
  const { el } = docs;
  const at = (id) => document.getElementById(id);
  const [page, tree, side, search, hits, menu] = ['page', 'tree', 'side', 'search', 'hits', 'menu'].map(at);
  const store = { get: (key) => { try { return localStorage.getItem(key); } catch { return null; } }, set: (key, value) => { try { localStorage.setItem(key, value); } catch { /* a private window */ } } };

  const dark = () => (store.get('theme') ?? (matchMedia('(prefers-color-scheme: dark)').matches ? 'dark' : 'light'));
  const paint = () => { document.documentElement.dataset.theme = dark(); };
  const repaint = () => { store.set('theme', dark() === 'dark' ? 'light' : 'dark'); paint(); };

  const openSide = (open) => { side.classList.toggle('open', open); menu.setAttribute('aria-expanded', open); };

  let fresh = true;
  function show() {
    const path = location.hash.startsWith('#/') ? decodeURIComponent(location.hash.slice(2)) : '';
    if (location.hash && !location.hash.startsWith('#/')) return;
    const isGraph = path === 'graph' || path.startsWith('graph/');
    const found = docs.find(path);
    page.classList.toggle('wide', isGraph);
    page.replaceChildren(...[isGraph ? docs.pages.graph(path.slice(6)) : !path ? docs.pages.home() : !found ? docs.pages.missing(path)
      : docs.project.macros.has(path) ? docs.pages.macro(found) : docs.pages.node(found)].flat().filter(Boolean));
    document.title = found ? `${docs.title(found)} · ${docs.data.name}` : docs.data.name;
    docs.tree.show(tree, found?.id);
    hide();
    openSide(false);
    if (!fresh) {
      scrollTo(0, 0);
      page.focus({ preventScroll: true });
    }
    fresh = false;
  }

  function hide() {
    hits.hidden = true;
    hits.replaceChildren();
  }

  function look() {
    const words = search.value.toLowerCase().split(/\s+/).filter(Boolean);
    if (!words.length) return hide();
    const found = docs.search(search.value);
    hits.replaceChildren(...(found.length ? found.map(({ node, place }, i) => el('li', {}, el('a', { href: docs.link(node), 'aria-current': i === 0 ? 'true' : 'false' },
      el('span', { class: `dot k-${node.type}` }, ...docs.marked(docs.title(node), words)), el('small', {}, ...docs.marked(place, words))))) : [el('li', { class: 'none' }, 'Nothing is named so.')]));
    hits.hidden = false;
  }

  function step(by) {
    const links = [...hits.querySelectorAll('a')];
    const now = links.findIndex((each) => each.getAttribute('aria-current') === 'true');
    links[now]?.setAttribute('aria-current', 'false');
    const next = links[(now + by + links.length) % links.length];
    next?.setAttribute('aria-current', 'true');
    next?.scrollIntoView({ block: 'nearest' });
  }

  search.addEventListener('input', look);
  search.addEventListener('focus', look);
  search.addEventListener('keydown', (event) => {
    if (event.key === 'ArrowDown' || event.key === 'ArrowUp') { event.preventDefault(); step(event.key === 'ArrowDown' ? 1 : -1); }
    if (event.key === 'Enter') { hits.querySelector('[aria-current="true"]')?.click(); search.blur(); }
    if (event.key === 'Escape') { search.value = ''; hide(); search.blur(); }
  });
  document.addEventListener('click', (event) => { if (!event.target.closest('.find')) hide(); });
  hits.addEventListener('click', () => { search.value = ''; hide(); });

  document.addEventListener('keydown', (event) => {
    if (event.target.closest('input, textarea') || event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.key === '/') { event.preventDefault(); search.focus(); search.select(); }
    if (event.key === 'g') location.hash = '#/graph';
    if (event.key === 't') repaint();
  });

  for (const tab of document.querySelectorAll('[data-view]')) {
    tab.addEventListener('click', () => {
      document.querySelectorAll('[data-view]').forEach((each) => each.setAttribute('aria-selected', each === tab));
      docs.tree.fill(tree, tab.dataset.view);
      docs.tree.show(tree, docs.find(decodeURIComponent(location.hash.slice(2)))?.id);
    });
  }
  menu.addEventListener('click', () => openSide(!side.classList.contains('open')));
  at('theme').addEventListener('click', repaint);
  document.querySelector('.skip').addEventListener('click', (event) => { event.preventDefault(); page.focus(); });
  addEventListener('hashchange', show);

  paint();
  docs.tree.fill(tree, 'project');
  show();
})();
