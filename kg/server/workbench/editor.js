"use strict";
// The editor, and what it proposes: terms after kg:, names after id:, variables and words of SPARQL.
const WORDS = ("SELECT ASK CONSTRUCT DESCRIBE WHERE DISTINCT FILTER OPTIONAL UNION MINUS GRAPH BIND VALUES " +
  "GROUP ORDER BY HAVING LIMIT OFFSET COUNT SUM MIN MAX AVG SAMPLE GROUP_CONCAT EXISTS NOT IN AS ASC DESC " +
  "REGEX STR LANG LANGMATCHES CONTAINS STRSTARTS LCASE UCASE BOUND COALESCE IF YEAR PREFIX").split(" ");
let terms = [];

const folded = (text) => text.toLowerCase();

function hint(text, shown, note) {
  return {
    text,
    render: (line) => { line.append(shown, note ? el("small", {}, note) : ""); },
  };
}

async function complete(editor) {
  const at = editor.getCursor(), line = editor.getLine(at.line).slice(0, at.ch);
  const from = (start) => CodeMirror.Pos(at.line, start);
  const prefixed = /(?:^|[^\w:-])(kg|id):([^\s{}()<>.;,|^/]*)$/.exec(line);
  if (prefixed) {
    const [, prefix, part] = prefixed, start = at.ch - part.length;
    if (prefix === "kg") {
      await loading.catch(() => {});
      const found = terms.filter((t) => folded(t.term).includes(folded(part)) || folded(t.label).includes(folded(part)));
      found.sort((a, b) => folded(b.term).startsWith(folded(part)) - folded(a.term).startsWith(folded(part)) || b.used - a.used);
      return { from: from(start), to: at, list: found.slice(0, 60).map((t) => hint(t.term, t.term, `${t.label} · ${t.kind}`)) };
    }
    if (!part) return null;
    const found = await api("find", { text: part.replaceAll("-", " "), limit: 20 }).catch(() => ({ answer: [] }));
    return { from: from(start), to: at, list: found.answer.map((one) => hint(one.id, one.name, `${one.kind} · ${one.id}`)) };
  }
  const variable = /[?$]\w*$/.exec(line);
  if (variable) {
    const known = new Set(editor.getValue().match(/[?$]\w+/g));
    known.delete(variable[0]);
    const fit = [...known].filter((one) => one.startsWith(variable[0])).sort();
    return { from: from(at.ch - variable[0].length), to: at, list: fit };
  }
  const word = /[A-Za-z_]+$/.exec(line);
  if (!word) return null;
  const fit = WORDS.filter((one) => one.startsWith(word[0].toUpperCase()));
  return { from: from(at.ch - word[0].length), to: at, list: fit };
}

function madeEditor(run) {
  const editor = CodeMirror(by("editor"), {
    mode: "application/sparql-query",
    value: "SELECT ?claim ?subject ?relation ?object {\n  ?claim kg:status kg:Contested ;\n    rdf:subject ?subject ; rdf:predicate ?relation ; rdf:object ?object\n}\nLIMIT 100",
    lineNumbers: true,
    lineWrapping: true,
    matchBrackets: true,
    screenReaderLabel: "SPARQL query",
    extraKeys: {
      "Ctrl-Enter": run,
      "Cmd-Enter": run,
      "Ctrl-Space": (cm) => cm.showHint({ hint: complete, completeSingle: false }),
      // Tab goes on to what comes next on the page.
      Tab: false,
      "Shift-Tab": false,
    },
  });
  editor.on("inputRead", (cm, change) => {
    const token = cm.getLine(cm.getCursor().line).slice(0, cm.getCursor().ch);
    if (/(?:kg|id):[^\s]*$/.test(token) && !cm.state.completionActive && change.origin !== "paste")
      cm.showHint({ hint: complete, completeSingle: false });
  });
  return editor;
}
