// Search over names, tags, columns and descriptions: every word must be found somewhere; names count most.
docs.search = (() => {
  const entries = [...docs.project.all.filter((node) => !docs.project.isTest(node)), ...docs.data.macros].map((node) => ({
    node,
    name: docs.title(node).toLowerCase(),
    tags: (node.tags ?? []).join(' ').toLowerCase(),
    columns: (node.columns ?? []).map((column) => column.name).join(' ').toLowerCase(),
    text: `${node.description ?? ''} ${(node.columns ?? []).map((column) => column.description ?? '').join(' ')} ${node.path ?? ''}`.toLowerCase(),
  }));

  const score = (entry, word) => {
    if (entry.name === word) return 100;
    if (entry.name.startsWith(word)) return 60;
    if (entry.name.includes(`_${word}`) || entry.name.includes(`.${word}`)) return 45;
    if (entry.name.includes(word)) return 35;
    if (` ${entry.tags} `.includes(` ${word} `)) return 30;
    if (` ${entry.columns} `.includes(` ${word} `)) return 22;
    if (entry.columns.includes(word)) return 14;
    return entry.text.includes(word) ? 8 : 0;
  };

  const place = (entry, words) => {
    const column = (entry.node.columns ?? []).find((each) => words.some((word) => each.name.toLowerCase().includes(word)));
    if (column && !words.every((word) => entry.name.includes(word))) return `column ${column.name}`;
    const text = (entry.node.description ?? '').replace(/\s+/g, ' ');
    const at = text.toLowerCase().indexOf(words.find((word) => text.toLowerCase().includes(word)) ?? ' ');
    return at > 60 ? `… ${text.slice(at - 30, at + 120)}` : text.slice(0, 150) || entry.node.path || '';
  };

  return (query, most = 40) => {
    const words = query.toLowerCase().split(/\s+/).filter(Boolean);
    if (!words.length) return [];
    const found = [];
    for (const entry of entries) {
      let sum = 0;
      for (const word of words) {
        const one = score(entry, word);
        if (!one) { sum = 0; break; }
        sum += one;
      }
      if (sum) found.push({ node: entry.node, sum: sum - entry.name.length / 100 - (entry.node.type === 'macro' ? 3 : 0), place: place(entry, words) });
    }
    return found.sort((a, b) => b.sum - a.sum).slice(0, most);
  };
})();

// Text with the found words marked.
docs.marked = (text, words) => {
  if (!words.length) return [text];
  const pattern = new RegExp(`(${words.map((word) => word.replace(/[^\w]/g, '\\$&')).join('|')})`, 'gi');
  return text.split(pattern).map((piece, i) => (i % 2 ? docs.el('mark', {}, piece) : piece));
};
