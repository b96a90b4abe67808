// Elements. Text from evidence only ever becomes a text node or an attribute, never markup.
const svgSpace = 'http://www.w3.org/2000/svg';

function dress(node, attributes, children) {
  for (const [name, value] of Object.entries(attributes || {})) {
    if (value === null || value === undefined || value === false) continue;
    if (name === 'on') {
      for (const [event, listener] of Object.entries(value)) node.addEventListener(event, listener);
    } else if (name === 'style') {
      for (const [property, text] of Object.entries(value)) node.style.setProperty(property, text);
    } else {
      node.setAttribute(name, value === true ? '' : String(value));
    }
  }
  append(node, children);
  return node;
}

function append(node, children) {
  for (const child of children) {
    if (child === null || child === undefined || child === false) continue;
    if (Array.isArray(child)) append(node, child);
    else node.append(child instanceof Node ? child : document.createTextNode(String(child)));
  }
}

export function element(name, attributes, ...children) {
  return dress(document.createElement(name), attributes, children);
}

export function drawing(name, attributes, ...children) {
  return dress(document.createElementNS(svgSpace, name), attributes, children);
}

export function fill(node, ...children) {
  node.replaceChildren();
  append(node, children);
  return node;
}

export function byId(id) {
  return document.getElementById(id);
}

export function button(text, press, attributes) {
  return element('button', { type: 'button', on: { click: press }, ...attributes }, text);
}

// Two columns of terms and values; rows without a value are left out.
export function facts(rows) {
  const list = element('dl', { class: 'facts' });
  for (const [term, value, attributes] of rows) {
    if (value === null || value === undefined || value === '') continue;
    list.append(element('dt', {}, term), element('dd', attributes, value));
  }
  return list;
}
