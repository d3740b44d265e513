"use strict";

/** Makes an element. Text always goes in as text, so nothing of an answer can become markup. */
function element(name, properties = {}, ...children) {
  const made = Object.assign(document.createElement(name), properties);
  made.append(...children);
  return made;
}

function words(schema) {
  if (!schema) return "";
  if (schema.$ref) return schema.$ref.split("/").pop();
  if (schema.anyOf) return schema.anyOf.map(words).join(" or ");
  if (schema.type === "array") return "list of " + words(schema.items);
  const type = [].concat(schema.type ?? "any").join(" or ");
  const range = schema.minimum === undefined ? "" : `, ${schema.minimum} to ${schema.maximum}`;
  return type + (schema.format ? ` (${schema.format})` : "") + range;
}

function field(parameter) {
  const schema = parameter.schema;
  const choices = schema.enum ?? (schema.type === "boolean" ? ["true", "false"] : null);
  const input = choices
    ? element("select", {}, element("option", { value: "", textContent: "" }),
        ...choices.map(choice => element("option", { value: choice, textContent: choice })))
    : element("input", { placeholder: schema.default ?? "", spellcheck: false });
  input.name = parameter.name;
  const hint = [parameter.description, words(schema)].filter(Boolean).join(" · ");
  const label = element("span", { textContent: parameter.name, className: parameter.required ? "required" : "" });
  return [element("label", { className: "row" }, label, input, element("small", { textContent: hint })), input];
}

function address(path, fields) {
  const query = new URLSearchParams();
  let target = path;
  for (const [parameter, input] of fields) {
    if (parameter.in === "path") {
      target = target.replace(`{${parameter.name}}`, encodeURIComponent(input.value));
    } else if (input.value !== "") {
      query.append(parameter.name, input.value);
    }
  }
  return query.size ? `${target}?${query}` : target;
}

async function send(method, target, out) {
  const token = document.getElementById("token").value.trim();
  const started = performance.now();
  try {
    const answer = await fetch(target, {
      method, credentials: "omit", headers: token ? { Authorization: `Bearer ${token}` } : {},
    });
    const text = await answer.text();
    const taken = Math.round(performance.now() - started);
    let body = text;
    try { body = JSON.stringify(JSON.parse(text), null, 2); } catch { /* Shown as it came. */ }
    out.replaceChildren(
      element("p", { className: answer.ok ? "good" : "bad",
        textContent: `${answer.status} · ${taken} ms · request ${answer.headers.get("X-Request-Id")} · ${target}` }),
      element("pre", { textContent: body, tabIndex: 0 }));
  } catch (failed) {
    out.replaceChildren(element("p", { className: "bad", textContent: `No answer: ${failed.message}` }));
  }
}

function operation(path, method, described) {
  const fields = [];
  const form = element("form", { className: "body", noValidate: true });
  if (described.description) form.append(element("p", { className: "hint", textContent: described.description }));
  for (const parameter of described.parameters ?? []) {
    const [row, input] = field(parameter);
    fields.push([parameter, input]);
    form.append(row);
  }
  const answer = described.responses["200"]?.content?.["application/json"]?.schema;
  if (answer) form.append(element("p", { className: "hint", textContent: `Answers ${words(answer)}.` }));
  const button = element("button", { textContent: "Send" });
  const out = element("div", { ariaLive: "polite" });
  form.append(button, out);
  form.addEventListener("submit", async event => {
    event.preventDefault();
    button.disabled = true;
    await send(method.toUpperCase(), address(path, fields), out);
    button.disabled = false;
  });
  const line = element("summary", {}, element("b", { className: "method", textContent: method }),
    element("code", { textContent: path }), element("span", { textContent: described.summary }));
  const box = element("details", {}, line, form);
  box.dataset.words = `${path} ${described.summary}`.toLowerCase();
  return box;
}

function show(description) {
  const groups = new Map();
  for (const [path, methods] of Object.entries(description.paths)) {
    for (const [method, described] of Object.entries(methods)) {
      const tag = described.tags[0];
      if (!groups.has(tag)) groups.set(tag, element("section", {}, element("h2", { textContent: tag.replaceAll("-", " ") })));
      groups.get(tag).append(operation(path, method, described));
    }
  }
  document.getElementById("operations").replaceChildren(...groups.values());
}

function find(text) {
  for (const section of document.querySelectorAll("section")) {
    let any = false;
    for (const box of section.querySelectorAll("details")) {
      box.hidden = !box.dataset.words.includes(text.toLowerCase());
      any ||= !box.hidden;
    }
    section.hidden = !any;
  }
}

document.getElementById("find").addEventListener("input", event => find(event.target.value));
fetch("/openapi.json").then(answer => answer.json()).then(show).catch(failed =>
  document.getElementById("operations").replaceChildren(
    element("p", { className: "bad", textContent: `The description cannot be read: ${failed.message}` })));
