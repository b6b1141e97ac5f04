// A graph as SVG: drag or arrow keys move it, the wheel or + and - scale it, a click opens a node. Hovering lights a node's own edges.
docs.graph = (() => {
  const { el } = docs;
  const svg = (name, attributes, ...children) => el(name, { ...attributes, svg: true }, ...children);

  function box(node, place, here) {
    const title = docs.title(node);
    return svg('a', { href: docs.link(node), class: `node k-${node.type}${node === here ? ' here' : ''}`, transform: `translate(${place.x} ${place.y})`, 'aria-label': `${node.type} ${title}` },
      svg('title', {}, `${title}\n${node.type}${node.materialized ? `, ${node.materialized}` : ''}`),
      svg('rect', { width: place.w, height: place.h, rx: 6 }),
      svg('rect', { class: 'side', width: 5, height: place.h, rx: 2.5 }),
      svg('text', { x: 15, y: place.h / 2 + 4 }, title.length > 34 ? `${title.slice(0, 33)}…` : title));
  }

  function edge(from, to) {
    const x1 = from.x + from.w;
    const y1 = from.y + from.h / 2;
    const y2 = to.y + to.h / 2;
    const bend = Math.min(90, Math.max(28, (to.x - x1) / 2));
    return `M${x1} ${y1}C${x1 + bend} ${y1} ${to.x - bend} ${y2} ${to.x} ${y2}`;
  }

  return (nodes, { here, whole = false } = {}) => {
    const { placed, edges, w, h } = docs.layout(nodes);
    const lines = svg('g', {});
    const near = new Map(nodes.map((node) => [node, []]));
    for (const [from, to] of edges) {
      const line = svg('path', { class: 'edge', d: edge(placed.get(from), placed.get(to)) });
      lines.append(line);
      near.get(from).push([line, to]);
      near.get(to).push([line, from]);
    }
    const boxes = svg('g', {}, ...nodes.map((node) => box(node, placed.get(node), here)));
    [...boxes.children].forEach((element, i) => {
      const light = (on) => near.get(nodes[i]).forEach(([line]) => line.classList.toggle('lit', on));
      for (const [event, on] of [['pointerenter', true], ['pointerleave', false], ['focus', true], ['blur', false]]) element.addEventListener(event, () => light(on));
    });
    const picture = svg('svg', { role: 'group', 'aria-label': `Graph of ${nodes.length} nodes` }, lines, boxes);
    return { picture, view: viewOf(picture, w, h, placed.get(here), whole) };
  };

  // Moves and scales a picture by its viewBox.
  function viewOf(picture, w, h, focus, whole) {
    const margin = 24;
    const head = 34; // the tools
    const all = () => ({ x: -margin, y: -margin - head, w: w + 2 * margin, h: h + 2 * margin + head });
    let view = all();
    const show = () => picture.setAttribute('viewBox', `${view.x} ${view.y} ${view.w} ${view.h}`);
    const size = () => picture.getBoundingClientRect();
    const scale = (factor, cx, cy) => {
      view = { x: cx - (cx - view.x) * factor, y: cy - (cy - view.y) * factor, w: view.w * factor, h: view.h * factor };
      show();
    };
    const point = (event) => {
      const area = size();
      const k = Math.max(view.w / area.width, view.h / area.height);
      return [view.x + view.w / 2 + (event.clientX - area.left - area.width / 2) * k, view.y + view.h / 2 + (event.clientY - area.top - area.height / 2) * k, k];
    };
    const zoom = (factor) => scale(factor, view.x + view.w / 2, view.y + view.h / 2);
    const move = (dx, dy) => { view.x += dx; view.y += dy; show(); };
    const fit = () => { view = all(); show(); };

    picture.addEventListener('wheel', (event) => {
      if (!whole && !event.ctrlKey) return;
      event.preventDefault();
      const [x, y] = point(event);
      scale(event.deltaY > 0 ? 1.15 : 1 / 1.15, x, y);
    }, { passive: false });

    const touches = new Map();
    let moved = false;
    picture.addEventListener('pointerdown', (event) => { touches.set(event.pointerId, event); moved = false; });
    picture.addEventListener('pointermove', (event) => {
      const last = touches.get(event.pointerId);
      if (!last) return;
      if (!moved && Math.hypot(event.clientX - last.clientX, event.clientY - last.clientY) < 4) return;
      if (!moved) picture.setPointerCapture(event.pointerId);
      moved = true;
      const k = point(event)[2];
      if (touches.size === 1) move((last.clientX - event.clientX) * k, (last.clientY - event.clientY) * k);
      else {
        const other = [...touches.values()].find((each) => each.pointerId !== event.pointerId);
        const span = (each) => Math.hypot(each.clientX - other.clientX, each.clientY - other.clientY);
        const [x, y] = point(other);
        scale(span(last) / Math.max(1, span(event)), x, y);
      }
      touches.set(event.pointerId, event);
    });
    for (const name of ['pointerup', 'pointercancel']) picture.addEventListener(name, (event) => touches.delete(event.pointerId));
    picture.addEventListener('click', (event) => { if (moved) event.preventDefault(); }, true);
    picture.addEventListener('dragstart', (event) => event.preventDefault());

    // A large graph begins where the reader is, at a size that can be read.
    const begin = () => {
      const area = size();
      const least = Math.max(view.w / Math.max(1, area.width), view.h / Math.max(1, area.height));
      if (focus && least > 1.6) {
        view = { x: focus.x + focus.w / 2 - area.width * 0.6, y: focus.y + focus.h / 2 - area.height * 0.6, w: area.width * 1.2, h: area.height * 1.2 };
      } else if (least < 1) {
        view = { x: w / 2 - area.width / 2, y: (h - head) / 2 - area.height / 2, w: area.width, h: area.height };
      }
      show();
    };
    show();
    return { begin, fit, zoom, move, height: h + 2 * margin + head, step: () => Math.min(view.w, view.h) / 8 };
  }
})();

// A graph in its frame, with its tools; the whole page or a part of one.
docs.graphFrame = (nodes, options = {}) => {
  const { el } = docs;
  const { picture, view } = docs.graph(nodes, options);
  const button = (text, title, run) => el('button', { type: 'button', title, 'aria-label': title, onclick: run }, text);
  const frame = el('div', { class: `graph${options.whole ? ' whole' : ''}` },
    el('div', { class: 'tools' }, options.tools, button('+', 'Larger', () => view.zoom(1 / 1.3)), button('−', 'Smaller', () => view.zoom(1.3)), button('Fit', 'All of it', view.fit)),
    picture);
  if (!options.whole) frame.style.height = `${Math.max(170, Math.min(440, view.height + 40))}px`;
  frame.addEventListener('keydown', (event) => {
    const moves = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };
    if (event.target.tagName === 'INPUT') return;
    if (moves[event.key]) view.move(...moves[event.key].map((way) => way * view.step()));
    else if (event.key === '+') view.zoom(1 / 1.3);
    else if (event.key === '-') view.zoom(1.3);
    else if (event.key === '0') view.fit();
    else return;
    event.preventDefault();
  });
  requestAnimationFrame(view.begin);
  return frame;
};
