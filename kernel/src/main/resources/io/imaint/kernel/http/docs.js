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
    } else if (parameter.in === "query" && input.value !== "") {
      query.append(parameter.name, input.value);
    }
  }
  return query.size ? `${target}?${query}` : target;
}

function headers(fields) {
  return Object.fromEntries(fields
    .filter(([parameter, input]) => parameter.in === "header" && input.value !== "")
    .map(([parameter, input]) => [parameter.name, input.value]));
}

/** An example of what a schema describes, for the reader to fill in. */
function example(schema, schemas, depth = 0) {
  if (!schema || depth > 4) return null;
  if (schema.$ref) return example(schemas[schema.$ref.split("/").pop()], schemas, depth + 1);
  if (schema.enum) return schema.enum[0];
  if (schema.anyOf || [].concat(schema.type).includes("null")) return null;
  if (schema.properties) {
    return Object.fromEntries(Object.entries(schema.properties)
      .map(([name, inner]) => [name, example(inner, schemas, depth + 1)]));
  }
  return { array: [], object: {}, integer: 0, number: 0, boolean: false, string: "" }[schema.type] ?? {};
}

async function send(method, target, more, body, out) {
  const token = document.getElementById("token").value.trim();
  const started = performance.now();
  try {
    const answer = await fetch(target, {
      method, credentials: "omit", body,
      headers: {
        ...more,
        ...(token ? { Authorization: `Bearer ${token}` } : {}),
        ...(body === undefined ? {} : { "Content-Type": "application/json" }),
      },
    });
    const text = await answer.text();
    const taken = Math.round(performance.now() - started);
    let body = text;
    try { body = JSON.stringify(JSON.parse(text), null, 2); } catch { /* Shown as it came. */ }
    out.replaceChildren(
      element("p", { className: answer.ok ? "good" : "bad",
        textContent: `${answer.status} · ${taken} ms · request ${answer.headers.get("X-Request-Id")} · ${target}`
          + (answer.headers.get("ETag") ? ` · ETag ${answer.headers.get("ETag")}` : "") }),
      element("pre", { textContent: body, tabIndex: 0 }));
  } catch (failed) {
    out.replaceChildren(element("p", { className: "bad", textContent: `No answer: ${failed.message}` }));
  }
}

function operation(path, method, described, schemas) {
  const fields = [];
  const form = element("form", { className: "body", noValidate: true });
  if (described.description) form.append(element("p", { className: "hint", textContent: described.description }));
  for (const parameter of described.parameters ?? []) {
    const [row, input] = field(parameter);
    fields.push([parameter, input]);
    form.append(row);
  }
  const sent = described.requestBody?.content["application/json"]?.schema;
  const body = sent && element("textarea", {
    rows: 8, spellcheck: false, ariaLabel: "body", value: JSON.stringify(example(sent, schemas), null, 2) });
  if (described.requestBody && !sent) { // A file, which this page does not send.
    const types = Object.keys(described.requestBody.content).join(" or ");
    form.append(element("p", { className: "hint", textContent: `Takes ${types}: curl --data-binary @FILE` }));
  }
  if (body) form.append(element("p", { className: "hint", textContent: `Takes ${words(sent)}.` }), body);
  const success = Object.entries(described.responses).find(([status]) => status.startsWith("2"))?.[1].content ?? {};
  const answer = success["application/json"]?.schema;
  if (answer) form.append(element("p", { className: "hint", textContent: `Answers ${words(answer)}.` }));
  const events = success["text/event-stream"]?.schema;
  if (events) { // Reading one here would wait for its end.
    form.append(element("p", { className: "hint", textContent:
      `Sends events of ${words(events)}: curl -N -H 'Authorization: Bearer …' ${location.origin}${path}` }));
  }
  const button = element("button", { textContent: "Send" });
  const out = element("div", { ariaLive: "polite" });
  form.append(...(events ? [] : [button]), out);
  form.addEventListener("submit", async event => {
    event.preventDefault();
    button.disabled = true;
    await send(method.toUpperCase(), address(path, fields), headers(fields), body?.value, out);
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
      groups.get(tag).append(operation(path, method, described, description.components.schemas));
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
