// Places for the nodes of a graph without circles: columns by the longest way from a root, order within a column by the
// places of neighbours, then heights that straighten the edges without changing the order.
docs.layout = (() => {
  const high = 30;
  const gap = 12;
  const between = 64;

  const width = (node) => Math.min(260, 34 + docs.title(node).length * 6.9);

  function columnsOf(nodes, inside) {
    const level = new Map();
    const depth = (start) => {
      const open = [start];
      while (open.length) {
        const node = open.at(-1);
        if (level.has(node)) { open.pop(); continue; }
        const waiting = node.parents.filter((parent) => inside.has(parent) && !level.has(parent));
        if (waiting.length) { open.push(...waiting); continue; }
        level.set(node, 1 + Math.max(-1, ...node.parents.filter((parent) => inside.has(parent)).map((parent) => level.get(parent))));
        open.pop();
      }
    };
    nodes.forEach(depth);
    // A root stands just before the first that reads it, not at the far left.
    for (const node of nodes) {
      const readers = node.children.filter((child) => inside.has(child));
      if (!node.parents.some((parent) => inside.has(parent)) && readers.length) level.set(node, Math.min(...readers.map((child) => level.get(child))) - 1);
    }
    const columns = [];
    for (const node of nodes) (columns[level.get(node)] ??= []).push(node);
    return columns.filter(Boolean);
  }

  function order(columns, inside) {
    const place = new Map();
    const number = (column) => column.forEach((node, i) => place.set(node, i / Math.max(1, column.length)));
    columns.forEach((column) => { column.sort((a, b) => (a.id < b.id ? -1 : 1)); number(column); });
    for (let sweep = 0; sweep < 8; sweep++) {
      const forward = sweep % 2 === 0;
      for (const column of forward ? columns : [...columns].reverse()) {
        const mean = new Map(column.map((node) => {
          const near = (forward ? node.parents : node.children).filter((other) => inside.has(other));
          return [node, near.length ? near.reduce((sum, other) => sum + place.get(other), 0) / near.length : place.get(node)];
        }));
        column.sort((a, b) => mean.get(a) - mean.get(b));
        number(column);
      }
    }
  }

  // A column far longer than the others becomes several beside one another, so that a large project is no thread.
  function folded(columns, count) {
    const most = Math.max(24, Math.ceil(2 * Math.sqrt(count)));
    return columns.flatMap((column) => {
      const parts = Math.ceil(column.length / most);
      return Array.from({ length: parts }, (_, part) => column.filter((_node, i) => i % parts === part));
    });
  }

  function heights(columns, inside) {
    const y = new Map();
    columns.forEach((column) => column.forEach((node, i) => y.set(node, i * (high + gap))));
    for (let sweep = 0; sweep < 12; sweep++) {
      for (const column of sweep % 2 ? [...columns].reverse() : columns) {
        const wish = column.map((node) => {
          const near = [...node.parents, ...node.children].filter((other) => inside.has(other));
          return near.length ? near.reduce((sum, other) => sum + y.get(other), 0) / near.length : y.get(node);
        });
        settle(wish).forEach((value, i) => y.set(column[i], value));
      }
    }
    return y;
  }

  // The places nearest to the wishes that keep order and distance: neighbours that would overlap move as one block.
  function settle(wish) {
    const blocks = [];
    wish.forEach((value, i) => {
      blocks.push({ from: i, count: 1, at: value });
      for (let last = blocks.at(-1), before = blocks.at(-2); before && before.at + before.count * (high + gap) > last.at; last = blocks.at(-1), before = blocks.at(-2)) {
        const count = before.count + last.count;
        const at = (before.at * before.count + (last.at - before.count * (high + gap)) * last.count) / count;
        blocks.splice(-2, 2, { from: before.from, count, at });
      }
    });
    return blocks.flatMap((block) => Array.from({ length: block.count }, (_, i) => block.at + i * (high + gap)));
  }

  return (nodes) => {
    const inside = new Set(nodes);
    const levels = columnsOf(nodes, inside);
    order(levels, inside);
    const columns = folded(levels, nodes.length);
    const y = heights(columns, inside);
    const placed = new Map();
    let x = 0;
    for (const column of columns) {
      const wide = Math.max(...column.map(width));
      for (const node of column) placed.set(node, { x, y: y.get(node), w: width(node), h: high });
      x += wide + between;
    }
    const top = Math.min(...[...placed.values()].map((box) => box.y));
    for (const box of placed.values()) box.y -= top;
    const edges = nodes.flatMap((node) => node.children.filter((child) => inside.has(child)).map((child) => [node, child]));
    return { placed, edges, w: Math.max(1, x - between), h: Math.max(...[...placed.values()].map((box) => box.y + box.h)) };
  };
})();
