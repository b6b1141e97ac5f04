// SQL and Jinja in colours: one pass over the text, spans for what it knows.
docs.highlight = (() => {
  const words = new Set(('all and any array as asc between by case cast coalesce create cross current_date current_timestamp date delete desc distinct drop else end except '
    + 'exists extract false fetch filter first following for from full group grouping having ilike in index inner insert intersect interval into is join last lateral left '
    + 'like limit materialized natural not null nulls numeric integer bigint text boolean timestamp timestamptz jsonb offset on or order outer over partition preceding '
    + 'primary range recursive returning right rollup row rows select set sets similar some table then to true unbounded union unique update using values view when where '
    + 'window with within if endif elif endfor do call endcall macro endmacro block endblock').split(' '));
  const part = /(\/\*[\s\S]*?\*\/|--[^\n]*|\{#[\s\S]*?#\})|(\{\{[\s\S]*?\}\}|\{%[\s\S]*?%\})|('(?:[^']|'')*'|\$\$[\s\S]*?\$\$)|("(?:[^"]|"")*")|(\b\d+(?:\.\d+)?\b)|([A-Za-z_][A-Za-z_0-9]*)/g;

  return (text) => {
    const code = docs.el('code');
    let last = 0;
    const span = (kind, piece) => docs.el('span', { class: `h-${kind}` }, piece);
    for (const found of text.matchAll(part)) {
      const [piece, talk, jinja, quoted, name, number, word] = found;
      const made = talk ? span('talk', piece) : jinja ? span('jinja', piece) : quoted ? span('text', piece) : number ? span('number', piece)
        : word && words.has(word.toLowerCase()) ? span('word', piece) : null;
      if (!made || name) continue;
      code.append(text.slice(last, found.index), made);
      last = found.index + piece.length;
    }
    code.append(text.slice(last));
    return code;
  };
})();
