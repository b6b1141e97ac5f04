'use strict';
// What generate wrote (window.docsData), with who reads whom; everything else asks here.
const docs = { data: window.docsData };

docs.project = (() => {
  const all = docs.data.nodes;
  const byId = new Map(all.map((node) => [node.id, node]));
  for (const node of all) {
    node.parents = [];
    node.children = [];
    node.tests = [];
  }
  for (const node of all) {
    for (const id of node.reads ?? []) {
      const parent = byId.get(id);
      if (!parent) continue;
      if (node.type === 'test' || node.type === 'unit_test') {
        parent.tests.push(node);
      } else {
        node.parents.push(parent);
        parent.children.push(node);
      }
    }
  }
  const macros = new Map(docs.data.macros.map((macro) => [macro.id, macro]));
  for (const macro of macros.values()) macro.users = [];
  for (const user of [...all, ...docs.data.macros]) {
    for (const id of user.calls ?? []) macros.get(id)?.users.push(user);
  }
  const isTest = (node) => node.type === 'test' || node.type === 'unit_test';
  return { all, byId, macros, isTest, drawn: all.filter((node) => !isTest(node)) };
})();

docs.title = (node) => (node.source ? `${node.source}.${node.name}` : node.version ? `${node.name}.v${node.version}` : node.name);
docs.link = (node) => `#/${node.id.split('.').map(encodeURIComponent).join('.')}`;
docs.find = (id) => docs.project.byId.get(id) ?? docs.project.macros.get(id);

// An element with attributes and children; text is always text, never markup.
docs.el = (name, attributes = {}, ...children) => {
  const element = attributes.svg ? document.createElementNS('http://www.w3.org/2000/svg', name) : document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) {
    if (key === 'svg' || value === undefined || value === null || value === false) continue;
    if (key.startsWith('on')) element.addEventListener(key.slice(2), value);
    else element.setAttribute(key, value === true ? '' : value);
  }
  for (const child of children.flat()) {
    if (child !== undefined && child !== null && child !== false) element.append(child);
  }
  return element;
};
