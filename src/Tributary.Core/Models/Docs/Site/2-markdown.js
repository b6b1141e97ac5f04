// Markdown as elements. No HTML passes: what a description holds is shown, never run; links go only where a reader expects.
docs.markdown = (() => {
  const { el } = docs;
  const isSafe = (url) => /^(https?:|mailto:|#|\.{0,2}\/|[\w-]+(\/|\.|$))/i.test(url) && !/^\s*(javascript|data|vbscript):/i.test(url);

  const rules = [
    [/^`+/, (text) => {
      const fence = text.match(/^`+/)[0];
      const end = text.indexOf(fence, fence.length);
      return end < 0 ? null : [end + fence.length, el('code', {}, text.slice(fence.length, end).trim())];
    }],
    [/^!\[/, (text) => {
      const found = text.match(/^!\[([^\]]*)\]\(([^)\s]+)[^)]*\)/);
      if (!found) return null;
      const local = isSafe(found[2]) && !/^[a-z]+:/i.test(found[2]);
      return [found[0].length, local ? el('img', { src: found[2], alt: found[1], loading: 'lazy' }) : anchor(found[2], found[1] || found[2])];
    }],
    [/^\[/, (text) => {
      const found = text.match(/^\[((?:[^[\]]|\[[^\]]*\])*)\]\(((?:[^()\s]|\([^()]*\))+)[^)]*\)/);
      return found ? [found[0].length, anchor(found[2], ...inline(found[1]))] : null;
    }],
    [/^(\*\*|__)/, (text) => wrapped(text, /^(\*\*|__)(?=\S)([\s\S]*?\S)\1/, 'strong')],
    [/^(\*|_)/, (text) => wrapped(text, /^(\*|_)(?=\S)((?:\*\*|[^*_])*?\S)\1(?!\w)/, 'em')],
    [/^~~/, (text) => wrapped(text, /^(~~)(?=\S)([\s\S]*?\S)\1/, 'del')],
    [/^<?https?:\/\//, (text) => {
      const found = text.match(/^<?(https?:\/\/[^\s<>"')]+[^\s<>"').,;:!?])>?/);
      return found ? [found[0].length, anchor(found[1], found[1])] : null;
    }],
    [/^\\[\\`*_{}[\]()#+\-.!|~<>]/, (text) => [2, text[1]]],
  ];

  function anchor(url, ...children) {
    return isSafe(url) ? el('a', { href: url, rel: 'noopener noreferrer' }, ...children) : el('span', {}, ...children);
  }

  function wrapped(text, pattern, name) {
    const found = text.match(pattern);
    return found ? [found[0].length, el(name, {}, ...inline(found[2]))] : null;
  }

  function inline(text) {
    const parts = [];
    let plain = '';
    for (let i = 0; i < text.length;) {
      const rest = text.slice(i);
      const inWord = i > 0 && /\w/.test(text[i - 1]) && rest[0] === '_';
      const rule = inWord ? undefined : rules.find(([start]) => start.test(rest));
      const found = rule?.[1](rest);
      if (found) {
        if (plain) parts.push(plain);
        plain = '';
        parts.push(found[1]);
        i += found[0];
      } else if (rest.startsWith('  \n')) {
        parts.push(plain, el('br'));
        plain = '';
        i += 3;
      } else plain += text[i++];
    }
    if (plain) parts.push(plain);
    return parts;
  }

  const cells = (line) => line.trim().replace(/^\||\|$/g, '').split(/(?<!\\)\|/).map((cell) => cell.trim());

  function table(lines) {
    const row = (line, name) => el('tr', {}, cells(line).map((cell) => el(name, {}, ...inline(cell))));
    return el('div', { class: 'scroll' }, el('table', {}, el('thead', {}, row(lines[0], 'th')), el('tbody', {}, lines.slice(2).map((line) => row(line, 'td')))));
  }

  const item = /^(\s*)([-*+]|\d+[.)])\s+(.*)$/;

  function list(lines) {
    const [, indent, mark] = lines[0].match(item);
    const items = [];
    for (const line of lines) {
      const found = line.match(item);
      if (found && found[1].length <= indent.length) items.push([found[3]]);
      else items.at(-1)?.push(line.slice(Math.min(line.search(/\S|$/), indent.length + 2)));
    }
    return el(/\d/.test(mark) ? 'ol' : 'ul', {}, items.map(([first, ...rest]) => {
      const lazy = rest.findIndex((line) => !line.trim() || starts(line));
      const own = lazy < 0 ? rest : rest.slice(0, lazy);
      return el('li', {}, ...inline([first, ...own].join('\n')), ...blocks(rest.slice(own.length)));
    }));
  }

  const starts = (line) => /^(#{1,6}\s|```|~~~|>|\s*([-*+]|\d+[.)])\s+)/.test(line);

  function blocks(lines) {
    const made = [];
    for (let i = 0; i < lines.length;) {
      const line = lines[i];
      const take = (test) => {
        const from = i;
        while (i < lines.length && test(lines[i], i - from)) i++;
        return lines.slice(from, i);
      };
      if (!line.trim()) i++;
      else if (/^(```|~~~)/.test(line)) {
        const fence = line.slice(0, 3);
        i++;
        const code = take((next) => !next.startsWith(fence));
        i++;
        made.push(el('pre', {}, el('code', {}, code.join('\n'))));
      } else if (/^#{1,6}\s/.test(line)) {
        const level = line.match(/^#+/)[0].length;
        made.push(el(`h${Math.min(6, level + 2)}`, {}, ...inline(line.slice(level).replace(/#+\s*$/, '').trim())));
        i++;
      } else if (/^\s*([-*_])(\s*\1){2,}\s*$/.test(line)) {
        made.push(el('hr'));
        i++;
      } else if (line.startsWith('>')) made.push(el('blockquote', {}, ...blocks(take((next) => next.startsWith('>')).map((next) => next.replace(/^>\s?/, '')))));
      else if (item.test(line)) made.push(list(take((next, at) => at === 0 || item.test(next) || (/^\s+\S/.test(next)) )));
      else if (line.includes('|') && /^\s*\|?\s*:?-+:?\s*(\|\s*:?-+:?\s*)*\|?\s*$/.test(lines[i + 1] ?? '')) made.push(table(take((next) => next.includes('|'))));
      else made.push(el('p', {}, ...inline(take((next, at) => next.trim() && (at === 0 || !starts(next))).join('\n'))));
    }
    return made;
  }

  return (text) => el('div', { class: 'text' }, ...blocks((text ?? '').replace(/\r/g, '').split('\n')));
})();
